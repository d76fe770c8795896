package dev.backplane.plugin.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeysTest {
  private static final ObjectKeys KEYS = new ObjectKeys("users/", ".json");

  @ParameterizedTest
  @CsvSource({
    "ann, users/ann.json",
    "ann smith, users/ann smith.json",
    "ü-漢-😀, users/ü-漢-😀.json",
    "a/b, users/a!2Fb.json",
    "a!b, users/a!21b.json",
    "., users/!2E.json",
    ".., users/!2E!2E.json",
    "..., users/....json",
    "a.json, users/a.json.json",
    "%2F, users/%2F.json"
  })
  void key_of_an_id_is_as_documented_and_reversible(String id, String key) {
    assertThat(KEYS.key(id)).contains(key);
    assertThat(KEYS.id(key)).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users/.json",
        "users/ann",
        "users/ann.txt",
        "user/ann.json",
        "users/a/b.json",
        "users/a!2fb.json",
        "users/a!61b.json",
        "users/a!b.json",
        "users/!zz.json",
        "users/a!.json",
        "users/a!2.json",
        "users/..json",
        "users/!FF.json",
        "users/a\u0001.json"
      })
  void id_when_the_key_is_written_otherwise_is_none(String key) {
    assertThat(KEYS.id(key)).isEmpty();
  }

  @Test
  void id_of_every_key_is_the_id_that_made_it() {
    Random random = new Random(6);
    String odd = "\u0000\n\r\t\u007F\u0085!/.%~\\\uFFFE\uFFFF\u2028aZ09 ü漢";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder id = new StringBuilder();
      for (int i = random.nextInt(6); i >= 0; i--) {
        if (random.nextBoolean()) {
          id.append(odd.charAt(random.nextInt(odd.length())));
        } else {
          int point = random.nextInt(0x110000);
          id.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 'x' : point);
        }
      }
      String key = KEYS.key(id.toString()).orElseThrow();
      assertThat(KEYS.id(key)).contains(id.toString());
      assertThat(key.substring(6).chars())
          .noneMatch(c -> c == '/' || Character.isISOControl(c) || c >= 0xFFFE);
      String start = id.substring(0, id.offsetByCodePoints(0, 1));
      assertThat(key).startsWith(KEYS.beginning(start));
    }
  }

  @Test
  void key_when_longer_than_the_service_takes_is_refused() {
    String longest = "x".repeat(1024 - "users/.json".length());
    assertThat(KEYS.key(longest)).isPresent();
    assertThat(KEYS.key(longest + "x")).isEmpty();
    assertThat(KEYS.key("漢".repeat(400))).isEmpty();
    assertRefused(longest + "x");
  }

  @Test
  void key_when_the_id_is_no_unicode_is_refused() {
    assertThat(KEYS.key("a\uD800")).isEmpty();
    assertRefused("a\uD800");
  }

  private static void assertRefused(String id) {
    assertThatThrownBy(() -> KEYS.keyToWrite(id))
        .isInstanceOfSatisfying(
            StoreException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
  }
}
