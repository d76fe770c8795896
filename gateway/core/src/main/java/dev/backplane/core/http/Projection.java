package dev.backplane.core.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which fields of an item are sent: {@code _fields=a,b.c}.
 *
 * @param fields the fields, none: all of them
 */
record Projection(List<FieldPath> fields) {
  static final Projection ALL = new Projection(List.of());

  Projection {
    fields = List.copyOf(fields);
  }

  /** The same projection with relations that were followed, whole unless it names parts of them. */
  Projection with(List<Expansion> expansions) {
    if (fields.isEmpty() || expansions.isEmpty()) {
      return this;
    }
    List<FieldPath> more = new ArrayList<>(fields);
    for (Expansion expansion : expansions) {
      String name = expansion.relation().name();
      if (fields.stream().noneMatch(field -> field.segments().get(0).equals(name))) {
        more.add(new FieldPath(List.of(name)));
      }
    }
    return new Projection(more);
  }

  JsonObject apply(JsonObject body) {
    if (fields.isEmpty()) {
      return body;
    }
    JsonObject result = JsonObject.empty();
    for (FieldPath field : fields) {
      Optional<JsonValue> value = field.find(body);
      if (value.isPresent()) {
        result = set(result, field.segments(), value.get());
      }
    }
    return result;
  }

  private static JsonObject set(JsonObject object, List<String> path, JsonValue value) {
    String name = path.get(0);
    if (path.size() == 1) {
      return object.with(name, value);
    }
    JsonObject inner =
        object.get(name).orElse(JsonObject.empty()) instanceof JsonObject nested
            ? nested
            : JsonObject.empty();
    return object.with(name, set(inner, path.subList(1, path.size()), value));
  }
}
