package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** An order is honoured whole, or refused. */
interface OrderRules {
  @Test
  default void list_when_ordered_by_mixed_values_is_exact_or_refused(
      Resource resource, WritableStore store) {
    OrderTable.mixed().check(resource, store);
  }

  @Test
  default void list_when_ordered_by_numbers_is_exact_or_refused(
      Resource resource, WritableStore store) {
    OrderTable.numbers().check(resource, store);
  }

  @Test
  default void list_when_ordered_by_strings_is_exact_or_refused(
      Resource resource, WritableStore store) {
    OrderTable.strings().check(resource, store);
  }

  @Test
  default void list_when_ordered_by_several_fields_is_exact_or_refused(
      Resource resource, WritableStore store) {
    OrderTable.several().check(resource, store);
  }

  @Test
  default void list_when_ordered_by_the_id_field_is_exact_or_refused(
      Resource resource, Store store) {
    List<Item> items = new ArrayList<>();
    for (String id : resource.fill(12).keySet()) {
      JsonObject body = resource.get(id).body();
      // where the store leaves the field out, the gateway adds it as text
      boolean has = body.get(resource.idField()).isPresent();
      items.add(new Item(id, "v", has ? body : body.with(resource.idField(), new JsonString(id))));
    }
    for (boolean descending : List.of(false, true)) {
      List<Order> keys = List.of(new Order(new FieldPath(List.of(resource.idField())), descending));
      Query query = Query.first(5).orderedBy(keys);
      assumeServed(store, query);
      items.sort(Order.comparator(keys));
      assertThat(Walk.ids(store, query))
          .as(
              "the list by the id field, descending: %s; an item has that field, also where its body"
                  + " was stored without it",
              descending)
          .isEqualTo(Walk.ids(items));
    }
  }

  @Test
  default void list_when_ordered_and_filtered_is_exact_or_refused(
      Resource resource, WritableStore store) {
    resource.fill(12);
    Filter filter = Filter.where("half", Operator.IN, "1", "2", "4");
    Query query =
        Query.first(2)
            .filteredBy(filter)
            .orderedBy(List.of(new Order(FieldPath.parse("number"), true)));
    assumeServed(store, query);
    List<String> matching =
        Walk.items(store, query).stream()
            .filter(item -> filter.test(item.body()))
            .map(Item::id)
            .toList();
    assertThat(matching)
        .as("the items that match, in the order that was asked for")
        .containsExactly(
            List.of(9, 8, 5, 4, 3, 2).stream().map(resource::id).toArray(String[]::new));
  }

  @Test
  default void list_when_ordered_misses_no_item_of_a_store_that_only_reads(
      Resource resource, Store store) {
    Assumptions.assumeFalse(
        store instanceof WritableStore, "does not apply: other tests have items for this");
    Map<String, JsonObject> items = resource.fill(0);
    List<String> names = new ArrayList<>(new TreeSet<>(names(items)));
    for (String name : names) {
      Order key = new Order(new FieldPath(List.of(name)), true);
      Query query = Query.first(3).orderedBy(List.of(key));
      if (isRefused(store, query)) {
        continue;
      }
      List<Item> sorted = new ArrayList<>();
      items.forEach((id, body) -> sorted.add(new Item(id, "v", body)));
      sorted.sort(Order.comparator(List.of(key)));
      assertThat(Walk.ids(store, query))
          .as("the list by %s, descending", name)
          .isEqualTo(Walk.ids(sorted));
    }
  }

  private static List<String> names(Map<String, JsonObject> items) {
    return items.values().stream().flatMap(body -> body.members().keySet().stream()).toList();
  }

  /** Skips the rest of a test when the store refuses the order, as it may. */
  static void assumeServed(Store store, Query query) {
    Assumptions.assumeFalse(
        isRefused(store, query), () -> "the store refuses this order, as it may: " + query.order());
  }

  static boolean isRefused(Store store, Query query) {
    try {
      store.list(query);
      return false;
    } catch (StoreException refusal) {
      if (refusal.reason() == StoreException.Reason.UNSUPPORTED) {
        return true;
      }
      return fail(
          "an order that a store does not keep is refused with the reason UNSUPPORTED, not "
              + refusal.reason(),
          refusal);
    }
  }
}
