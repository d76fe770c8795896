package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
  private static final Optional<String> STATE = Optional.of("v,1");

  @Test
  void matchesStrongly_whenTagIsWeak_never() {
    assertThat(parse("\"v,1\"").matchesStrongly(STATE)).isTrue();
    assertThat(parse("\"a\", \"v,1\"").matchesStrongly(STATE)).isTrue();
    assertThat(parse("*").matchesStrongly(STATE)).isTrue();
    assertThat(parse("W/\"v,1\"").matchesStrongly(STATE)).isFalse();
    assertThat(parse("\"v\",\"1\"").matchesStrongly(STATE)).isFalse();
  }

  @Test
  void matchesWeakly_whenTagIsWeak_too() {
    assertThat(parse("W/\"v,1\"").matchesWeakly(STATE)).isTrue();
    assertThat(parse("\"v,1\"").matchesWeakly(STATE)).isTrue();
    assertThat(parse("W/\"v2\", \"\"").matchesWeakly(STATE)).isFalse();
  }

  @Test
  void matches_whenTheStateIsNotForTheCallerToKnow_onlyAnything() {
    assertThat(parse("\"v,1\"").matchesStrongly(Optional.empty())).isFalse();
    assertThat(parse("\"v,1\", W/\"\"").matchesWeakly(Optional.empty())).isFalse();
    assertThat(parse("*").matchesStrongly(Optional.empty())).isTrue();
    assertThat(parse("*").matchesWeakly(Optional.empty())).isTrue();
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
