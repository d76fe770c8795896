package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.WritableStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A filter is advice: a store may return more than matches, never fewer. */
interface FilterRules {
  @Test
  default void list_when_filtered_misses_no_match(Resource resource, WritableStore store) {
    assertNoneMissed(resource, store, 100);
  }

  @Test
  default void list_when_filtered_in_small_pages_misses_no_match(
      Resource resource, WritableStore store) {
    assertNoneMissed(resource, store, 2);
  }

  @Test
  default void list_when_filtered_misses_no_match_of_a_store_that_only_reads(
      Resource resource, Store store) {
    Assumptions.assumeFalse(
        store instanceof WritableStore, "does not apply: other tests have items for this");
    Map<String, JsonObject> items = resource.fill(0);
    List<String> missed = new ArrayList<>();
    for (Filter filter : filtersFor(items)) {
      Set<String> found = found(resource, store, Query.first(3).filteredBy(filter));
      items.forEach((id, body) -> {
        if (filter.test(body) && !found.contains(id)) {
          missed.add(filter + " missed " + id);
        }
      });
    }
    assertNone(missed);
  }

  private static void assertNoneMissed(Resource resource, Store store, int limit) {
    FilterTable table = FilterTable.store(resource);
    List<String> missed = new ArrayList<>();
    table
        .expected()
        .forEach((filter, matching) -> {
          Set<String> found = found(resource, store, Query.first(limit).filteredBy(filter));
          for (String label : matching) {
            if (!found.contains(table.ids().get(label))) {
              missed.add(filter + " missed " + FilterTable.body(label));
            }
          }
        });
    assertNone(missed);
  }

  private static void assertNone(List<String> missed) {
    assertThat(missed)
        .as(
            "matches that a filtered list left out; a filter is advice, so translate only what the"
                + " backend does as Operator says, and leave the rest to the gateway")
        .isEmpty();
  }

  /** What is left when the gateway tests each item again. */
  private static Set<String> found(Resource resource, Store store, Query query) {
    Set<String> found = new HashSet<>();
    for (Item item : Walk.items(store, query)) {
      boolean hasId = item.body().get(resource.idField()).isPresent();
      JsonObject shown =
          hasId ? item.body() : item.body().with(resource.idField(), new JsonString(item.id()));
      if (query.filter().test(shown)) {
        found.add(item.id());
      }
    }
    return found;
  }

  /** Comparisons with each scalar that the items hold. */
  private static Set<Filter> filtersFor(Map<String, JsonObject> items) {
    Set<Filter> filters = new HashSet<>();
    for (JsonObject body : items.values()) {
      for (Map.Entry<String, JsonValue> member : body.members().entrySet()) {
        FieldPath field = new FieldPath(List.of(member.getKey()));
        filters.add(new Filter.Comparison(field, Operator.IS_NULL, List.of("true")));
        filters.add(new Filter.Comparison(field, Operator.IS_NULL, List.of("false")));
        String text = member.getValue().text().orElse("");
        filters.add(new Filter.Comparison(field, Operator.BETWEEN, List.of(text, text)));
        filters.add(new Filter.Search(text));
        for (Operator operator : Operator.values()) {
          if (operator != Operator.IS_NULL && operator != Operator.BETWEEN) {
            filters.add(new Filter.Comparison(field, operator, List.of(text)));
            filters.add(new Filter.Not(new Filter.Comparison(field, operator, List.of(text))));
          }
        }
      }
    }
    return filters;
  }
}
