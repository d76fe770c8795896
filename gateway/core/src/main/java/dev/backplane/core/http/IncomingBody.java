package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.UnknownFields;
import dev.backplane.core.schema.Shape;
import dev.backplane.core.schema.Violation;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes one body ready: keeps what a client may not change or cannot know, leaves out or refuses
 * what is not known, and fills in defaults. For one request.
 *
 * <p>Elements of a list have no name by which to find what was stored of them before, so inside of
 * a list nothing is kept, and read-only fields are not tested.
 */
final class IncomingBody {
  private final Operation operation;
  private final String idField;
  private final UnknownFields unknownFields;
  private final List<Violation> violations = new ArrayList<>();

  IncomingBody(Operation operation, String idField, UnknownFields unknownFields) {
    this.operation = operation;
    this.idField = idField;
    this.unknownFields = unknownFields;
  }

  /** What was found wrong; some, when it is a lot. */
  List<Violation> violations() {
    return violations;
  }

  /**
   * Reads the body.
   *
   * @param body as the client, or its patch, would have it
   * @param stored as it is stored; empty when nothing is, or when nobody needs to know
   * @param shape what is said of its fields
   * @return as it is to be stored, if there are no violations
   */
  JsonObject read(JsonObject body, Optional<JsonObject> stored, Shape shape) {
    return object(body, stored, shape, "", true);
  }

  private JsonObject object(
      JsonObject body, Optional<JsonObject> stored, Shape shape, String at, boolean kept) {
    JsonObject.Builder result = JsonObject.builder();
    body.members()
        .forEach((name, value) -> {
          Optional<JsonValue> before = stored.flatMap(object -> object.get(name));
          if (at.isEmpty() && name.equals(idField) && isGivenId(shape)) {
            result.put(name, value);
          } else if (takes(name, value, before, shape, at, kept)) {
            String place = Violation.member(at, name);
            Optional<Shape> field = shape.field(name);
            result.put(
                name, field.isEmpty() ? value : value(value, before, field.get(), place, kept));
          }
        });
    if (kept && stored.isPresent()) {
      keep(body, stored.get(), shape, at, result);
    }
    if (operation == Operation.CREATE) {
      shape
          .defaults()
          .forEach((name, value) -> {
            boolean id = at.isEmpty() && name.equals(idField);
            if (!id && !result.has(name)) {
              fill(name, value, shape, at, result);
            }
          });
    }
    return result.build();
  }

  private void fill(
      String name, JsonValue value, Shape shape, String at, JsonObject.Builder result) {
    String place = Violation.member(at, name);
    // what the schema gives is nobody's attempt to set it
    result.put(
        name,
        shape
            .field(name)
            .map(field -> value(value, Optional.empty(), field, place, false))
            .orElse(value));
  }

  /** The id is compared with the path elsewhere; only a new item may have a say in it. */
  private boolean isGivenId(Shape shape) {
    return operation != Operation.CREATE
        || shape.field(idField).filter(Shape::isReadOnly).isEmpty();
  }

  private boolean takes(
      String name,
      JsonValue value,
      Optional<JsonValue> before,
      Shape shape,
      String at,
      boolean kept) {
    boolean changed = before.filter(value::equals).isEmpty();
    if (!changed) {
      return true;
    }
    if (kept && shape.field(name).filter(Shape::isReadOnly).isPresent()) {
      wrong(Violation.member(at, name), "is read-only");
      return false;
    }
    if (unknownFields == UnknownFields.ALLOW || shape.knows(name)) {
      return true;
    }
    if (unknownFields == UnknownFields.REFUSE) {
      violate(Violation.member(at, name), Violation.Kind.UNKNOWN, Violation.NOT_A_FIELD);
    }
    return false;
  }

  private JsonValue value(
      JsonValue value, Optional<JsonValue> before, Shape shape, String at, boolean kept) {
    Optional<JsonObject> stored =
        before.filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    if (value instanceof JsonObject object) {
      return object(object, stored, shape, at, kept);
    }
    if (kept && stored.isPresent()) {
      requireNothingReadOnly(stored.get(), shape, at);
    }
    if (value instanceof JsonArray array) {
      List<JsonValue> elements = new ArrayList<>(array.elements().size());
      for (JsonValue element : array.elements()) {
        int index = elements.size();
        boolean holds = element instanceof JsonObject || element instanceof JsonArray;
        elements.add(
            holds
                ? value(element, Optional.empty(), shape.element(index), at + '/' + index, false)
                : element); // there may be very many, and nothing is said of what is in them
      }
      return new JsonArray(elements);
    }
    return value;
  }

  /** What the body leaves out of what was stored. */
  private void keep(
      JsonObject body, JsonObject stored, Shape shape, String at, JsonObject.Builder result) {
    if (!shape.keeps()) {
      return;
    }
    stored
        .members()
        .forEach((name, before) -> {
          Optional<Shape> field = shape.field(name).filter(Shape::keeps);
          if (field.isPresent() && body.get(name).isEmpty()) {
            keep(name, before, field.get(), Violation.member(at, name), result);
          }
        });
  }

  private void keep(
      String name, JsonValue before, Shape field, String at, JsonObject.Builder result) {
    if (operation == Operation.UPDATE) {
      // a patch works on all that is stored: what is gone was taken away
      if (field.isReadOnly()) {
        wrong(at, "is read-only");
      } else if (before instanceof JsonObject object) {
        requireNothingReadOnly(object, field, at);
      }
      return;
    }
    if (field.isReadOnly() || field.isWriteOnly()) {
      result.put(name, before);
    } else if (before instanceof JsonObject object) {
      JsonObject.Builder inner = JsonObject.builder();
      keep(JsonObject.empty(), object, field, at, inner);
      JsonObject rest = inner.build();
      if (!rest.members().isEmpty()) {
        result.put(name, rest);
      }
    }
  }

  private void requireNothingReadOnly(JsonObject stored, Shape shape, String at) {
    stored
        .members()
        .forEach((name, value) -> {
          Optional<Shape> field = shape.field(name).filter(Shape::keeps);
          if (field.isEmpty()) {
            return;
          }
          if (field.get().isReadOnly()) {
            wrong(Violation.member(at, name), "is read-only");
          } else if (value instanceof JsonObject object) {
            requireNothingReadOnly(object, field.get(), Violation.member(at, name));
          }
        });
  }

  private void wrong(String at, String message) {
    violate(at, Violation.Kind.WRONG, message);
  }

  private void violate(String at, Violation.Kind kind, String message) {
    if (violations.size() <= InvalidBody.MOST) {
      violations.add(new Violation(at, kind, message));
    }
  }
}
