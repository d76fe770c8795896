package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
  private static final Item ITEM = new Item("1", "v,1", JsonObject.empty());

  @Test
  void matchesStrongly_whenTagIsWeak_never() {
    assertThat(parse("\"v,1\"").matchesStrongly(ITEM)).isTrue();
    assertThat(parse("\"a\", \"v,1\"").matchesStrongly(ITEM)).isTrue();
    assertThat(parse("*").matchesStrongly(ITEM)).isTrue();
    assertThat(parse("W/\"v,1\"").matchesStrongly(ITEM)).isFalse();
    assertThat(parse("\"v\",\"1\"").matchesStrongly(ITEM)).isFalse();
  }

  @Test
  void matchesWeakly_whenTagIsWeak_too() {
    assertThat(parse("W/\"v,1\"").matchesWeakly(ITEM)).isTrue();
    assertThat(parse("\"v,1\"").matchesWeakly(ITEM)).isTrue();
    assertThat(parse("W/\"v2\", \"\"").matchesWeakly(ITEM)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "\"v1", "\"a\" \"b\"x", "w/\"a\"", "\"a\"; \"b\"", "*, \"a\""})
  void parse_whenMalformed_isABadRequest(String header) {
    assertThatThrownBy(() -> parse(header))
        .isInstanceOfSatisfying(
            HttpProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  private static Conditions parse(String header) {
    return Conditions.parse("If-Match", header);
  }
}
