package dev.backplane.core.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Order;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client asks of a list, whatever the spelling.
 *
 * @param filter which items
 * @param order the sort keys
 * @param paging which part of the list
 * @param projection which fields are sent
 * @param relations which relations are followed
 */
record ListRequest(
    Filter filter,
    List<Order> order,
    Paging paging,
    Projection projection,
    RelationWords relations) {
  ListRequest {
    order = List.copyOf(order);
  }

  /** How a client counts its way through a list; links to other pages are spelled the same way. */
  enum Form {
    CURSOR,
    OFFSET,
    START,
    PAGE,
    RANGE
  }

  /**
   * A part of a list.
   *
   * @param form how the client spelled it
   * @param offset how many items are skipped
   * @param limit how many items are sent at most
   * @param cursor where to go on, instead of an offset
   * @param words the words that say all this, as the client spelled them; a link to another page
   *     replaces them
   */
  record Paging(Form form, int offset, int limit, Optional<String> cursor, Set<String> words) {
    Paging {
      words = Set.copyOf(words);
    }

    Paging(Form form, int offset, int limit, Optional<String> cursor) {
      this(form, offset, limit, cursor, Set.of());
    }
  }

  /** Everything that a filter selects, in one part. */
  static ListRequest all(Filter filter) {
    Paging whole = new Paging(Form.CURSOR, 0, Integer.MAX_VALUE, Optional.empty());
    return new ListRequest(filter, List.of(), whole, Projection.ALL, RelationWords.NONE);
  }

  /** The same request for those of its items that another filter selects as well. */
  ListRequest and(Filter other) {
    return new ListRequest(
        new Filter.And(List.of(other, filter)), order, paging, projection, relations);
  }

  /**
   * The fields that a store must return: what is sent and what the gateway tests; none: all.
   *
   * @return the fields
   */
  List<FieldPath> neededFields() {
    Set<FieldPath> needed = new LinkedHashSet<>(projection.fields());
    if (needed.isEmpty() || !relations.isEmpty() || !collect(filter, needed)) {
      return List.of();
    }
    order.forEach(key -> needed.add(key.field()));
    return new ArrayList<>(needed);
  }

  private static boolean collect(Filter filter, Set<FieldPath> fields) {
    return switch (filter) {
      case Filter.And and -> and.terms().stream().allMatch(term -> collect(term, fields));
      case Filter.Or or -> or.terms().stream().allMatch(term -> collect(term, fields));
      case Filter.Not not -> collect(not.term(), fields);
      case Filter.Comparison comparison -> {
        fields.add(comparison.field());
        yield true;
      }
      case Filter.Search search -> false;
    };
  }
}
