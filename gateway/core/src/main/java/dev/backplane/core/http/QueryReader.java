package dev.backplane.core.http;

import dev.backplane.core.http.ListRequest.Paging;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the query of a URL: words that start with an underscore are the gateway's, others fields.
 */
final class QueryReader {
  private static final List<String> RESERVED =
      List.of(
          "_cursor",
          "_embed",
          "_end",
          "_expand",
          "_fields",
          "_limit",
          "_offset",
          "_order",
          "_page",
          "_per_page",
          "_sort",
          "_start");

  private static final List<String> OF_ITEM = List.of("_fields", "_expand", "_embed");

  private final QueryWords words;

  private QueryReader(String query) {
    this.words = QueryWords.parse(query);
  }

  static ListRequest list(String query, ResourceMapping resource) {
    QueryReader reader = new QueryReader(query);
    Filter filter = reader.filter();
    Paging paging = new PagingReader(resource, reader.words).paging();
    return new ListRequest(
        filter, reader.order(), paging, reader.projection(), RelationWords.of(reader.words));
  }

  /** Reads the query of a single item, where only these words mean anything. */
  static ItemRequest item(String query) {
    QueryReader reader = new QueryReader(query);
    for (String word : reader.words.values().keySet()) {
      if (!OF_ITEM.contains(word)) {
        throw HttpProblem.badRequest(
            "The query of a single item may have " + String.join(", ", OF_ITEM) + " only.");
      }
    }
    return new ItemRequest(reader.projection(), RelationWords.of(reader.words));
  }

  private Filter filter() {
    List<Filter> terms = new ArrayList<>();
    words
        .values()
        .forEach((word, values) -> {
          if (word.equals("q")) {
            values.forEach(text -> terms.add(new Filter.Search(text)));
          } else if (word.startsWith("_")) {
            requireReserved(word);
          } else {
            terms.add(comparison(word, values));
          }
        });
    return terms.size() == 1 ? terms.get(0) : new Filter.And(terms);
  }

  private static void requireReserved(String word) {
    if (!RESERVED.contains(word)) {
      throw HttpProblem.badRequest(
          "\""
              + word
              + "\" is not a word of a list query; there are "
              + String.join(", ", RESERVED)
              + ", q, and the fields of the items.");
    }
  }

  private static Filter comparison(String word, List<String> values) {
    int colon = word.lastIndexOf(':');
    if (colon < 0) {
      return values.size() == 1
          ? new Filter.Comparison(path(word), Operator.EQ, values)
          : new Filter.Comparison(path(word), Operator.IN, values);
    }
    Operator operator = operator(word.substring(colon + 1));
    FieldPath field = path(word.substring(0, colon));
    return switch (operator) {
      case IN, NIN -> new Filter.Comparison(field, operator, QueryWords.commaSeparated(values));
      case BETWEEN -> between(field, QueryWords.commaSeparated(values));
      case EQ -> new Filter.Comparison(field, values.size() == 1 ? operator : Operator.IN, values);
      default -> {
        List<Filter> each = new ArrayList<>();
        for (String value : values) {
          each.add(single(field, operator, value));
        }
        yield each.size() == 1 ? each.get(0) : new Filter.And(each);
      }
    };
  }

  private static Filter single(FieldPath field, Operator operator, String value) {
    if (operator == Operator.IS_NULL && !value.equals("true") && !value.equals("false")) {
      throw HttpProblem.badRequest("\"" + field + ":isnull\" should be true or false.");
    }
    return new Filter.Comparison(field, operator, List.of(value));
  }

  private static Filter between(FieldPath field, List<String> bounds) {
    if (bounds.size() != 2) {
      throw HttpProblem.badRequest("\"" + field + ":between\" should be two values: from,to.");
    }
    return new Filter.Comparison(field, Operator.BETWEEN, bounds);
  }

  private static Operator operator(String word) {
    for (Operator operator : Operator.values()) {
      if (operator.word().equals(word)) {
        return operator;
      }
    }
    throw HttpProblem.badRequest(
        "\""
            + word
            + "\" is not an operator; there are "
            + String.join(", ", Arrays.stream(Operator.values()).map(Operator::word).toList())
            + ".");
  }

  private List<Order> order() {
    List<String> fields = words.names("_sort");
    List<String> directions = words.names("_order");
    if (directions.size() > fields.size()) {
      throw HttpProblem.badRequest("_order has more directions than _sort has fields.");
    }
    List<Order> keys = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      boolean minus = field.startsWith("-");
      boolean descending = i < directions.size() ? isDescending(directions.get(i)) : minus;
      keys.add(new Order(path(minus ? field.substring(1) : field), descending));
    }
    return keys;
  }

  private static boolean isDescending(String direction) {
    if (direction.equalsIgnoreCase("desc")) {
      return true;
    }
    if (direction.equalsIgnoreCase("asc")) {
      return false;
    }
    throw HttpProblem.badRequest("_order should be asc or desc for each field of _sort.");
  }

  private Projection projection() {
    List<String> fields = words.names("_fields");
    return fields.isEmpty()
        ? Projection.ALL
        : new Projection(fields.stream().map(QueryReader::path).toList());
  }

  private static FieldPath path(String dotted) {
    try {
      return FieldPath.parse(dotted);
    } catch (IllegalArgumentException malformed) {
      throw HttpProblem.badRequest(
          "A field in the query is named with a dot too many or not at all.");
    }
  }
}
