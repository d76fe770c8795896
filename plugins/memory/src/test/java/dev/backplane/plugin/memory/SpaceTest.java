package dev.backplane.plugin.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.Write;
import dev.backplane.testkit.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpaceTest {
  private static final JsonCodec JSON =
      TestContext.of(JsonObject.empty(), Path.of("").toAbsolutePath()).json();
  private static final Precondition NONE = new Precondition.None();
  private static final int KB = 1024;

  private final Space space = new Space(100 * KB);
  private final MemoryStore store = store();

  private MemoryStore store() {
    return new MemoryStore("id", JSON, 1000, space, Map.of());
  }

  @Test
  void put_when_there_is_no_room_for_the_item_is_refused_and_changes_nothing() {
    store.put("a", text(90), NONE);
    assertFull(() -> store.put("b", text(50), NONE));
    assertThat(store.get("b")).isEmpty();
    assertFull(() -> store.put("a", text(110), NONE));
    assertThat(store.get("a").orElseThrow().body().get("text"))
        .contains(text(90).get("text").get());
    assertThat(store.put("b", text(1), NONE)).isInstanceOf(PutResult.Created.class);
  }

  @Test
  void put_when_an_item_was_made_smaller_or_deleted_finds_its_room() {
    store.put("a", text(90), NONE);
    store.put("a", text(1), NONE);
    store.put("b", text(90), NONE);
    store.delete("b", NONE);
    assertThat(store.put("c", text(90), NONE)).isInstanceOf(PutResult.Created.class);
  }

  @Test
  void room_is_shared_until_a_store_is_closed() {
    MemoryStore other = store();
    other.put("a", text(90), NONE);
    assertFull(() -> store.put("a", text(50), NONE));
    other.close();
    assertThat(store.put("a", text(50), NONE)).isInstanceOf(PutResult.Created.class);
  }

  @Test
  void putAll_when_there_is_no_room_for_one_stores_the_others() {
    store.put("a", text(60), NONE);
    Map<String, PutOutcome> outcomes = store.putAll(Map.of("b", text(50), "c", text(1)));
    assertThat(outcomes.get("b")).isInstanceOf(PutOutcome.Failed.class);
    assertThat(outcomes.get("c")).isInstanceOf(PutOutcome.Stored.class);
  }

  @Test
  void writeAll_when_there_is_no_room_for_all_writes_nothing() {
    assertFull(() ->
        store.writeAll(
            List.of(new Write.Put("a", text(60), NONE), new Write.Put("b", text(60), NONE))));
    assertThat(store.get("a")).isEmpty();
    assertThat(store.put("c", text(90), NONE)).isInstanceOf(PutResult.Created.class);
  }

  private static JsonObject text(int kilobytes) {
    return JsonObject.of("text", new JsonString("x".repeat(kilobytes * KB)));
  }

  private static void assertFull(Runnable write) {
    assertThatThrownBy(write::run)
        .isInstanceOfSatisfying(
            StoreException.class,
            full -> assertThat(full.reason()).isEqualTo(StoreException.Reason.CONFLICT))
        .hasMessageContaining("no room");
  }
}
