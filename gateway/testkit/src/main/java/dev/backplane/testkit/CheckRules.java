package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.backplane.spi.CheckableStore;
import dev.backplane.spi.Item;
import dev.backplane.spi.Query;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A check of a backend that works says so, and changes nothing. */
interface CheckRules {
  @Test
  default void check_when_the_backend_works_returns_and_changes_nothing(
      Resource resource, CheckableStore store) {
    int most = resource.fill(3).size() + 1;
    List<Item> before = store.list(Query.first(most)).items();
    for (int i = 0; i < 2; i++) {
      assertThatCode(store::check)
          .as("check of a store whose backend works")
          .doesNotThrowAnyException();
    }
    assertThat(store.list(Query.first(most)).items())
        .as("the items after a check: those from before, with their versions")
        .containsExactlyInAnyOrderElementsOf(before);
  }
}
