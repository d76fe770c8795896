package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The place in a table where a list continues, as text: the last key in JSON, in base64. The
 * service starts anywhere that it is told to, so a cursor is checked here for its form, and signed
 * by the gateway against being made up.
 */
final class CursorCodec {
  private final TableSettings table;
  private final ItemCodec items;
  private final JsonCodec json;

  CursorCodec(TableSettings table, ItemCodec items, JsonCodec json) {
    this.table = table;
    this.items = items;
    this.json = json;
  }

  String write(Map<String, AttributeValue> item) {
    AttributeValue key = item.get(table.key());
    if (key == null) {
      throw new IllegalStateException("the table's keys lack the key attribute of the mapping");
    }
    byte[] text = json.write(JsonObject.of(table.key(), AttributeReader.value(key)));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  Map<String, AttributeValue> read(String cursor) {
    return key(cursor)
        .map(items::keyMap)
        .orElseThrow(() ->
            new StoreException(
                Reason.INVALID, "The cursor is not one that this resource gave out."));
  }

  private Optional<AttributeValue> key(String cursor) {
    JsonValue decoded;
    try {
      decoded = json.read(Base64.getUrlDecoder().decode(cursor));
    } catch (IllegalArgumentException | JsonException notOurs) {
      return Optional.empty();
    }
    if (!(decoded instanceof JsonObject object) || object.members().size() != 1) {
      return Optional.empty();
    }
    return object.get(table.key()).flatMap(this::key);
  }

  private Optional<AttributeValue> key(JsonValue value) {
    boolean right =
        switch (table.keyType()) {
          case STRING -> value instanceof JsonString;
          case NUMBER -> value instanceof JsonNumber;
        };
    return right ? value.text().flatMap(items::matchingKey) : Optional.empty();
  }
}
