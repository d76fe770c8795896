package dev.backplane.core.openapi;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The query words of a list that follow from the fields of its items. */
final class FieldFilters {
  private static final Set<String> SCALARS = Set.of("string", "number", "integer", "boolean");
  private static final List<String> KEPT = List.of("format", "enum");

  private FieldFilters() {}

  /**
   * One parameter for each field with a plain value.
   *
   * @param idField which is described apart
   */
  static JsonArray of(Map<String, JsonValue> fields, String idField) {
    List<JsonValue> parameters = new ArrayList<>();
    fields.forEach((name, value) -> {
      boolean isWord = name.startsWith("_") || name.equals("q") || name.contains(":");
      if (!isWord && !name.equals(idField) && value instanceof JsonObject schema) {
        scalar(schema).ifPresent(type -> parameters.add(parameter(name, type, schema)));
      }
    });
    return new JsonArray(parameters);
  }

  /** The first of the names that is not a field; they differ from every field of their number. */
  static String freeName(Map<String, JsonValue> fields, String idField) {
    String name = "filter";
    while (fields.containsKey(name) || name.equals(idField)) {
      name += "s";
    }
    return name;
  }

  private static JsonObject parameter(String name, String type, JsonObject field) {
    JsonObject schema = JsonObject.of("type", new JsonString(type));
    for (String keyword : KEPT) {
      Optional<JsonValue> value = field.get(keyword);
      // the types of a field with an enum may be several, of which one is described
      if (value.isPresent() && field.get("type").orElseThrow() instanceof JsonString) {
        schema = schema.with(keyword, value.get());
      }
    }
    return JsonObject.builder()
        .put("name", new JsonString(name))
        .put("in", new JsonString("query"))
        .put("description", new JsonString("Only items with this value."))
        .put("schema", schema)
        .build();
  }

  /** The type of the values; empty where they are not plain ones, or nobody may see them. */
  private static Optional<String> scalar(JsonObject field) {
    if (field.get("writeOnly").filter(JsonBoolean.TRUE::equals).isPresent()) {
      return Optional.empty();
    }
    List<JsonValue> types =
        switch (field.get("type").orElse(new JsonArray(List.of()))) {
          case JsonArray several -> several.elements();
          case JsonValue one -> List.of(one);
        };
    List<String> scalars =
        types.stream().flatMap(type -> type.text().stream()).filter(SCALARS::contains).toList();
    boolean others =
        types.stream()
            .flatMap(type -> type.text().stream())
            .anyMatch(type -> !SCALARS.contains(type) && !type.equals("null"));
    return scalars.size() == 1 && !others ? Optional.of(scalars.get(0)) : Optional.empty();
  }
}
