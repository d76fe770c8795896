package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTest {
  private final List<String> log = new ArrayList<>();
  private final Shared<String, Object> shared =
      new Shared<>(
          key -> {
            log.add("open " + key);
            return new Object();
          },
          value -> log.add("close"));

  @Test
  void lease_when_the_key_is_in_use_shares_the_value() {
    Shared<String, Object>.Lease first = shared.lease("a");
    Shared<String, Object>.Lease second = shared.lease("a");
    Shared<String, Object>.Lease other = shared.lease("b");

    assertThat(second.value()).isSameAs(first.value());
    assertThat(other.value()).isNotSameAs(first.value());
    assertThat(log).containsExactly("open a", "open b");
  }

  @Test
  void close_when_it_is_the_last_lease_closes_the_value() {
    Shared<String, Object>.Lease first = shared.lease("a");
    Shared<String, Object>.Lease second = shared.lease("a");

    first.close();
    assertThat(log).containsExactly("open a");
    second.close();
    assertThat(log).containsExactly("open a", "close");
    assertThatThrownBy(second::close).isInstanceOf(IllegalStateException.class);

    Object before = first.value();
    assertThat(shared.lease("a").value()).isNotSameAs(before);
  }

  @Test
  void lease_when_opening_fails_keeps_nothing() {
    Shared<String, Object> failing =
        new Shared<>(
            key -> {
              throw new IllegalArgumentException(key);
            },
            value -> log.add("close"));

    assertThatThrownBy(() -> failing.lease("a")).hasMessage("a");
    assertThatThrownBy(() -> failing.lease("a")).hasMessage("a");
    assertThat(log).isEmpty();
  }
}
