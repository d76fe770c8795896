package dev.backplane.core.openapi;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON Schema, and the files that it refers to, as components of a document. Definitions become
 * components of their own, and each reference leads to where its target is now; what identified
 * schemas is gone, because many tools follow references within one document only.
 */
final class EmbeddedSchema {
  private static final List<String> DEFINITIONS = List.of("$defs", "definitions");
  private static final List<String> IDENTITY =
      List.of("$anchor", "$comment", "$dynamicAnchor", "$id", "$schema", "$vocabulary");

  /** A place: which of the files, and a JSON Pointer there. */
  private record Place(URI file, String pointer) {}

  private final String name;
  private final Map<String, Place> identified = new HashMap<>();
  private final Map<Place, String> names = new LinkedHashMap<>();

  private EmbeddedSchema(String name) {
    this.name = name;
  }

  /**
   * Embeds a schema.
   *
   * @param name the name of its component; the others are named with a dot behind it
   * @param files the schema, then what it refers to, by what references name them by
   * @return the components by name, the schema itself first
   */
  static Map<String, JsonValue> components(String name, Map<URI, JsonValue> files) {
    EmbeddedSchema embedded = new EmbeddedSchema(name);
    files.forEach(embedded::index);
    Map<String, JsonValue> components = new LinkedHashMap<>();
    files.forEach((file, schema) -> {
      JsonValue moved = embedded.move(schema, new Place(file, ""), file);
      components.put(embedded.named(file, ""), withoutDefinitions(moved));
      for (String group : DEFINITIONS) {
        definitions(moved, group)
            .members()
            .forEach((definition, value) ->
                components.put(embedded.named(file, pointer(group, definition)), value));
      }
    });
    return components;
  }

  private void index(URI file, JsonValue schema) {
    name(new Place(file, ""), names.isEmpty() ? "" : fileName(file));
    for (String group : DEFINITIONS) {
      definitions(schema, group)
          .members()
          .keySet()
          .forEach(definition -> name(new Place(file, pointer(group, definition)), definition));
    }
    identified.put(file.toString(), new Place(file, ""));
    index(schema, new Place(file, ""), file);
  }

  /** Without what says that it is a schema, and JSON. */
  private static String fileName(URI file) {
    String path = Optional.ofNullable(file.getPath()).orElse("");
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\..*", "");
  }

  private void name(Place place, String own) {
    String component = own.isEmpty() ? name : name + "." + own.replaceAll("[^A-Za-z0-9_-]", "_");
    while (names.containsValue(component)) {
      component += "_";
    }
    names.put(place, component);
  }

  private String named(URI file, String pointer) {
    return Optional.ofNullable(names.get(new Place(file, pointer))).orElseThrow();
  }

  /** Remembers where each schema stands that has an identity. */
  private JsonValue index(JsonValue value, Place place, URI outer) {
    if (!(value instanceof JsonObject schema)) {
      return value;
    }
    URI base = base(schema, outer);
    if (!base.equals(outer)) {
      identified.put(base.toString(), place);
    }
    for (String anchor : List.of("$anchor", "$dynamicAnchor")) {
      text(schema, anchor).ifPresent(word -> identified.put(base + "#" + word, place));
    }
    return SchemaKeywords.changeInner(
        schema, place.pointer(), (inner, at) -> index(inner, new Place(place.file(), at), base));
  }

  private JsonValue move(JsonValue value, Place place, URI outer) {
    if (!(value instanceof JsonObject schema)) {
      return value;
    }
    URI base = base(schema, outer);
    JsonObject moved =
        SchemaKeywords.changeInner(
            schema, place.pointer(), (inner, at) -> move(inner, new Place(place.file(), at), base));
    for (String keyword : IDENTITY) {
      moved = moved.without(keyword);
    }
    for (String keyword : List.of("$dynamicRef", "$ref")) {
      Optional<String> target = text(schema, keyword).flatMap(ref -> target(ref, base));
      moved = moved.without(keyword);
      if (target.isPresent()) {
        moved = moved.with("$ref", new JsonString(target.get()));
      }
    }
    // some tools ask for it; without it, elements may be anything, too
    boolean needsItems = isArray(schema) && schema.get("items").isEmpty();
    return needsItems ? moved.with("items", JsonObject.empty()) : moved;
  }

  private static boolean isArray(JsonObject schema) {
    JsonString array = new JsonString("array");
    JsonValue type = schema.get("type").orElse(JsonObject.empty());
    return type.equals(array)
        || (type instanceof JsonArray several && several.elements().contains(array));
  }

  /** Where a reference leads in the document; empty when it leads out of the files. */
  private Optional<String> target(String reference, URI base) {
    String whole =
        reference.startsWith("#") ? withoutFragment(base) + reference : resolve(reference, base);
    String[] parts = whole.split("#", 2);
    String fragment = parts.length < 2 ? "" : decoded(parts[1]);
    if (!fragment.isEmpty() && !fragment.startsWith("/")) {
      return Optional.ofNullable(identified.get(parts[0] + "#" + fragment)).map(this::component);
    }
    return Optional.ofNullable(identified.get(parts[0]))
        .map(start -> component(new Place(start.file(), start.pointer() + fragment)));
  }

  private String component(Place place) {
    String[] tokens = place.pointer().split("/", 4);
    String definition = tokens.length < 3 ? "" : "/" + tokens[1] + "/" + tokens[2];
    String start = names.containsKey(new Place(place.file(), definition)) ? definition : "";
    String rest = encoded(place.pointer().substring(start.length()));
    return "#/components/schemas/" + named(place.file(), start) + rest;
  }

  private static JsonObject definitions(JsonValue schema, String group) {
    return schema instanceof JsonObject object
            && object.get(group).orElse(JsonObject.empty()) instanceof JsonObject definitions
        ? definitions
        : JsonObject.empty();
  }

  private static JsonValue withoutDefinitions(JsonValue schema) {
    JsonValue rest = schema;
    for (String group : DEFINITIONS) {
      rest = rest instanceof JsonObject object ? object.without(group) : rest;
    }
    return rest;
  }

  private static String pointer(String group, String definition) {
    return "/" + group + "/" + SchemaKeywords.escape(definition);
  }

  private static URI base(JsonObject schema, URI outer) {
    return text(schema, "$id").map(id -> URI.create(resolve(id, outer))).orElse(outer);
  }

  private static String resolve(String reference, URI base) {
    try {
      return base.resolve(reference).toString();
    } catch (IllegalArgumentException malformed) {
      return "schema:malformed"; // leads nowhere
    }
  }

  private static String withoutFragment(URI base) {
    return base.toString().split("#", 2)[0];
  }

  private static String decoded(String fragment) {
    try {
      return Optional.ofNullable(new URI("#" + fragment).getFragment()).orElse("");
    } catch (URISyntaxException malformed) {
      return fragment;
    }
  }

  private static String encoded(String pointer) {
    try {
      return Optional.ofNullable(new URI(null, null, pointer).getRawFragment()).orElse("");
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("what needs it is quoted", impossible);
    }
  }

  private static Optional<String> text(JsonObject schema, String keyword) {
    return schema.get(keyword).flatMap(JsonValue::text);
  }
}
