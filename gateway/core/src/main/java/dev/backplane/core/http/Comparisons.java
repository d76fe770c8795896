package dev.backplane.core.http;

import dev.backplane.core.http.FieldWords.FieldWord;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import java.util.ArrayList;
import java.util.List;

/** Makes the terms of a filter, the same whatever their spelling; for one query on one thread. */
final class Comparisons {
  private static final Filter NOTHING = new Filter.Or(List.of());

  private final QueryBounds bounds;

  Comparisons(QueryBounds bounds) {
    this.bounds = bounds;
  }

  /** All of the terms, without an AND inside an AND. */
  static Filter all(List<Filter> terms) {
    List<Filter> flat = new ArrayList<>();
    for (Filter term : terms) {
      flat.addAll(term instanceof Filter.And and ? and.terms() : List.of(term));
    }
    return flat.size() == 1 ? flat.get(0) : new Filter.And(flat);
  }

  static Filter any(List<Filter> terms) {
    return terms.size() == 1 ? terms.get(0) : new Filter.Or(terms);
  }

  /** The search for a text; without a text there is nothing to search for, so all is found. */
  Filter search(String text) {
    if (text.isEmpty()) {
      return Filter.all();
    }
    bounds.condition(List.of(text));
    bounds.searches(1);
    return new Filter.Search(text);
  }

  /** Whether an operator looks for a text within others. */
  static boolean isSearch(Operator operator) {
    return operator == Operator.LIKE || operator == Operator.ILIKE || operator == Operator.CONTAINS;
  }

  /** Compares a field with each of some values. */
  Filter compare(FieldWord word, List<String> values) {
    bounds.condition(values);
    Operator operator = word.operator();
    if (isSearch(operator)) {
      bounds.searches(values.size());
    }
    FieldPath field = word.field();
    return switch (operator) {
      case EQ ->
          values.size() == 1
              ? new Filter.Comparison(field, operator, values)
              : values.isEmpty() ? NOTHING : new Filter.Comparison(field, Operator.IN, values);
      case IN -> values.isEmpty() ? NOTHING : new Filter.Comparison(field, operator, values);
      case NIN -> values.isEmpty() ? Filter.all() : new Filter.Comparison(field, operator, values);
      case BETWEEN -> between(field, values);
      default -> {
        List<Filter> each = new ArrayList<>();
        values.forEach(value -> each.add(single(word, value)));
        // as json-server has it, which this spelling is from
        yield word.anywhere() ? any(each) : all(each);
      }
    };
  }

  private static Filter single(FieldWord word, String value) {
    if (word.operator() == Operator.IS_NULL && !value.equals("true") && !value.equals("false")) {
      throw HttpProblem.badRequest(
          FieldWords.quoted(word.field() + ":isnull") + " should be true or false.");
    }
    String operand = word.anywhere() ? "*" + value + "*" : value;
    return new Filter.Comparison(word.field(), word.operator(), List.of(operand));
  }

  private static Filter between(FieldPath field, List<String> ends) {
    if (ends.size() != 2) {
      throw HttpProblem.badRequest(
          FieldWords.quoted(field + ":between") + " should be two values, the least and the most.");
    }
    return new Filter.Comparison(field, Operator.BETWEEN, ends);
  }
}
