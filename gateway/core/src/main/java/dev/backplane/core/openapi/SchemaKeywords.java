package dev.backplane.core.openapi;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where schemas stand within a schema of JSON Schema 2020-12; anything else there is data. */
final class SchemaKeywords {
  private static final Set<String> ONE =
      Set.of(
          "additionalProperties",
          "contains",
          "contentSchema",
          "else",
          "if",
          "items",
          "not",
          "propertyNames",
          "then",
          "unevaluatedItems",
          "unevaluatedProperties");
  private static final Set<String> LIST = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
  private static final Set<String> MAP =
      Set.of("$defs", "definitions", "dependentSchemas", "patternProperties", "properties");

  private SchemaKeywords() {}

  /** Makes another schema of one that stands at a place, a JSON Pointer. */
  @FunctionalInterface
  interface Change {
    JsonValue apply(JsonValue schema, String place);
  }

  /** Changes the schemas directly within a schema, and nothing else of it. */
  static JsonObject changeInner(JsonObject schema, String place, Change change) {
    JsonObject.Builder changed = JsonObject.builder();
    schema
        .members()
        .forEach((keyword, value) ->
            changed.put(keyword, value(keyword, value, place + "/" + escape(keyword), change)));
    return changed.build();
  }

  private static JsonValue value(String keyword, JsonValue value, String place, Change change) {
    if (ONE.contains(keyword)) {
      return change.apply(value, place);
    }
    if (LIST.contains(keyword) && value instanceof JsonArray array) {
      List<JsonValue> changed = new ArrayList<>();
      for (JsonValue element : array.elements()) {
        changed.add(change.apply(element, place + "/" + changed.size()));
      }
      return new JsonArray(changed);
    }
    if (MAP.contains(keyword) && value instanceof JsonObject object) {
      JsonObject.Builder changed = JsonObject.builder();
      object
          .members()
          .forEach((name, schema) ->
              changed.put(name, change.apply(schema, place + "/" + escape(name))));
      return changed.build();
    }
    return value;
  }

  /** A reference token of a JSON Pointer (RFC 6901, section 3). */
  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  static String unescape(String token) {
    return token.replace("~1", "/").replace("~0", "~");
  }
}
