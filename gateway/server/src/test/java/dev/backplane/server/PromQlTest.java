package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks after the alerts overlooks nothing itself. */
class PromQlTest {
  @Test
  void metrics_and_labels_are_found_wherever_they_are() {
    PromQl read =
        PromQl.parse(
            "histogram_quantile(0.99, sum by (le, a) (rate(b_bucket{c!=\"x{y}\",d=~\"z\"}[5m]))) /"
                + " on (e) group_left (f) sum(g) without (h) > 1e3 and i or time() - max(j{}) =="
                + " -k");

    assertThat(read.metrics())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "b_bucket",
                Set.of("c", "d"),
                "g",
                Set.of(),
                "i",
                Set.of(),
                "j",
                Set.of(),
                "k",
                Set.of()));
    assertThat(read.labels()).containsExactly("le", "a", "e", "f", "h");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "summ(a)",
        "{__name__=\"a\"}",
        "a & b",
        "sum by a (b)",
        "a{\"b\"}",
        "rate(a[5m] @ 3)"
      })
  void expression_that_is_not_understood_is_refused(String expression) {
    assertThatIllegalArgumentException().isThrownBy(() -> PromQl.parse(expression));
  }
}
