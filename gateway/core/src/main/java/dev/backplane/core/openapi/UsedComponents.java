package dev.backplane.core.openapi;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds which components a document needs, and leaves the others out. */
final class UsedComponents {
  private static final String START = "#/components/";

  private final JsonObject components;
  private final Set<String> used = new LinkedHashSet<>();
  private final Deque<JsonValue> open = new ArrayDeque<>();

  /** What templates share stands in many places. */
  private final Set<JsonValue> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  private UsedComponents(JsonObject components) {
    this.components = components;
  }

  /** The components that something leads to from the paths, in their order. */
  static JsonObject of(JsonObject paths, JsonObject components) {
    UsedComponents search = new UsedComponents(components);
    search.open.add(paths);
    while (!search.open.isEmpty()) {
      search.visit(search.open.remove());
    }
    return search.kept();
  }

  private void visit(JsonValue value) {
    if (!visited.add(value)) {
      return;
    }
    switch (value) {
      case JsonObject object ->
          object
              .members()
              .forEach((name, member) -> {
                if (name.equals("$ref") && member instanceof JsonString reference) {
                  follow(reference.value());
                }
                open.add(member);
              });
      case JsonArray array -> open.addAll(array.elements());
      default -> {
        // leads nowhere
      }
    }
  }

  private void follow(String reference) {
    if (!reference.startsWith(START)) {
      return;
    }
    String[] parts = reference.substring(START.length()).split("/", 3);
    Optional<JsonValue> component =
        components.get(parts[0]).map(JsonObject.class::cast).flatMap(group -> group.get(parts[1]));
    if (component.isPresent() && used.add(parts[0] + "/" + parts[1])) {
      open.add(component.get());
    }
  }

  private JsonObject kept() {
    JsonObject.Builder groups = JsonObject.builder();
    for (Map.Entry<String, JsonValue> group : components.members().entrySet()) {
      JsonObject.Builder kept = JsonObject.builder();
      ((JsonObject) group.getValue())
          .members()
          .forEach((name, component) -> {
            if (used.contains(group.getKey() + "/" + name)) {
              kept.put(name, component);
            }
          });
      JsonObject all = kept.build();
      if (!all.members().isEmpty()) {
        groups.put(group.getKey(), all);
      }
    }
    return groups.build();
  }
}
