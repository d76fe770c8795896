package dev.backplane.core.http;

import dev.backplane.spi.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the order of a list, with the directions in {@code _sort} or in {@code _order}. */
final class OrderReader {
  private final QueryWords words;
  private final FieldWords names;

  OrderReader(QueryWords words, FieldWords names) {
    this.words = words;
    this.names = names;
  }

  List<Order> order(QueryBounds bounds) {
    List<String> fields = words.names("_sort");
    List<String> directions = words.names("_order");
    bounds.sortFields(fields.size());
    boolean unsorted = words.has("_sort") && fields.isEmpty();
    if (directions.size() > fields.size() && !unsorted) {
      throw HttpProblem.badRequest("_order has more directions than _sort has fields.");
    }
    List<Order> keys = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      boolean minus = field.startsWith("-");
      if (minus && !directions.isEmpty()) {
        throw HttpProblem.badRequest(
            "Write a descending order with - in _sort or with desc in _order, not both.");
      }
      boolean descending = i < directions.size() ? isDescending(directions.get(i)) : minus;
      keys.add(new Order(names.field(minus ? field.substring(1) : field), descending));
    }
    return keys;
  }

  private boolean isDescending(String direction) {
    return switch (direction.toLowerCase(Locale.ROOT)) {
      case "asc" -> false;
      case "desc" -> true;
      default ->
          throw HttpProblem.badRequest(
              words.spelling("_order") + " should be asc or desc for each field of the order.");
    };
  }
}
