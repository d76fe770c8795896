package dev.backplane.core.openapi;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON Schema as components of a document. Its definitions become components of their own, and
 * each reference leads to where its target is now; what identified schemas is gone, because many
 * tools follow references within one document only.
 */
final class EmbeddedSchema {
  private static final List<String> DEFINITIONS = List.of("$defs", "definitions");
  private static final List<String> IDENTITY =
      List.of("$anchor", "$comment", "$dynamicAnchor", "$id", "$schema", "$vocabulary");

  /** What relative references are relative to where the schema has no {@code $id}. */
  private static final URI NO_ID = URI.create("schema:/");

  private final String name;
  private final Map<String, String> places = new HashMap<>();
  private final Map<String, String> componentNames = new HashMap<>();

  private EmbeddedSchema(String name) {
    this.name = name;
  }

  /**
   * Embeds a schema.
   *
   * @param name the name of its component; its definitions are named with a dot behind it
   * @return the components by name, the schema itself first
   */
  static Map<String, JsonValue> components(String name, JsonObject schema) {
    EmbeddedSchema embedded = new EmbeddedSchema(name);
    embedded.index(schema, "", NO_ID);
    for (String group : DEFINITIONS) {
      definitions(schema, group)
          .members()
          .keySet()
          .forEach(definition -> embedded.nameDefinition(group, definition));
    }
    JsonObject moved = (JsonObject) embedded.move(schema, "", NO_ID);
    Map<String, JsonValue> components = new LinkedHashMap<>();
    JsonObject root = moved;
    for (String group : DEFINITIONS) {
      root = root.without(group);
    }
    components.put(name, root);
    for (String group : DEFINITIONS) {
      definitions(moved, group)
          .members()
          .forEach((definition, value) ->
              components.put(embedded.componentNames.get(place(group, definition)), value));
    }
    return components;
  }

  private static JsonObject definitions(JsonObject schema, String group) {
    return schema.get(group).orElse(JsonObject.empty()) instanceof JsonObject definitions
        ? definitions
        : JsonObject.empty();
  }

  private static String place(String group, String definition) {
    return "/" + group + "/" + SchemaKeywords.escape(definition);
  }

  private void nameDefinition(String group, String definition) {
    String component = name + "." + definition.replaceAll("[^A-Za-z0-9_-]", "_");
    while (componentNames.containsValue(component)) {
      component += "_";
    }
    componentNames.put(place(group, definition), component);
  }

  /** Remembers where each schema stands that has an identity. */
  private JsonValue index(JsonValue value, String place, URI outer) {
    if (!(value instanceof JsonObject schema)) {
      return value;
    }
    URI base = base(schema, outer);
    if (place.isEmpty() || !base.equals(outer)) {
      places.put(base.toString(), place);
    }
    for (String anchor : List.of("$anchor", "$dynamicAnchor")) {
      text(schema, anchor).ifPresent(word -> places.put(base + "#" + word, place));
    }
    return SchemaKeywords.changeInner(schema, place, (inner, at) -> index(inner, at, base));
  }

  private JsonValue move(JsonValue value, String place, URI outer) {
    if (!(value instanceof JsonObject schema)) {
      return value;
    }
    URI base = base(schema, outer);
    JsonObject moved =
        SchemaKeywords.changeInner(schema, place, (inner, at) -> move(inner, at, base));
    for (String keyword : IDENTITY) {
      moved = moved.without(keyword);
    }
    for (String keyword : List.of("$ref", "$dynamicRef")) {
      Optional<String> target = text(schema, keyword).flatMap(ref -> target(ref, base));
      moved = moved.without(keyword);
      if (target.isPresent()) {
        moved = moved.with("$ref", new JsonString(target.get()));
      }
    }
    return moved;
  }

  /** Where a reference leads in the document; empty when it leads out of the schema. */
  private Optional<String> target(String reference, URI base) {
    URI whole = resolve(reference, base);
    String fragment = Optional.ofNullable(whole.getFragment()).orElse("");
    String resource = whole.toString().split("#", 2)[0];
    Optional<String> place =
        fragment.isEmpty() || fragment.startsWith("/")
            ? Optional.ofNullable(places.get(resource)).map(start -> start + fragment)
            : Optional.ofNullable(places.get(resource + "#" + fragment));
    return place.map(this::component);
  }

  private String component(String place) {
    String[] tokens = place.split("/", 4);
    String definition = tokens.length < 3 ? "" : "/" + tokens[1] + "/" + tokens[2];
    String component = componentNames.getOrDefault(definition, name);
    String rest = component.equals(name) ? place : place.substring(definition.length());
    return "#/components/schemas/" + component + encode(rest);
  }

  /** A JSON Pointer as the fragment of a URI. */
  private static String encode(String pointer) {
    return pointer.isEmpty() ? "" : URI.create("").resolve(fragment(pointer)).getRawFragment();
  }

  private static URI fragment(String pointer) {
    try {
      return new URI(null, null, null, pointer);
    } catch (java.net.URISyntaxException impossible) {
      throw new IllegalStateException("a fragment is quoted as needed", impossible);
    }
  }

  private static URI base(JsonObject schema, URI outer) {
    return text(schema, "$id").map(id -> resolve(id, outer)).orElse(outer);
  }

  private static URI resolve(String reference, URI base) {
    try {
      return base.resolve(reference);
    } catch (IllegalArgumentException malformed) {
      return URI.create("schema:malformed"); // leads nowhere
    }
  }

  private static Optional<String> text(JsonObject schema, String keyword) {
    return schema.get(keyword).flatMap(JsonValue::text);
  }
}
