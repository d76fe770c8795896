package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompositeIdTest {
  @ParameterizedTest
  @CsvSource({
    "USER#1, ORDER#2024-01-01, USER#1~ORDER#2024-01-01",
    "a~b, c!d, a!7Eb~c!21d",
    "~, !, !7E~!21",
    "ü-漢-😀, a/b c, ü-漢-😀~a/b c",
    "., .., .~..",
  })
  void text_joins_both_parts_and_comes_apart_again(String partition, String sort, String text) {
    CompositeId id = new CompositeId(partition, sort);
    assertThat(id.text()).isEqualTo(text);
    assertThat(CompositeId.parse(text)).contains(id);
  }

  @Test
  void text_when_a_part_has_control_characters_has_none() {
    CompositeId id = new CompositeId("a\u0000\n", "\u0085\u007F");
    assertThat(id.text()).isEqualTo("a!00!0A~!C2!85!7F");
    assertThat(CompositeId.parse(id.text())).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a~b~c",
        "a!~b",
        "a!7~b",
        "a!7e~b",
        "a!41~b",
        "a!C2~b",
        "a!GG~b",
        "a!FF!FE~b",
        "a\n~b"
      })
  void parse_when_no_pair_is_spelled_so_is_empty(String text) {
    assertThat(CompositeId.parse(text)).isEmpty();
  }

  @Test
  void every_pair_has_one_id() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      CompositeId id = new CompositeId(text(random), text(random));
      assertThat(CompositeId.parse(id.text())).as("seed %d", seed).contains(id);
      assertThat(id.text().chars().noneMatch(Character::isISOControl)).isTrue();
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(6);
    for (int i = 0; i < length; i++) {
      int[] pool = {'~', '!', '7', 'E', 'a', 0, 0x85, 0xE9, 0x6F22, 0x1F600};
      text.appendCodePoint(pool[random.nextInt(pool.length)]);
    }
    return text.toString();
  }
}
