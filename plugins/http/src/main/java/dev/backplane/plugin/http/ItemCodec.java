package dev.backplane.plugin.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Items in the backend's bodies. What cannot be read as the mapping says is a failure of the
 * backend. Safe for use by many threads.
 *
 * @param shape where items are
 * @param json reads and writes JSON
 * @param failures what to say of what cannot be read
 */
record ItemCodec(Shape shape, JsonCodec json, Failures failures) {
  private static final Pattern JSON_TYPE =
      Pattern.compile("(application|text)/([a-z0-9!#$&^_.-]+\\+)?json\\s*(;.*)?", Pattern.DOTALL);

  JsonValue value(Answer answer) {
    String type = answer.header("Content-Type").orElse("application/json").toLowerCase(Locale.ROOT);
    if (!JSON_TYPE.matcher(type.strip()).matches()) {
      throw failures.nonsense("a body that is not JSON by its Content-Type");
    }
    try {
      return json.read(answer.body());
    } catch (JsonException malformed) {
      throw failures.nonsense("a body that is not JSON");
    }
  }

  /** The body of the one item in an answer. */
  JsonObject body(Answer answer) {
    return object(value(answer))
        .orElseThrow(() -> failures.nonsense("no object where an item should be (item-in)"));
  }

  /** The body of the one item, where there is one. */
  Optional<JsonObject> object(JsonValue whole) {
    return at(shape.itemIn(), whole)
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast);
  }

  /** What stands at a place in an answer; the whole of it where there is no such place. */
  private static Optional<JsonValue> at(Optional<FieldPath> place, JsonValue whole) {
    if (place.isEmpty()) {
      return Optional.of(whole);
    }
    return whole instanceof JsonObject outer ? place.get().find(outer) : Optional.empty();
  }

  /** The bodies of a list. */
  List<JsonObject> bodies(JsonValue whole) {
    Optional<JsonValue> found = at(shape.itemsIn(), whole);
    if (found.isEmpty() || !(found.get() instanceof JsonArray array)) {
      throw failures.nonsense("no array where the items of a list should be (items-in)");
    }
    List<JsonObject> bodies = new ArrayList<>(array.elements().size());
    for (JsonValue element : array.elements()) {
      if (!(element instanceof JsonObject body)) {
        throw failures.nonsense("a list with something in it that is no object");
      }
      bodies.add(body);
    }
    return bodies;
  }

  /** The id that a body holds. */
  Optional<String> id(JsonObject body) {
    return body.get(shape.idField())
        .filter(value -> value instanceof JsonString || value instanceof JsonNumber)
        .flatMap(JsonValue::text)
        .filter(text -> !text.isEmpty());
  }

  /** The id of an item in a list, which has no other place for it. */
  String listedId(JsonObject body) {
    return id(body)
        .orElseThrow(() -> failures.nonsense("a list with an item without the id field"));
  }

  /** An item whose version is its content's. */
  Item byContent(String id, JsonObject body) {
    JsonObject whole =
        body.get(shape.idField()).isPresent()
            ? body
            : body.with(shape.idField(), new JsonString(id));
    return new Item(id, ContentVersion.of(whole), whole);
  }

  /** What is sent to store a body. */
  byte[] write(JsonObject body) {
    JsonValue whole = body;
    if (shape.itemIn().isPresent()) {
      FieldPath path = shape.itemIn().get();
      for (String name : path.segments().reversed()) {
        whole = JsonObject.of(name, whole);
      }
    }
    return json.write(whole);
  }
}
