package dev.backplane.plugin.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a query the backend is asked for itself, by parameters that the mapping names: the
 * conditions that it promises to lose no match of, and the orders that it keeps exactly.
 *
 * @param filters the parameters by field and operator
 * @param search the parameter for a text anywhere
 * @param sort how to ask for an order
 */
record ListWords(Map<Condition, String> filters, Optional<String> search, Optional<Sort> sort) {
  private static final String SEARCH = "q";

  /** A kind of comparison. */
  record Condition(FieldPath field, Operator operator) {}

  /**
   * How to ask for an order.
   *
   * @param parameter the parameter that takes the fields, separated by commas
   * @param fields the backend's names of the fields
   * @param descendingPrefix what stands before a field that is sorted downwards
   * @param orderParameter the parameter that says {@code asc} or {@code desc} for each field
   *     instead
   */
  record Sort(
      String parameter,
      Map<FieldPath, String> fields,
      String descendingPrefix,
      Optional<String> orderParameter) {}

  static ListWords read(Settings settings) {
    Map<Condition, String> filters = new LinkedHashMap<>();
    Optional<String> search = Optional.empty();
    Optional<Settings> section = settings.section("filters");
    if (section.isPresent()) {
      Settings group = section.get();
      for (String word : group.keys()) {
        String parameter = group.string(word);
        if (word.equals(SEARCH)) {
          search = Optional.of(parameter);
        } else {
          filters.put(condition(group, word), parameter);
        }
      }
    }
    return new ListWords(filters, search, settings.section("sort").map(ListWords::sort));
  }

  private static Condition condition(Settings group, String word) {
    int colon = word.indexOf(':');
    String field = colon < 0 ? word : word.substring(0, colon);
    String operator = colon < 0 ? Operator.EQ.word() : word.substring(colon + 1);
    for (Operator each : Operator.values()) {
      boolean single = each != Operator.IN && each != Operator.NIN && each != Operator.BETWEEN;
      if (single && each.word().equals(operator) && !field.isEmpty()) {
        return new Condition(path(group, word, field), each);
      }
    }
    throw group.wrong(
        word, "should be a field or field:operator, such as price:gte, with one operand");
  }

  private static FieldPath path(Settings group, String word, String field) {
    try {
      return FieldPath.parse(field);
    } catch (IllegalArgumentException malformed) {
      throw group.wrong(word, "should name a field, such as address.city");
    }
  }

  private static Sort sort(Settings group) {
    Map<FieldPath, String> fields = new LinkedHashMap<>();
    Settings names =
        group
            .section("fields")
            .orElseThrow(
                () -> group.wrong("fields", "is missing: the backend's name of each field"));
    for (String field : names.keys()) {
      fields.put(path(names, field, field), names.string(field));
    }
    return new Sort(
        group.string("parameter"),
        fields,
        group.optionalString("descending-prefix").orElse("-"),
        group.optionalString("order-parameter"));
  }

  /** What the backend is asked for, and whether that is a part of the filter. */
  record Asked(String path, boolean filters) {}

  /**
   * Adds to a path what the backend is asked for.
   *
   * @throws StoreException with {@link Reason#UNSUPPORTED} for an order that it does not keep
   */
  Asked ask(String path, Filter filter, List<Order> order) {
    QueryString query = new QueryString(path);
    boolean filtered = false;
    for (Filter term : filter.conjuncts()) {
      Optional<Word> word = word(term);
      if (word.isPresent()) {
        query.add(word.get().parameter(), word.get().operand());
        filtered = true;
      }
    }
    if (!order.isEmpty()) {
      addOrder(query, order);
    }
    return new Asked(query.toString(), filtered);
  }

  /** Whether the backend is asked for every term of a filter. */
  boolean asksAll(Filter filter) {
    return filter.conjuncts().stream().allMatch(term -> word(term).isPresent());
  }

  /** A parameter and its value, for a term that the mapping has one for. */
  private record Word(String parameter, String operand) {}

  private Optional<Word> word(Filter term) {
    return switch (term) {
      case Filter.Comparison comparison ->
          Optional.ofNullable(filters.get(new Condition(comparison.field(), operator(comparison))))
              .map(parameter -> new Word(parameter, comparison.operand()));
      case Filter.Search text -> search.map(parameter -> new Word(parameter, text.text()));
      case Filter.And and -> Optional.empty();
      case Filter.Or or -> Optional.empty();
      case Filter.Not not -> Optional.empty();
    };
  }

  /** One of one value is equal to it. */
  private static Operator operator(Filter.Comparison comparison) {
    boolean one = comparison.operator() == Operator.IN && comparison.operands().size() == 1;
    return one ? Operator.EQ : comparison.operator();
  }

  private void addOrder(QueryString query, List<Order> order) {
    Sort words = sort.orElseThrow(ListWords::unsorted);
    List<String> fields = new ArrayList<>();
    List<String> directions = new ArrayList<>();
    for (Order key : order) {
      String field = words.fields().get(key.field());
      if (field == null) {
        throw unsorted();
      }
      boolean prefixed = key.descending() && words.orderParameter().isEmpty();
      fields.add(prefixed ? words.descendingPrefix() + field : field);
      directions.add(key.descending() ? "desc" : "asc");
    }
    query.add(words.parameter(), String.join(",", fields));
    words.orderParameter().ifPresent(name -> query.add(name, String.join(",", directions)));
  }

  private static StoreException unsorted() {
    return new StoreException(
        Reason.UNSUPPORTED, "The backend of this resource cannot put it in this order.");
  }
}
