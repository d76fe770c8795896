package dev.backplane.core.schema;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The shapes of one resource's items. A shape is made when it is first asked for and then kept:
 * there are as many as there are sets of schemas that meet, also where schemas refer to themselves.
 */
final class Shapes {
  private final Optional<SchemaDocuments> documents;
  private final IdentityHashMap<JsonObject, Integer> numbers = new IdentityHashMap<>();
  private final Map<List<Integer>, Shape> made = new ConcurrentHashMap<>();
  private final Map<String, SafePattern> patterns = new ConcurrentHashMap<>();

  Shapes(Optional<SchemaDocuments> documents) {
    this.documents = documents;
  }

  /**
   * The shape of an item.
   *
   * @param readOnly what the mapping calls so, besides the schema
   * @param writeOnly likewise
   */
  Shape root(List<FieldPath> readOnly, List<FieldPath> writeOnly) {
    List<SchemaPart> parts = new ArrayList<>();
    if (documents.isPresent() && documents.get().schema() instanceof JsonObject schema) {
      parts.add(new SchemaPart(schema, true));
    }
    readOnly.forEach(path -> parts.add(new SchemaPart(marked(path.segments(), "readOnly"), true)));
    writeOnly.forEach(
        path -> parts.add(new SchemaPart(marked(path.segments(), "writeOnly"), true)));
    return of(parts);
  }

  /** The shape that these schemas give, with all that they refer to. */
  Shape of(List<SchemaPart> seeds) {
    Map<Integer, SchemaPart> parts = new TreeMap<>();
    Deque<SchemaPart> left = new ArrayDeque<>(seeds);
    while (!left.isEmpty()) {
      SchemaPart part = left.pop();
      if (parts.putIfAbsent(number(part), part) != null) {
        continue;
      }
      documents.ifPresent(all -> push(SubSchemas.always(part.schema(), all), part.always(), left));
      push(SubSchemas.sometimes(part.schema()), false, left);
    }
    List<Integer> key = List.copyOf(parts.keySet());
    Shape known = made.get(key);
    if (known == null) {
      known = new Shape(this, List.copyOf(parts.values()));
      Shape other = made.putIfAbsent(key, known);
      known = other == null ? known : other;
    }
    return known;
  }

  /** The default that a schema gives, or one that always holds beside it. */
  Optional<JsonValue> fallback(JsonValue schema) {
    TreeSet<Integer> seen = new TreeSet<>();
    Deque<JsonValue> left = new ArrayDeque<>(List.of(schema));
    while (!left.isEmpty()) {
      if (left.pop() instanceof JsonObject object
          && seen.add(number(new SchemaPart(object, true)))) {
        if (object.get("default").isPresent()) {
          return object.get("default");
        }
        documents.ifPresent(all -> left.addAll(SubSchemas.always(object, all)));
      }
    }
    return Optional.empty();
  }

  /** Whether a name is one of those that a pattern stands for. */
  boolean matches(String pattern, String name) {
    try {
      return patterns
          .computeIfAbsent(pattern, SafePattern::compile)
          .find(name, new SafePattern.Steps());
    } catch (SafePattern.SpentException spent) {
      return true; // what may be hidden is, and what may be read-only is not set
    }
  }

  private static void push(List<JsonValue> schemas, boolean always, Deque<SchemaPart> left) {
    for (JsonValue schema : schemas) {
      if (schema instanceof JsonObject object) {
        left.push(new SchemaPart(object, always));
      }
    }
  }

  private int number(SchemaPart part) {
    synchronized (numbers) {
      int number = numbers.computeIfAbsent(part.schema(), none -> numbers.size());
      return part.always() ? 2 * number : 2 * number + 1;
    }
  }

  /**
   * A schema that says one thing of one field, also of each of the elements of a list on the way.
   */
  private static JsonObject marked(List<String> path, String keyword) {
    if (path.isEmpty()) {
      return JsonObject.of(keyword, JsonBoolean.TRUE);
    }
    JsonObject inner = marked(path.subList(1, path.size()), keyword);
    JsonObject names = JsonObject.of("properties", JsonObject.of(path.get(0), inner));
    JsonObject either = names.with(SchemaPart.MARK, JsonBoolean.TRUE);
    return either.with("items", either);
  }
}
