package dev.backplane.core.openapi;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The schemas of a resource's items. With a JSON Schema there are three: the item itself, the part
 * of it that {@code _fields} leaves, in which nothing is required, and a merge patch of it.
 */
final class ItemSchemas {
  /** Ids keep their type; as a text, one that can stand in a path. */
  private static final JsonObject ID =
      type("string", "number")
          .with("description", new JsonString("The id."))
          .with("minLength", JsonNumber.of(1))
          .with("maxLength", JsonNumber.of(1024))
          .with("pattern", new JsonString("^[^\\u0000-\\u001f\\u007f-\\u009f]+$"));

  private static final JsonString OBJECT = new JsonString("object");
  private static final JsonString ARRAY = new JsonString("array");

  private final ApiResource resource;
  private final String name;
  private final Map<String, JsonValue> components = new LinkedHashMap<>();

  ItemSchemas(ApiResource resource) {
    this.resource = resource;
    this.name = resource.mapping().name();
    if (isKnown()) {
      embed();
    } else {
      anything();
    }
  }

  /** All of them, by the names of their components. */
  Map<String, JsonValue> components() {
    return components;
  }

  /** The item itself. */
  JsonObject item() {
    // a schema may also be true
    return components.get(name) instanceof JsonObject item ? item : JsonObject.empty();
  }

  /** The fields that are known by name. */
  Map<String, JsonValue> fields() {
    return fields(item());
  }

  /** What GET answers. */
  JsonObject read() {
    return isKnown()
        ? JsonObject.of("anyOf", JsonArray.of(reference(name), reference(name + ".part")))
        : reference(name);
  }

  /** What PATCH takes. */
  JsonObject patch() {
    return reference(isKnown() ? name + ".patch" : "MergePatch");
  }

  /** What PUT takes where it keeps the fields that are left out. */
  JsonObject part() {
    return reference(isKnown() ? name + ".part" : name);
  }

  boolean isKnown() {
    return !resource.schemas().isEmpty();
  }

  private void anything() {
    String idField = resource.mapping().idField();
    JsonObject item =
        type("object")
            .with("properties", JsonObject.of(idField, ID))
            .with("additionalProperties", JsonBoolean.TRUE);
    components.put(name, marked(item));
  }

  private void embed() {
    components.putAll(EmbeddedSchema.components(name, resource.schemas()));
    JsonObject item = item();
    if (!fields(item).containsKey(resource.mapping().idField())) {
      item = withField(item, resource.mapping().idField(), ID);
    }
    components.put(name, marked(item));
    components.put(name + ".part", loose(false, "Some of the fields of an item."));
    components.put(name + ".patch", loose(true, "The fields to change; null removes one."));
  }

  private JsonObject marked(JsonObject item) {
    JsonObject marked = item;
    for (FieldPath field : resource.mapping().bodies().readOnly()) {
      marked = mark(marked, field.segments(), "readOnly");
    }
    for (FieldPath field : resource.mapping().bodies().writeOnly()) {
      marked = mark(marked, field.segments(), "writeOnly");
    }
    return marked;
  }

  /**
   * Where a schema refers to another one, the mark stands beside the reference: both hold. Of a
   * list, it is about each element.
   */
  private static JsonObject mark(JsonObject schema, List<String> path, String keyword) {
    if (path.isEmpty()) {
      return schema.with(keyword, JsonBoolean.TRUE);
    }
    if (types(schema).contains(ARRAY)) {
      return schema.with("items", mark(object(schema.get("items")), path, keyword));
    }
    JsonObject field = object(Optional.ofNullable(fields(schema).get(path.get(0))));
    return withField(schema, path.get(0), mark(field, path.subList(1, path.size()), keyword));
  }

  private static JsonObject object(Optional<JsonValue> schema) {
    return schema.orElse(JsonObject.empty()) instanceof JsonObject object
        ? object
        : JsonObject.empty();
  }

  private static Map<String, JsonValue> fields(JsonObject schema) {
    return schema.get("properties").orElse(JsonObject.empty()) instanceof JsonObject properties
        ? properties.members()
        : Map.of();
  }

  private static JsonObject withField(JsonObject schema, String field, JsonValue value) {
    return schema.with("properties", new JsonObject(fields(schema)).with(field, value));
  }

  /** Less strict than the item: any of its fields, whole or in part, and others. */
  private JsonObject loose(boolean removable, String description) {
    JsonObject.Builder fields = JsonObject.builder();
    fields().forEach((field, schema) -> fields.put(field, loose(schema, removable)));
    return type("object")
        .with("description", new JsonString(description))
        .with("properties", fields.build())
        .with("additionalProperties", JsonBoolean.TRUE);
  }

  /** A plain value is sent whole or not at all; of others, any part. */
  private JsonObject loose(JsonValue field, boolean removable) {
    if (!(field instanceof JsonObject schema)) {
      return JsonObject.empty();
    }
    JsonObject meant = target(schema);
    List<JsonValue> types = types(meant);
    boolean plain = !types.isEmpty() && !types.contains(OBJECT) && !types.contains(ARRAY);
    JsonObject.Builder kept = JsonObject.builder();
    if (plain && !removable) {
      kept.putAll(schema);
    } else if (plain) {
      kept.put("anyOf", JsonArray.of(schema, type("null")));
    } else if (!types.isEmpty()) {
      kept.put("type", removable ? type(types, "null") : type(types));
    }
    if (types.contains(OBJECT)) {
      kept.put("additionalProperties", JsonBoolean.TRUE);
    }
    if (types.contains(ARRAY)) {
      kept.put("items", JsonObject.empty());
    }
    for (String keyword : List.of("description", "readOnly", "writeOnly")) {
      schema.get(keyword).ifPresent(value -> kept.put(keyword, value));
    }
    return kept.build();
  }

  /** What a reference leads to, where that is a component. */
  private JsonObject target(JsonObject schema) {
    Optional<String> reference = schema.get("$ref").flatMap(JsonValue::text);
    String start = "#/components/schemas/";
    return reference.isPresent()
            && components.get(reference.get().replace(start, "")) instanceof JsonObject target
        ? target
        : schema;
  }

  private static List<JsonValue> types(JsonObject schema) {
    return switch (schema.get("type").orElse(JsonArray.of())) {
      case JsonArray several -> several.elements();
      case JsonValue one -> List.of(one);
    };
  }

  private static JsonValue type(List<JsonValue> types, String... more) {
    List<JsonValue> all = new ArrayList<>(types);
    for (String each : more) {
      JsonString type = new JsonString(each);
      if (!all.contains(type)) {
        all.add(type);
      }
    }
    return all.size() == 1 ? all.get(0) : new JsonArray(all);
  }

  private static JsonObject reference(String component) {
    return JsonObject.of("$ref", new JsonString("#/components/schemas/" + component));
  }

  private static JsonObject type(String... names) {
    return JsonObject.of("type", type(List.of(), names));
  }
}
