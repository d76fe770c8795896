package dev.backplane.core.http;

import dev.backplane.core.http.ListRequest.Form;
import dev.backplane.core.http.ListRequest.Paging;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the query of a URL: words that start with an underscore are the gateway's, others fields.
 */
final class QueryReader {
  private static final int MAX_WORDS = 200;
  private static final List<String> RESERVED =
      List.of(
          "_cursor",
          "_end",
          "_fields",
          "_limit",
          "_offset",
          "_order",
          "_page",
          "_per_page",
          "_sort",
          "_start");

  private final ResourceMapping resource;
  private final Map<String, List<String>> words;

  private QueryReader(ResourceMapping resource, Map<String, List<String>> words) {
    this.resource = resource;
    this.words = words;
  }

  static ListRequest list(String query, ResourceMapping resource) {
    QueryReader reader = new QueryReader(resource, split(query));
    Filter filter = reader.filter();
    return new ListRequest(filter, reader.order(), reader.paging(), reader.projection());
  }

  /** Reads the query of a single item, where only the projection means anything. */
  static Projection item(String query, ResourceMapping resource) {
    QueryReader reader = new QueryReader(resource, split(query));
    for (String word : reader.words.keySet()) {
      if (!word.equals("_fields")) {
        throw HttpProblem.badRequest("The query of a single item may have _fields only.");
      }
    }
    return reader.projection();
  }

  /** The words of a query with their values, decoded, in their order. */
  static Map<String, List<String>> split(String query) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    if (query.isEmpty()) {
      return words;
    }
    String[] pairs = query.split("&", MAX_WORDS + 2);
    if (pairs.length > MAX_WORDS) {
      throw HttpProblem.badRequest("The query has more than " + MAX_WORDS + " words.");
    }
    for (String pair : pairs) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = UriText.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : UriText.decodeQuery(pair.substring(equals + 1));
      words.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }
    return words;
  }

  private Filter filter() {
    List<Filter> terms = new ArrayList<>();
    words.forEach((word, values) -> {
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
      case IN, NIN -> new Filter.Comparison(field, operator, commaSeparated(values));
      case BETWEEN -> between(field, commaSeparated(values));
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
    List<String> fields = commaSeparated(words.getOrDefault("_sort", List.of()));
    List<String> directions = commaSeparated(words.getOrDefault("_order", List.of()));
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
    List<String> fields = commaSeparated(words.getOrDefault("_fields", List.of()));
    return fields.isEmpty()
        ? Projection.ALL
        : new Projection(fields.stream().map(QueryReader::path).toList());
  }

  private Paging paging() {
    Optional<String> cursor = single("_cursor");
    boolean paged = words.containsKey("_page");
    boolean started = words.containsKey("_start") || words.containsKey("_end");
    boolean skipped = words.containsKey("_offset");
    if ((cursor.isPresent() ? 1 : 0) + (paged ? 1 : 0) + (started ? 1 : 0) + (skipped ? 1 : 0)
        > 1) {
      throw HttpProblem.badRequest(
          "Use one of _page, _start and _end, _offset, and _cursor, not several.");
    }
    if (started) {
      return started();
    }
    int limit = limit();
    if (paged) {
      return new Paging(
          Form.PAGE, offset((long) (number("_page", 1, 1) - 1) * limit), limit, cursor);
    }
    if (skipped) {
      return new Paging(Form.OFFSET, number("_offset", 0, 0), limit, cursor);
    }
    return new Paging(Form.CURSOR, 0, limit, cursor);
  }

  private Paging started() {
    int start = number("_start", 0, 0);
    if (!words.containsKey("_end")) {
      return new Paging(Form.START, start, limit(), Optional.empty());
    }
    if (words.containsKey("_limit") || words.containsKey("_per_page")) {
      throw HttpProblem.badRequest("Use _end or _limit, not both.");
    }
    int length = number("_end", 0, 0) - start;
    if (length < 1) {
      throw HttpProblem.badRequest("_end should be greater than _start.");
    }
    return new Paging(Form.START, start, bounded(length), Optional.empty());
  }

  private int limit() {
    Optional<String> word =
        words.containsKey("_per_page") ? Optional.of("_per_page") : Optional.empty();
    if (words.containsKey("_limit")) {
      if (word.isPresent()) {
        throw HttpProblem.badRequest("Use _limit or _per_page, not both.");
      }
      word = Optional.of("_limit");
    }
    if (word.isPresent()) {
      return bounded(number(word.get(), 1, 1));
    }
    // a list of ids is a batch read: cutting it to the usual page would lose what was asked for
    int ids = words.getOrDefault(resource.idField(), List.of()).size();
    return ids > resource.pageSize() ? bounded(ids) : resource.pageSize();
  }

  private int bounded(int limit) {
    if (limit > resource.maxPageSize()) {
      throw HttpProblem.badRequest(
          "A page of this resource has at most " + resource.maxPageSize() + " items.");
    }
    return limit;
  }

  private static int offset(long offset) {
    if (offset > Integer.MAX_VALUE) {
      throw HttpProblem.badRequest("_page is too great.");
    }
    return (int) offset;
  }

  private int number(String word, int fallback, int least) {
    Optional<String> text = single(word);
    if (text.isEmpty()) {
      return fallback;
    }
    // parseInt would also take a plus sign and the digits of other scripts
    if (text.get().matches("[0-9]{1,10}")) {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= Integer.MAX_VALUE) {
        return (int) number;
      }
    }
    throw HttpProblem.badRequest(word + " should be a whole number from " + least + ".");
  }

  private Optional<String> single(String word) {
    List<String> values = words.getOrDefault(word, List.of());
    if (values.size() > 1) {
      throw HttpProblem.badRequest(word + " stands in the query more than once.");
    }
    return values.stream().findFirst();
  }

  private static List<String> commaSeparated(List<String> values) {
    List<String> parts = new ArrayList<>();
    for (String value : values) {
      for (String part : value.split(",", -1)) {
        parts.add(part);
      }
    }
    return parts.size() == 1 && parts.get(0).isEmpty() ? List.of() : parts;
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
