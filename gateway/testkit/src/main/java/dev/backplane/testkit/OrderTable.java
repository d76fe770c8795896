package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Order;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Items, and the sequences in which orders put them: written down, not computed. In {@code 2 0=1},
 * items 0 and 1 are equal but for their ids.
 */
final class OrderTable {
  private final List<JsonObject> bodies = new ArrayList<>();
  private final Map<List<Order>, List<List<Integer>>> expected = new LinkedHashMap<>();

  private OrderTable(String... bodies) {
    for (String body : bodies) {
      this.bodies.add(Json.of(body));
    }
  }

  static OrderTable mixed() {
    return new OrderTable(
            "{'v': 'text'}", // 0
            "{'v': {'x': 1}}", // 1
            "{'v': 2}", // 2
            "{}", // 3
            "{'v': true}", // 4
            "{'v': [1]}", // 5
            "{'v': null}", // 6
            "{'v': false}", // 7
            "{'v': '10'}") // 8
        .when(List.of(ascending("v")), "3=6 7 4 2 8 0 5 1")
        .when(List.of(descending("v")), "1 5 0 8 2 4 7 3=6");
  }

  static OrderTable numbers() {
    return new OrderTable(
            "{'v': 10}", // 0
            "{'v': 9}", // 1
            "{'v': -1.5}", // 2
            "{'v': 12345678901234567890123456789012345679}", // 3
            "{'v': 12345678901234567890123456789012345678}", // 4
            "{'v': 0.1}", // 5
            "{'v': 9.00}", // 6
            "{'v': 0}") // 7
        .when(List.of(ascending("v")), "2 7 5 1=6 0 4 3")
        .when(List.of(descending("v")), "3 4 0 1=6 5 7 2");
  }

  static OrderTable strings() {
    return new OrderTable(
            "{'v': 'b'}", // 0
            "{'v': 'B'}", // 1
            "{'v': ''}", // 2
            "{'v': 'ä'}", // 3
            "{'v': '😀'}", // 4
            "{'v': '\uFFFD'}", // 5
            "{'v': 'ba'}", // 6
            "{'v': '10'}", // 7
            "{'v': '9'}", // 8
            "{'v': 'b'}") // 9
        .when(List.of(ascending("v")), "2 7 8 1 0=9 6 3 5 4")
        .when(List.of(descending("v")), "4 5 3 6 0=9 1 8 7 2");
  }

  static OrderTable several() {
    return new OrderTable(
            "{'v': 1, 'w': {'x': 'b'}}", // 0
            "{'v': 2, 'w': {'x': 'a'}}", // 1
            "{'v': 1, 'w': {'x': 'a'}}", // 2
            "{'v': 2, 'w': {'x': 'b'}}", // 3
            "{'v': 1}", // 4
            "{'w': {'x': 'b'}}", // 5
            "{'v': 1, 'w': {'x': 'b'}}") // 6
        .when(List.of(ascending("v"), ascending("w.x")), "5 4 2 0=6 1 3")
        .when(List.of(descending("v"), ascending("w.x")), "1 3 4 2 0=6 5")
        .when(List.of(ascending("w.x"), descending("v")), "4 1 2 3 0=6 5");
  }

  private static Order ascending(String field) {
    return new Order(FieldPath.parse(field), false);
  }

  private static Order descending(String field) {
    return new Order(FieldPath.parse(field), true);
  }

  private OrderTable when(List<Order> keys, String sequence) {
    List<List<Integer>> places = new ArrayList<>();
    for (String place : sequence.split(" ", -1)) {
      places.add(Arrays.stream(place.split("=", -1)).map(Integer::valueOf).toList());
    }
    expected.put(keys, places);
    return this;
  }

  /** Stores the items and compares what each order gives, page by page. */
  void check(Resource resource, Store store) {
    for (int i = 0; i < bodies.size(); i++) {
      if (resource.canHold(resource.id(i), bodies.get(i))) {
        resource.put(resource.id(i), bodies.get(i));
      }
    }
    int served = 0;
    for (Map.Entry<List<Order>, List<List<Integer>>> each : expected.entrySet()) {
      Query query = Query.first(bodies.size() + 1).orderedBy(each.getKey());
      if (OrderRules.isRefused(store, query)) {
        continue;
      }
      served++;
      for (int limit : List.of(1, 2, 3, bodies.size(), bodies.size() + 1)) {
        assertThat(Walk.ids(store, query.limitedTo(limit)))
            .as(
                "the list by %s, in pages of %d: in the order of Order.comparator, or refused with"
                    + " the reason UNSUPPORTED",
                each.getKey(), limit)
            .isEqualTo(ids(resource, each.getValue()));
      }
    }
    Assumptions.assumeTrue(served > 0, "the store refuses these orders, as it may");
  }

  private List<String> ids(Resource resource, List<List<Integer>> places) {
    List<String> ids = new ArrayList<>();
    for (List<Integer> equal : places) {
      equal.stream()
          .filter(i -> resource.canHold(resource.id(i), bodies.get(i)))
          .map(i -> new Item(resource.id(i), "v", JsonObject.empty()))
          .sorted(Order.comparator(List.of()))
          .forEach(item -> ids.add(item.id()));
    }
    return ids;
  }
}
