package dev.backplane.plugin.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The query words of a {@link RestCollection}: conditions on fields, and {@code sort}. */
record Words(Map<String, String> parameters) {
  private static final Set<String> OTHERS = Set.of("limit", "offset", "page", "after", "sort");

  boolean match(JsonObject body) {
    return parameters.entrySet().stream()
        .filter(each -> !OTHERS.contains(each.getKey()))
        .allMatch(each -> filter(each.getKey(), each.getValue()).test(body));
  }

  private static Filter filter(String word, String operand) {
    if (word.equals("ids")) {
      return new Filter.Comparison(
          FieldPath.parse("id"), Operator.IN, List.of(operand.split(",", -1)));
    }
    if (word.equals("search")) {
      return new Filter.Search(operand);
    }
    boolean least = word.startsWith("min_");
    return Filter.where(
        least ? word.substring(4) : word, least ? Operator.GTE : Operator.EQ, operand);
  }

  <T> List<T> sorted(List<T> values, Function<T, JsonObject> body) {
    String sort = parameters.get("sort");
    if (sort == null) {
      return values;
    }
    List<Order> order = new ArrayList<>();
    for (String key : sort.split(",")) {
      boolean descending = key.startsWith("-");
      order.add(new Order(FieldPath.parse(descending ? key.substring(1) : key), descending));
    }
    return values.stream()
        .sorted((a, b) -> Order.comparator(order).compare(item(body.apply(a)), item(body.apply(b))))
        .toList();
  }

  private static Item item(JsonObject body) {
    return new Item(body.get("id").orElseThrow().text().orElseThrow(), "v", body);
  }

  /** The words that the next page needs, too. */
  String query() {
    StringBuilder query = new StringBuilder();
    parameters.forEach((name, value) -> {
      if (!Set.of("limit", "after").contains(name)) {
        query
            .append(RestCollection.encode(name))
            .append('=')
            .append(RestCollection.encode(value))
            .append('&');
      }
    });
    return query.toString();
  }
}
