package dev.backplane.core.openapi;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes an example from a schema, and none rather than one that might not be valid: where a schema
 * says more than is understood here, such as a pattern, it has to bring an example itself.
 */
final class ExampleItem {
  private static final int MAX_DEPTH = 6;
  private static final Map<String, String> FORMATS =
      Map.of(
          "date", "2026-01-31",
          "date-time", "2026-01-31T12:00:00Z",
          "email", "ann@example.com",
          "hostname", "www.example.com",
          "ipv4", "192.0.2.1",
          "time", "12:00:00Z",
          "uri", "https://www.example.com/",
          "uuid", "6f1c1e2a-3a52-4d6f-9a34-5a0f7f3c2b10");

  /** What is understood; whatever else a schema has might rule the example out. */
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "additionalProperties", // the example has none
          "deprecated",
          "description",
          "exclusiveMaximum",
          "exclusiveMinimum",
          "format",
          "items",
          "maxItems",
          "maxLength",
          "maximum",
          "minItems",
          "minLength",
          "minimum",
          "properties",
          "readOnly",
          "required",
          "title",
          "type",
          "uniqueItems",
          "writeOnly");

  /** What says nothing about which values are valid. */
  private static final Set<String> REMARKS =
      Set.of("deprecated", "description", "readOnly", "title", "writeOnly");

  private final Map<String, JsonValue> components;

  /** With the components that references lead to. */
  ExampleItem(Map<String, JsonValue> components) {
    this.components = components;
  }

  /**
   * An example.
   *
   * @param without fields with this mark are left out: {@code readOnly} or {@code writeOnly}
   * @return a valid value; empty when none could be made
   */
  Optional<JsonValue> of(JsonValue schema, String without) {
    return example(schema, without, 0);
  }

  private Optional<JsonValue> example(JsonValue value, String without, int depth) {
    if (!(value instanceof JsonObject schema) || depth > MAX_DEPTH) {
      return value == JsonBoolean.TRUE ? Optional.of(new JsonString("text")) : Optional.empty();
    }
    Optional<JsonValue> given = given(schema);
    if (given.isPresent()) {
      return given.map(example -> without(example, schema, without));
    }
    Optional<String> reference = schema.get("$ref").flatMap(JsonValue::text);
    if (reference.isPresent() && REMARKS.containsAll(schema.without("$ref").members().keySet())) {
      String name = reference.get().substring("#/components/schemas/".length());
      return Optional.ofNullable(components.get(name))
          .flatMap(target -> example(target, without, depth + 1));
    }
    return isUnderstood(schema) ? typed(schema, without, depth) : Optional.empty();
  }

  private static boolean isUnderstood(JsonObject schema) {
    return UNDERSTOOD.containsAll(schema.members().keySet());
  }

  private static Optional<JsonValue> given(JsonObject schema) {
    for (String keyword : List.of("examples", "enum")) {
      if (schema.get(keyword).orElse(JsonNull.NULL) instanceof JsonArray several
          && !several.elements().isEmpty()) {
        return Optional.of(several.elements().get(0));
      }
    }
    return schema.get("const").or(() -> schema.get("default"));
  }

  private static JsonValue without(JsonValue example, JsonObject schema, String mark) {
    if (!(example instanceof JsonObject object)) {
      return example;
    }
    JsonObject kept = object;
    for (Map.Entry<String, JsonValue> field : properties(schema).members().entrySet()) {
      if (isMarked(field.getValue(), mark)) {
        kept = kept.without(field.getKey());
      }
    }
    return kept;
  }

  private Optional<JsonValue> typed(JsonObject schema, String without, int depth) {
    JsonValue type = schema.get("type").orElse(new JsonString("string"));
    JsonValue first = type instanceof JsonArray several ? several.elements().get(0) : type;
    return switch (first.text().orElse("")) {
      case "string" -> string(schema);
      case "integer" -> number(schema, true);
      case "number" -> number(schema, false);
      case "boolean" -> Optional.of(JsonBoolean.TRUE);
      case "null" -> Optional.of(JsonNull.NULL);
      case "array" -> array(schema, without, depth);
      case "object" -> object(schema, without, depth);
      default -> Optional.empty();
    };
  }

  private static Optional<JsonValue> string(JsonObject schema) {
    Optional<String> format = schema.get("format").flatMap(JsonValue::text);
    int least = length(schema, "minLength", 0);
    int most = length(schema, "maxLength", Integer.MAX_VALUE);
    String text =
        format.isEmpty()
            ? "text".substring(0, Math.min(4, most))
            : FORMATS.getOrDefault(format.get(), "");
    if (format.isEmpty() && text.length() < least && least <= 100) {
      text = "text".repeat(least / 4 + 1).substring(0, least);
    }
    boolean fits = text.length() >= least && text.length() <= most;
    return fits && (format.isEmpty() || !text.isEmpty())
        ? Optional.of(new JsonString(text))
        : Optional.empty();
  }

  private static Optional<JsonValue> number(JsonObject schema, boolean whole) {
    BigDecimal number =
        bound(schema, "minimum")
            .or(() -> bound(schema, "exclusiveMinimum").map(bound -> bound.add(BigDecimal.ONE)))
            .or(() -> bound(schema, "maximum"))
            .or(() ->
                bound(schema, "exclusiveMaximum").map(bound -> bound.subtract(BigDecimal.ONE)))
            .orElse(BigDecimal.ONE);
    boolean fits =
        (!whole || number.stripTrailingZeros().scale() <= 0)
            && bound(schema, "maximum").orElse(number).compareTo(number) >= 0
            && bound(schema, "exclusiveMinimum")
                .filter(least -> least.compareTo(number) >= 0)
                .isEmpty()
            && bound(schema, "exclusiveMaximum")
                .filter(most -> most.compareTo(number) <= 0)
                .isEmpty();
    return fits ? Optional.of(new JsonNumber(number)) : Optional.empty();
  }

  private Optional<JsonValue> array(JsonObject schema, String without, int depth) {
    int least = length(schema, "minItems", 0);
    Optional<JsonValue> element =
        example(schema.get("items").orElse(JsonBoolean.TRUE), without, depth + 1);
    if (element.isPresent() && least <= 1 && length(schema, "maxItems", 1) >= 1) {
      return Optional.of(JsonArray.of(element.get()));
    }
    return least == 0 ? Optional.of(JsonArray.of()) : Optional.empty();
  }

  private Optional<JsonValue> object(JsonObject schema, String without, int depth) {
    JsonObject.Builder example = JsonObject.builder();
    properties(schema)
        .members()
        .forEach((name, field) -> {
          if (!isMarked(field, without)) {
            example(field, without, depth + 1).ifPresent(value -> example.put(name, value));
          }
        });
    JsonObject made = example.build();
    JsonValue required = schema.get("required").orElse(JsonArray.of());
    boolean complete =
        required instanceof JsonArray names
            && names.elements().stream()
                .flatMap(name -> name.text().stream())
                .filter(
                    name -> !isMarked(properties(schema).get(name).orElse(JsonNull.NULL), without))
                .allMatch(made.members()::containsKey);
    return complete ? Optional.of(made) : Optional.empty();
  }

  private static JsonObject properties(JsonObject schema) {
    return schema.get("properties").orElse(JsonNull.NULL) instanceof JsonObject properties
        ? properties
        : JsonObject.empty();
  }

  private static boolean isMarked(JsonValue field, String mark) {
    return field instanceof JsonObject schema
        && schema.get(mark).filter(JsonBoolean.TRUE::equals).isPresent();
  }

  private static int length(JsonObject schema, String keyword, int otherwise) {
    return bound(schema, keyword).map(BigDecimal::intValue).orElse(otherwise);
  }

  private static Optional<BigDecimal> bound(JsonObject schema, String keyword) {
    return schema.get(keyword).orElse(JsonNull.NULL) instanceof JsonNumber number
        ? Optional.of(number.value())
        : Optional.empty();
  }
}
