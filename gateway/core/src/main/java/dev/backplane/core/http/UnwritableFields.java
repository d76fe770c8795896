package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.core.schema.Violation;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields that a caller may not write. What is stored of them stays; a body that would change
 * them is refused. Where the caller cannot read such a field either, any value is refused, also the
 * right one: a guess is not confirmed. Inside of lists elements have no name to find them by, so a
 * list with such a field in it stays as it is.
 *
 * @param fields the fields
 * @param unreadable those of them that the caller cannot read either, or not whole
 */
record UnwritableFields(List<FieldPath> fields, Set<FieldPath> unreadable) {
  static final UnwritableFields NONE = new UnwritableFields(List.of(), Set.of());

  private static final String MESSAGE = "is not for this caller to set";

  UnwritableFields {
    fields = List.copyOf(fields);
    unreadable = Set.copyOf(unreadable);
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  /** The body that a patch works on: without what the caller can neither see nor set. */
  JsonObject workable(JsonObject stored) {
    JsonObject body = stored;
    for (FieldPath field : unreadable) {
      body = (JsonObject) without(body, field.segments());
    }
    return body;
  }

  /**
   * Puts back what stays.
   *
   * @param operation CREATE, REPLACE or UPDATE
   * @param body the whole new body
   * @param stored what is stored; an empty object for a create
   * @return the body with what is stored of these fields
   */
  JsonObject keep(Operation operation, JsonObject body, JsonObject stored) {
    List<Violation> violations = new ArrayList<>();
    JsonObject kept = body;
    for (FieldPath field : fields) {
      Field each = new Field(operation, field, unreadable.contains(field), violations);
      Optional<JsonValue> value =
          each.keep(Optional.of(kept), Optional.of(stored), field.segments(), "");
      kept = value.orElse(kept) instanceof JsonObject object ? object : kept;
    }
    if (!violations.isEmpty()) {
      throw InvalidBody.problem(violations);
    }
    return kept;
  }

  private static JsonValue without(JsonValue value, List<String> path) {
    String name = path.get(0);
    List<String> rest = path.subList(1, path.size());
    return switch (value) {
      case JsonObject object when object.get(name).isEmpty() -> object;
      case JsonObject object when rest.isEmpty() -> object.without(name);
      case JsonObject object -> object.with(name, without(object.get(name).orElseThrow(), rest));
      case JsonArray array ->
          new JsonArray(array.elements().stream().map(each -> without(each, path)).toList());
      default -> value;
    };
  }

  /** One field in one body. */
  private record Field(
      Operation operation, FieldPath field, boolean isSecret, List<Violation> violations) {
    /** What a place has afterwards; empty: nothing. */
    Optional<JsonValue> keep(
        Optional<JsonValue> after, Optional<JsonValue> before, List<String> path, String at) {
      if (path.isEmpty()) {
        return ofField(after, before, at);
      }
      if (isObjectOrMissing(after) && isObjectOrMissing(before)) {
        return inside(after, before, path, at);
      }
      JsonValue known = before.map(value -> isSecret ? without(value, path) : value).orElse(null);
      boolean concerned =
          after.filter(value -> has(value, path)).isPresent()
              || before.filter(value -> has(value, path)).isPresent();
      if (!concerned) {
        return after;
      }
      if (after.isEmpty() ? operation == Operation.UPDATE : !after.get().equals(known)) {
        violations.add(new Violation(at, Violation.Kind.WRONG, "holds what " + MESSAGE));
      }
      return before;
    }

    private Optional<JsonValue> ofField(
        Optional<JsonValue> after, Optional<JsonValue> before, String at) {
      boolean left = after.isEmpty() && (isSecret || operation != Operation.UPDATE);
      boolean same = !isSecret && after.equals(before);
      if (!left && !same) {
        violations.add(new Violation(at, Violation.Kind.WRONG, MESSAGE));
      }
      return before;
    }

    private Optional<JsonValue> inside(
        Optional<JsonValue> after, Optional<JsonValue> before, List<String> path, String at) {
      String name = path.get(0);
      Optional<JsonValue> kept =
          keep(
              member(after, name),
              member(before, name),
              path.subList(1, path.size()),
              Violation.member(at, name));
      if (kept.isEmpty()) {
        return after.map(value -> ((JsonObject) value).without(name));
      }
      JsonObject object = (JsonObject) after.orElse(JsonObject.empty());
      return Optional.of(object.with(name, kept.get()));
    }

    private static Optional<JsonValue> member(Optional<JsonValue> value, String name) {
      return value.flatMap(object -> ((JsonObject) object).get(name));
    }

    private static boolean isObjectOrMissing(Optional<JsonValue> value) {
      return value.isEmpty() || value.get() instanceof JsonObject;
    }
  }

  private static boolean has(JsonValue value, List<String> path) {
    return path.isEmpty()
        || switch (value) {
          case JsonObject object ->
              object
                  .get(path.get(0))
                  .filter(inner -> has(inner, path.subList(1, path.size())))
                  .isPresent();
          case JsonArray array -> array.elements().stream().anyMatch(each -> has(each, path));
          default -> false;
        };
  }
}
