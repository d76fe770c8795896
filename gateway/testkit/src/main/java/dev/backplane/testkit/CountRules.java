package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.CountableStore;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Store;
import dev.backplane.spi.WritableStore;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A count is exact, or not given; an estimate is a number, or not given. */
interface CountRules {
  @Test
  default void count_when_given_is_exact(Resource resource, CountableStore store) {
    int items = resource.fill(7).size();
    assertCount(store, items);
    if (store instanceof WritableStore writable) {
      writable.delete(resource.id(3), new Precondition.None());
      assertCount(store, items - 1);
      resource.put(resource.id(4), Json.of("{'again': true}"));
      assertCount(store, items - 1);
    }
  }

  @Test
  default void count_when_filtered_is_exact(Resource resource, CountableStore store) {
    Assumptions.assumeTrue(store instanceof WritableStore, "does not apply: nothing to store");
    FilterTable table = FilterTable.store(resource);
    table
        .expected()
        .forEach((filter, matching) -> {
          OptionalLong count = store.count(filter);
          if (count.isPresent()) {
            assertThat(count.getAsLong())
                .as("count of %s: exactly what Filter.test counts, or empty", filter)
                .isEqualTo(matching.size());
          }
        });
  }

  @Test
  default void estimate_when_given_is_a_number_of_items(Resource resource, CountableStore store) {
    resource.fill(7);
    for (Filter filter :
        List.of(
            Filter.all(),
            Filter.where("half", Operator.EQ, "1"),
            Filter.where("none", Operator.EQ, "x"),
            new Filter.Search("name"))) {
      assertThat(store.estimate(filter).orElse(0))
          .as("the estimate of %s: 0 or more, or empty; it may be wrong but not impossible", filter)
          .isNotNegative();
    }
  }

  private static void assertCount(Store store, int items) {
    OptionalLong count = ((CountableStore) store).count(Filter.all());
    if (count.isPresent()) {
      assertThat(count.getAsLong()).as("count of everything").isEqualTo(items);
    }
  }
}
