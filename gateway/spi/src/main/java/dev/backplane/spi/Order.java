package dev.backplane.spi;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * One key of a sort order.
 *
 * @param field the field whose values are compared
 * @param descending whether the greatest comes first
 */
public record Order(FieldPath field, boolean descending) {
  /** Checks that there is a field. */
  public Order {
    Objects.requireNonNull(field, "field");
  }

  /**
   * Compares items as the gateway does: missing and null first, then booleans (false, true),
   * numbers, strings by code point, arrays and objects; descending is the reverse. Items that are
   * equal in every key are ordered by id, ascending, so that a list has one order and paging is
   * stable.
   *
   * @param keys the sort keys, the first deciding first; none: by id
   * @return the comparator
   */
  public static Comparator<Item> comparator(List<Order> keys) {
    List<Order> copy = List.copyOf(keys);
    return (left, right) -> {
      for (Order key : copy) {
        int order = key.compare(left.body(), right.body());
        if (order != 0) {
          return order;
        }
      }
      return Matching.compareText(left.id(), right.id());
    };
  }

  private int compare(JsonObject left, JsonObject right) {
    JsonValue a = field.find(left).orElse(JsonNull.NULL);
    JsonValue b = field.find(right).orElse(JsonNull.NULL);
    int order = compareValues(a, b);
    return descending ? -order : order;
  }

  private static int compareValues(JsonValue a, JsonValue b) {
    if (a instanceof JsonString left && b instanceof JsonString right) {
      return Integer.signum(Matching.compareText(left.value(), right.value()));
    }
    if (a instanceof JsonNumber left && b instanceof JsonNumber right) {
      return left.value().compareTo(right.value());
    }
    if (a instanceof JsonBoolean left && b instanceof JsonBoolean right) {
      return left.compareTo(right);
    }
    return Integer.compare(rank(a), rank(b));
  }

  private static int rank(JsonValue value) {
    return switch (value) {
      case JsonNull none -> 0;
      case JsonBoolean bool -> 1;
      case JsonNumber number -> 2;
      case JsonString text -> 3;
      case JsonArray array -> 4;
      case JsonObject object -> 5;
    };
  }
}
