package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.http.Intent.Fate;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Write;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntentTest {
  private static final Precondition NONE = new Precondition.None();
  private static final Item BEFORE = item("v1", "{'id': 'a', 'n': 1, 'gone': true, 'same': [1]}");
  private static final Intent INTENT =
      Intent.of(
          BEFORE,
          new Write.Put("a", json("{'n': 2.50, 'o': {'x': 1, 'y': 2}, 'same': [1]}"), NONE),
          "id");

  @Test
  void fate_whenTheItemIsAsItWas_isNotDone() {
    assertThat(INTENT.fate(Optional.of(BEFORE))).isEqualTo(Fate.NOT_DONE);
    assertThat(INTENT.fate(Optional.empty())).isEqualTo(Fate.NOT_DONE);
  }

  @Test
  void fate_whenWhatItSetIsThere_isDone_howeverTheBackendSpellsIt_andWhateverElseOthersChanged() {
    String now = "{'id': 'a', 'n': 2.5, 'o': {'y': 2.0, 'x': 1}, 'same': [2], 'more': 1}";
    assertThat(INTENT.fate(Optional.of(item("v3", now)))).isEqualTo(Fate.DONE);
  }

  @Test
  void fate_whenOthersChangedTheSame_isUnknown() {
    for (String now :
        new String[] {
          "{'id': 'a', 'n': 3, 'o': {'x': 1, 'y': 2}}",
          "{'id': 'a', 'n': 2.5, 'o': {'x': 1}}",
          "{'id': 'a', 'n': 2.5, 'o': {'x': 1, 'y': 2}, 'gone': true}",
          "{'id': 'a', 'n': '2.5', 'o': {'x': 1, 'y': 2}}"
        }) {
      assertThat(INTENT.fate(Optional.of(item("v3", now)))).as(now).isEqualTo(Fate.UNKNOWN);
    }
  }

  @Test
  void fate_ofADelete_isDone_whenTheItemIsGone() {
    Intent delete = Intent.of(BEFORE, new Write.Delete("a", NONE), "id");
    assertThat(delete.fate(Optional.empty())).isEqualTo(Fate.DONE);
    assertThat(delete.fate(Optional.of(BEFORE))).isEqualTo(Fate.NOT_DONE);
    assertThat(delete.fate(Optional.of(item("v2", "{'id': 'a'}")))).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void fate_ofAChangeOfManyMembers_isUnknown_onceTheItemChanged() {
    StringBuilder many = new StringBuilder("{'m0': 0");
    for (int i = 1; i <= 60; i++) {
      many.append(", 'm").append(i).append("': ").append(i);
    }
    JsonObject after = json(many.append('}').toString());
    Intent intent = Intent.of(BEFORE, new Write.Put("a", after, NONE), "id");
    assertThat(intent.fate(Optional.of(BEFORE))).isEqualTo(Fate.NOT_DONE);
    assertThat(intent.fate(Optional.of(new Item("a", "v2", after)))).isEqualTo(Fate.UNKNOWN);
    assertThat(Intent.read(intent.write())).isEqualTo(intent);
  }

  @Test
  void read_givesWhatWasWritten_withoutAnyValueOfTheItem() {
    assertThat(Intent.read(INTENT.write())).isEqualTo(INTENT);
    assertThat(KeptAnswer.text(INTENT.write())).doesNotContain("2.5").doesNotContain("same");
    Intent delete = Intent.of(BEFORE, new Write.Delete("a", NONE), "id");
    assertThat(Intent.read(delete.write())).isEqualTo(delete);
  }

  private static Item item(String version, String body) {
    return new Item("a", version, json(body));
  }

  private static JsonObject json(String text) {
    return (JsonObject) Json.CODEC.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
