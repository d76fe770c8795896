package dev.backplane.plugin.memory;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Order;
import dev.backplane.spi.StoreException;
import java.util.Base64;
import java.util.List;

/**
 * A cursor is the place of the last item of its page, not a count of items, so that items may come
 * and go between pages: {@code [sequence]} in a list without an order, {@code [[key, …], id]} in
 * one with an order. It is JSON in base64.
 */
record Cursors(JsonCodec json) {

  String after(long sequence) {
    return encode(JsonArray.of(JsonNumber.of(sequence)));
  }

  String after(Item item, List<Order> order) {
    List<JsonValue> keys = order.stream().map(key -> key(item, key.field())).toList();
    return encode(JsonArray.of(new JsonArray(keys), new JsonString(item.id())));
  }

  long sequence(String cursor) {
    List<JsonValue> parts = decode(cursor);
    if (parts.size() == 1 && parts.get(0) instanceof JsonNumber number) {
      try {
        return number.value().longValueExact();
      } catch (ArithmeticException notLong) {
        throw foreign();
      }
    }
    throw foreign();
  }

  /** An item that compares as the last one of the page did. */
  Item position(String cursor, List<Order> order) {
    List<JsonValue> parts = decode(cursor);
    if (parts.size() == 2
        && parts.get(0) instanceof JsonArray keys
        && keys.elements().size() == order.size()
        && parts.get(1) instanceof JsonString id
        && !id.value().isEmpty()) {
      JsonObject body = JsonObject.empty();
      for (int i = 0; i < order.size(); i++) {
        body = set(body, order.get(i).field().segments(), keys.elements().get(i));
      }
      return new Item(id.value(), "cursor", body);
    }
    throw foreign();
  }

  /** Arrays compare as equal, and so do objects: their contents would only make a cursor long. */
  private static JsonValue key(Item item, FieldPath field) {
    JsonValue value = field.find(item.body()).orElse(JsonNull.NULL);
    return switch (value) {
      case JsonArray array -> JsonArray.of();
      case JsonObject object -> JsonObject.empty();
      case JsonString string -> string;
      case JsonNumber number -> number;
      case JsonNull none -> none;
      case JsonBoolean bool -> bool;
    };
  }

  private static JsonObject set(JsonObject body, List<String> path, JsonValue value) {
    if (value == JsonNull.NULL) {
      // missing and null compare as equal, and what is inside of another key's value is missing
      return body;
    }
    String name = path.get(0);
    JsonObject inner =
        body.get(name).orElse(JsonObject.empty()) instanceof JsonObject object
            ? object
            : JsonObject.empty();
    if (path.size() > 1) {
      return body.with(name, set(inner, path.subList(1, path.size()), value));
    }
    // an empty object stands for any: it keeps what a longer path put into it
    return body.with(name, value instanceof JsonObject ? inner : value);
  }

  private String encode(JsonArray parts) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.write(parts));
  }

  private List<JsonValue> decode(String cursor) {
    try {
      if (json.read(Base64.getUrlDecoder().decode(cursor)) instanceof JsonArray parts) {
        return parts.elements();
      }
    } catch (IllegalArgumentException | JsonException notOurs) {
      throw foreign();
    }
    throw foreign();
  }

  private static StoreException foreign() {
    return new StoreException(
        StoreException.Reason.INVALID,
        "The cursor does not belong to this list: start again without one.");
  }
}
