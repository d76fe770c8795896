package dev.backplane.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a list asks of a store. Filter and order see the id in the resource's id field, whether or
 * not the store keeps it there.
 *
 * @param filter which items; advice, see {@link Filter}
 * @param order the sort keys; none: any order that is the same from page to page. A store honours
 *     an order whole or refuses it with {@link StoreException.Reason#UNSUPPORTED}
 * @param limit how many items at most, 1 or more
 * @param cursor the {@link Page#next} of the page before, from a query with the same filter and
 *     order; empty for the first page. May come again, or never. A cursor that the store cannot
 *     have made is refused with {@link StoreException.Reason#INVALID}
 * @param fields the only fields that are needed, none: all of them. Advice: a store may return more
 *     of the body; id and version are needed always
 */
public record Query(
    Filter filter, List<Order> order, int limit, Optional<String> cursor, List<FieldPath> fields) {
  /** Copies the lists and checks the limit. */
  public Query {
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(cursor, "cursor");
    order = List.copyOf(order);
    fields = List.copyOf(fields);
    if (limit < 1) {
      throw new IllegalArgumentException("a limit is at least 1, not " + limit);
    }
  }

  /**
   * The first page of everything.
   *
   * @param limit how many items at most
   * @return the query, in no particular order
   */
  public static Query first(int limit) {
    return new Query(Filter.all(), List.of(), limit, Optional.empty(), List.of());
  }

  /**
   * The same query with another filter.
   *
   * @param other the filter
   * @return the query
   */
  public Query filteredBy(Filter other) {
    return new Query(other, order, limit, cursor, fields);
  }

  /**
   * The same query in another order.
   *
   * @param keys the sort keys
   * @return the query
   */
  public Query orderedBy(List<Order> keys) {
    return new Query(filter, keys, limit, cursor, fields);
  }

  /**
   * The same query with another limit.
   *
   * @param items how many items at most
   * @return the query
   */
  public Query limitedTo(int items) {
    return new Query(filter, order, items, cursor, fields);
  }

  /**
   * The same query, continued.
   *
   * @param next the {@link Page#next} of the page before
   * @return the query for the next page
   */
  public Query from(String next) {
    return new Query(filter, order, limit, Optional.of(next), fields);
  }
}
