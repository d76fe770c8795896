package dev.backplane.core.schema;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The schemas that a schema is made of. */
final class SubSchemas {
  private static final Set<String> OF_ONE =
      Set.of(
          "additionalProperties",
          "contains",
          "else",
          "if",
          "items",
          "not",
          "propertyNames",
          "then",
          "unevaluatedItems",
          "unevaluatedProperties");
  private static final Set<String> OF_LIST = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
  private static final Set<String> OF_NAMES =
      Set.of("$defs", "definitions", "dependentSchemas", "patternProperties", "properties");

  private static final List<String> SOMETIMES =
      List.of("anyOf", "oneOf", "if", "then", "else", "dependentSchemas");

  private SubSchemas() {}

  /** All that stand right inside of it. */
  static List<JsonValue> inside(JsonObject schema) {
    List<JsonValue> inside = new ArrayList<>();
    schema.members().keySet().forEach(keyword -> inside.addAll(under(schema, keyword)));
    return inside;
  }

  /** Those about the same value that always hold. */
  static List<JsonValue> always(JsonObject schema, SchemaDocuments documents) {
    List<JsonValue> always = new ArrayList<>(under(schema, "allOf"));
    for (String keyword : SchemaDocuments.REFERENCES) {
      documents.follow(schema, keyword).ifPresent(always::add);
    }
    return always;
  }

  /** Those about the same value that hold for some values. */
  static List<JsonValue> sometimes(JsonObject schema) {
    List<JsonValue> sometimes = new ArrayList<>();
    SOMETIMES.forEach(keyword -> sometimes.addAll(under(schema, keyword)));
    return sometimes;
  }

  /** Those that a keyword brings; none when it is not there or brings none. */
  static List<JsonValue> under(JsonObject schema, String keyword) {
    JsonValue value = schema.members().get(keyword);
    if (value == null) {
      return List.of();
    }
    if (OF_LIST.contains(keyword) && value instanceof JsonArray list) {
      return list.elements();
    }
    if (OF_NAMES.contains(keyword) && value instanceof JsonObject names) {
      return List.copyOf(names.members().values());
    }
    return OF_ONE.contains(keyword) ? List.of(value) : List.of();
  }
}
