package dev.backplane.plugin.s3;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.Optional;

/** The bytes of an object and the body of an item. */
record ItemCodec(BucketSettings bucket, JsonCodec json) {

  /** What is stored for a body. */
  byte[] write(JsonObject body) {
    byte[] utf8 = json.write(body);
    if (utf8.length > bucket.maxItemSize()) {
      throw new StoreException(
          Reason.INVALID,
          "The item has more than the %d bytes that this resource takes."
              .formatted(bucket.maxItemSize()));
    }
    if (!isReadable(utf8, body)) {
      throw new StoreException(
          Reason.INVALID,
          "The item cannot be stored as JSON text: it is too deep, or a text in it is not Unicode.");
    }
    return utf8;
  }

  private boolean isReadable(byte[] utf8, JsonObject body) {
    try {
      return json.read(utf8).equals(body);
    } catch (JsonException unreadable) {
      return false;
    }
  }

  /** The item in an object; empty when the bytes are no JSON object. */
  Optional<Item> read(String id, String version, byte[] utf8) {
    try {
      return json.read(utf8) instanceof JsonObject body
          ? Optional.of(new Item(id, version, named(id, body)))
          : Optional.empty();
    } catch (JsonException malformed) {
      return Optional.empty();
    }
  }

  /** The key decides: what another program wrote into the id field cannot make it another item. */
  private JsonObject named(String id, JsonObject body) {
    Optional<JsonValue> field = body.get(bucket.idField());
    return field.isEmpty() || field.flatMap(JsonValue::text).equals(Optional.of(id))
        ? body
        : body.with(bucket.idField(), new JsonString(id));
  }

  /**
   * The body to store: where it has no id field, that stays as it was, also if it was not there.
   */
  JsonObject withId(String id, JsonObject body, Optional<Item> before) {
    String field = bucket.idField();
    if (body.get(field).isPresent()) {
      return body;
    }
    Optional<JsonValue> value =
        before.isEmpty()
            ? Optional.of(new JsonString(id))
            : before.flatMap(item -> item.body().get(field));
    return value
        .map(known -> JsonObject.builder().put(field, known).putAll(body).build())
        .orElse(body);
  }

  /** As a filter sees the item. */
  JsonObject shown(Item item) {
    String field = bucket.idField();
    return item.body().get(field).isPresent()
        ? item.body()
        : item.body().with(field, new JsonString(item.id()));
  }
}
