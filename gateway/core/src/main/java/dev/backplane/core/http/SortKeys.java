package dev.backplane.core.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What of an item decides its place in a list that the gateway sorts: the values of the sort keys
 * and the id. As an item of its own, whose members are numbered, it compares as the item does; as
 * text it is the place in a cursor.
 */
final class SortKeys {
  private final List<Order> order;
  private final List<Order> numbered = new ArrayList<>();

  SortKeys(List<Order> order) {
    this.order = List.copyOf(order);
    for (Order key : order) {
      numbered.add(new Order(name(numbered.size()), key.descending()));
    }
  }

  /** Compares what {@link #of} and {@link #read} give. */
  Comparator<Item> comparator() {
    return Order.comparator(numbered);
  }

  Item of(Item item) {
    JsonObject.Builder keys = JsonObject.builder();
    for (int i = 0; i < order.size(); i++) {
      JsonValue value = order.get(i).field().find(item.body()).orElse(JsonNull.NULL);
      keys.put(Integer.toString(i), shortened(value));
    }
    return new Item(item.id(), item.version(), keys.build());
  }

  String write(Item keys) {
    List<JsonValue> parts = new ArrayList<>(keys.body().members().values());
    parts.add(new JsonString(keys.id()));
    return new String(Json.CODEC.write(new JsonArray(parts)), StandardCharsets.UTF_8);
  }

  /** What {@link #write} wrote for the same order. */
  Item read(String text) {
    List<JsonValue> parts = parts(text);
    if (parts.size() != order.size() + 1
        || !(parts.get(order.size()) instanceof JsonString id)
        || id.value().isEmpty()) {
      throw Cursors.unusable();
    }
    JsonObject.Builder keys = JsonObject.builder();
    for (int i = 0; i < order.size(); i++) {
      keys.put(Integer.toString(i), parts.get(i));
    }
    return new Item(id.value(), "cursor", keys.build());
  }

  private static List<JsonValue> parts(String text) {
    try {
      return Json.CODEC.read(text.getBytes(StandardCharsets.UTF_8)) instanceof JsonArray array
          ? array.elements()
          : List.of();
    } catch (JsonException malformed) {
      return List.of();
    }
  }

  private static FieldPath name(int number) {
    return new FieldPath(List.of(Integer.toString(number)));
  }

  /** Arrays compare as equal, and so do objects: what they hold would only lengthen a cursor. */
  private static JsonValue shortened(JsonValue value) {
    return switch (value) {
      case JsonArray array -> JsonArray.of();
      case JsonObject object -> JsonObject.empty();
      case JsonString text -> text;
      case JsonNumber number -> number;
      case JsonBoolean bool -> bool;
      case JsonNull none -> none;
    };
  }
}
