package dev.backplane.core.http;

import dev.backplane.core.http.FieldWords.FieldWord;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a filter that is spelled as JSON. The members of an object must all hold: {@code and},
 * {@code or} (lists of conditions), {@code not} (a condition), {@code q} (a text), and fields, each
 * with a value, a list of values, or an object of operators. Where fields may be nested, an object
 * without operators holds the fields within a field: react-admin sends {@code {"o":{"x":1}}} for
 * {@code o.x}.
 */
final class ConditionReader {
  private final String word;
  private final FieldWords names;
  private final Comparisons comparisons;
  private final QueryBounds bounds;
  private final boolean nested;

  /**
   * A reader.
   *
   * @param word where the condition stands, for messages
   * @param names tells fields and operators
   * @param bounds keeps the condition small
   * @param nested whether fields may be nested
   */
  ConditionReader(String word, FieldWords names, QueryBounds bounds, boolean nested) {
    this.word = word;
    this.names = names;
    this.comparisons = new Comparisons(bounds);
    this.bounds = bounds;
    this.nested = nested;
  }

  Filter read(JsonValue json) {
    return condition(json, 1);
  }

  private Filter condition(JsonValue json, int depth) {
    bounds.group(depth);
    if (!(json instanceof JsonObject object)) {
      throw wrong("each condition should be an object, such as {\"age\":{\"gte\":40}}");
    }
    List<Filter> terms = new ArrayList<>();
    object.members().forEach((name, value) -> terms.add(term(name, value, depth)));
    return Comparisons.all(terms);
  }

  private Filter term(String name, JsonValue value, int depth) {
    return switch (name) {
      case "and" -> Comparisons.all(conditions(name, value, depth));
      case "or" -> Comparisons.any(conditions(name, value, depth));
      case "not" -> new Filter.Not(condition(value, depth + 1));
      case "q" -> Comparisons.all(texts(name, value).stream().map(comparisons::search).toList());
      default -> field(names.resolve(name), name, value);
    };
  }

  private List<Filter> conditions(String name, JsonValue value, int depth) {
    if (!(value instanceof JsonArray array)) {
      throw wrong(
          FieldWords.quoted(name)
              + " should be a list of conditions; a field of this name is compared with \""
              + name
              + ":eq\"");
    }
    return array.elements().stream().map(each -> condition(each, depth + 1)).toList();
  }

  private Filter field(FieldWord field, String name, JsonValue value) {
    if (!(value instanceof JsonObject object)) {
      return comparison(field, name, value);
    }
    Map<String, JsonValue> members = object.members();
    List<Filter> terms = new ArrayList<>();
    if (nested && members.keySet().stream().allMatch(each -> FieldWords.find(each).isEmpty())) {
      members.forEach((inner, each) -> {
        String path = name + "." + inner;
        terms.add(field(names.resolve(path), path, each));
      });
      return Comparisons.all(terms);
    }
    if (field.operator() != Operator.EQ || members.isEmpty()) {
      throw wrong(
          FieldWords.quoted(name) + " should be a value, or an object of operators and values");
    }
    members.forEach((operator, each) -> {
      FieldWord word = new FieldWord(field.field(), FieldWords.operator(operator), false);
      terms.add(comparison(word, name, each));
    });
    return Comparisons.all(terms);
  }

  private Filter comparison(FieldWord field, String name, JsonValue value) {
    Operator operator = field.operator();
    if (value == JsonNull.NULL && (operator == Operator.EQ || operator == Operator.NE)) {
      String missing = Boolean.toString(operator == Operator.EQ);
      return comparisons.compare(
          new FieldWord(field.field(), Operator.IS_NULL, false), List.of(missing));
    }
    boolean takesList =
        switch (operator) {
          case EQ, IN, NIN, BETWEEN -> true;
          default -> false;
        };
    if (value instanceof JsonArray && !takesList) {
      throw wrong(
          "\""
              + operator.word()
              + "\" of "
              + FieldWords.quoted(name)
              + " takes one value, no list");
    }
    if (!(value instanceof JsonArray) && takesList && operator != Operator.EQ) {
      throw wrong("\"" + operator.word() + "\" of " + FieldWords.quoted(name) + " takes a list");
    }
    return comparisons.compare(field, texts(name, value));
  }

  private List<String> texts(String name, JsonValue value) {
    List<JsonValue> values = value instanceof JsonArray array ? array.elements() : List.of(value);
    return values.stream()
        .map(each ->
            each.text()
                .orElseThrow(() ->
                    wrong(
                        "the values of "
                            + FieldWords.quoted(name)
                            + " should be texts, numbers, true or false; null is found with"
                            + " {\"isnull\":true}")))
        .toList();
  }

  private HttpProblem wrong(String detail) {
    return HttpProblem.badRequest("In " + word + ", " + detail + ".");
  }
}
