package dev.backplane.core.http;

import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes filters as clients would: as a tree of conditions, or as words of a URL. */
final class FilterSpelling {
  private FilterSpelling() {}

  static String json(Filter filter) {
    return new String(Json.CODEC.write(tree(filter)), StandardCharsets.UTF_8);
  }

  static JsonObject tree(Filter filter) {
    return switch (filter) {
      case Filter.And and -> JsonObject.of("and", trees(and.terms()));
      case Filter.Or or -> JsonObject.of("or", trees(or.terms()));
      case Filter.Not not -> JsonObject.of("not", tree(not.term()));
      case Filter.Search search -> JsonObject.of("q", new JsonString(search.text()));
      case Filter.Comparison comparison ->
          JsonObject.of(
              comparison.field().toString(),
              JsonObject.of(comparison.operator().word(), operands(comparison)));
    };
  }

  /** As {@link #tree}, with fields whose names look like operators. */
  static JsonObject unambiguous(Filter filter) {
    return switch (filter) {
      case Filter.And and -> JsonObject.of("and", unambiguous(and.terms()));
      case Filter.Or or -> JsonObject.of("or", unambiguous(or.terms()));
      case Filter.Not not -> JsonObject.of("not", unambiguous(not.term()));
      case Filter.Search search -> tree(search);
      case Filter.Comparison comparison -> member(comparison);
    };
  }

  private static JsonArray unambiguous(List<Filter> terms) {
    return new JsonArray(terms.stream().<JsonValue>map(FilterSpelling::unambiguous).toList());
  }

  private static JsonArray trees(List<Filter> terms) {
    return new JsonArray(terms.stream().<JsonValue>map(FilterSpelling::tree).toList());
  }

  private static JsonValue operands(Filter.Comparison comparison) {
    if (comparison.operator() == Operator.IS_NULL) {
      return comparison.operand().equals("true") ? JsonBoolean.TRUE : JsonBoolean.FALSE;
    }
    return switch (comparison.operator()) {
      case IN, NIN, BETWEEN ->
          new JsonArray(comparison.operands().stream().<JsonValue>map(JsonString::new).toList());
      default -> new JsonString(comparison.operand());
    };
  }

  /** A comparison as one member of an object, by the word that a URL would have. */
  static JsonObject member(Filter.Comparison comparison) {
    return JsonObject.of(
        comparison.field() + ":" + comparison.operator().word(), operands(comparison));
  }

  /** A comparison as a word of a URL; operands have no commas. */
  static String word(Filter.Comparison comparison, boolean suffixed) {
    String operator = comparison.operator().word();
    boolean hasSuffix = List.of("gte", "lte", "gt", "lt", "ne").contains(operator);
    return UriText.encode(comparison.field().toString())
        + (suffixed && hasSuffix ? "_" : ":")
        + operator
        + "="
        + UriText.encode(String.join(",", comparison.operands()));
  }
}
