package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7396) once more, on values that never change: the
 * other opinion when patches are fuzzed. A patch that does not fit gives nothing, whatever the
 * reason.
 */
final class PatchOracle {

  private PatchOracle() {}

  static JsonValue merge(JsonValue target, JsonValue patch) {
    if (!(patch instanceof JsonObject changes)) {
      return patch;
    }
    JsonObject result = target instanceof JsonObject object ? object : JsonObject.empty();
    for (var change : changes.members().entrySet()) {
      JsonValue old = result.get(change.getKey()).orElse(JsonNull.NULL);
      result =
          change.getValue() == JsonNull.NULL
              ? JsonObject.builder().putAll(result).remove(change.getKey()).build()
              : result.with(change.getKey(), merge(old, change.getValue()));
    }
    return result;
  }

  static Optional<JsonValue> patch(JsonValue target, JsonArray patch) {
    Optional<JsonValue> result = Optional.of(target);
    for (JsonValue element : patch.elements()) {
      JsonObject operation = (JsonObject) element;
      result = result.flatMap(document -> one(document, operation));
    }
    return result;
  }

  private static Optional<JsonValue> one(JsonValue document, JsonObject operation) {
    List<String> path = names(operation, "path");
    JsonValue value = operation.get("value").orElse(JsonNull.NULL);
    Optional<JsonValue> there = find(document, path);
    return switch (text(operation, "op")) {
      case "add" -> add(document, path, value);
      case "replace" -> there.flatMap(old -> put(document, path, value, false));
      case "remove" -> there.flatMap(old -> remove(document, path));
      case "test" -> there.filter(value::equals).map(same -> document);
      case "copy" ->
          find(document, names(operation, "from")).flatMap(moved -> add(document, path, moved));
      case "move" -> {
        List<String> from = names(operation, "from");
        Optional<JsonValue> moved = find(document, from);
        yield from.equals(path)
            ? moved.map(same -> document)
            : moved.flatMap(
                found -> remove(document, from).flatMap(rest -> add(rest, path, found)));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<JsonValue> find(JsonValue in, List<String> path) {
    if (path.isEmpty()) {
      return Optional.of(in);
    }
    String name = path.getFirst();
    Optional<JsonValue> inner =
        switch (in) {
          case JsonObject object -> object.get(name);
          case JsonArray array when index(name) < array.elements().size() ->
              Optional.of(array.elements().get(index(name)));
          default -> Optional.empty();
        };
    return inner.flatMap(value -> find(value, path.subList(1, path.size())));
  }

  private static Optional<JsonValue> add(JsonValue in, List<String> path, JsonValue value) {
    return put(in, path, value, true);
  }

  private static Optional<JsonValue> put(
      JsonValue in, List<String> path, JsonValue value, boolean insert) {
    if (path.isEmpty()) {
      return Optional.of(value);
    }
    boolean last = path.size() == 1;
    String name = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    return switch (in) {
      case JsonObject object -> {
        Optional<JsonValue> old = last ? Optional.of(value) : object.get(name);
        yield old.flatMap(inner -> put(inner, rest, value, insert))
            .map(inner -> object.with(name, inner));
      }
      case JsonArray array -> {
        List<JsonValue> elements = new ArrayList<>(array.elements());
        int at = last && insert && name.equals("-") ? elements.size() : index(name);
        if (last && insert && at <= elements.size()) {
          elements.add(at, value);
          yield Optional.of(new JsonArray(elements));
        }
        yield at >= elements.size()
            ? Optional.empty()
            : put(elements.get(at), rest, value, insert).map(inner -> with(elements, at, inner));
      }
      default -> Optional.empty();
    };
  }

  private static JsonValue with(List<JsonValue> elements, int at, JsonValue value) {
    elements.set(at, value);
    return new JsonArray(elements);
  }

  private static Optional<JsonValue> remove(JsonValue in, List<String> path) {
    if (path.isEmpty()) {
      return Optional.of(JsonNull.NULL);
    }
    String name = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    if (in instanceof JsonObject object) {
      return rest.isEmpty()
          ? Optional.of(JsonObject.builder().putAll(object).remove(name).build())
          : object.get(name).flatMap(old -> remove(old, rest)).map(old -> object.with(name, old));
    }
    List<JsonValue> elements = new ArrayList<>(((JsonArray) in).elements());
    int at = index(name);
    if (rest.isEmpty()) {
      elements.remove(at);
      return Optional.of(new JsonArray(elements));
    }
    return remove(elements.get(at), rest).map(inner -> with(elements, at, inner));
  }

  /** A place in an array, or one that no array has. */
  private static int index(String name) {
    return name.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(name) : Integer.MAX_VALUE;
  }

  private static List<String> names(JsonObject operation, String member) {
    List<String> names = new ArrayList<>();
    String pointer = text(operation, member);
    for (int at = 0; at < pointer.length(); ) {
      int end = pointer.indexOf('/', at + 1);
      end = end < 0 ? pointer.length() : end;
      names.add(pointer.substring(at + 1, end).replace("~1", "/").replace("~0", "~"));
      at = end;
    }
    return names;
  }

  private static String text(JsonObject operation, String member) {
    return operation.get(member).orElseThrow() instanceof JsonString text ? text.value() : "";
  }
}
