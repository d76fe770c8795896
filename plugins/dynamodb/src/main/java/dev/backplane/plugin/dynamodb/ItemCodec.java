package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Turns a table's items into the resource's and back: the key attribute is shown as the id field,
 * the version attribute not at all.
 */
final class ItemCodec {
  private static final int LONGEST_KEY = 2048;

  private final TableSettings table;

  ItemCodec(TableSettings table) {
    this.table = table;
  }

  /** The key of an id; empty when no item can have this id. */
  Optional<AttributeValue> key(String id) {
    return switch (table.keyType()) {
      case STRING -> stringKey(id);
      case NUMBER -> numberKey(id);
    };
  }

  /** The key that a filter's operand is equal to, in whatever spelling of a number. */
  Optional<AttributeValue> matchingKey(String operand) {
    return switch (table.keyType()) {
      case STRING -> stringKey(operand);
      case NUMBER -> anyNumberKey(operand);
    };
  }

  /** The key of an id that is about to be written. */
  AttributeValue requireKey(String id) {
    return key(id)
        .orElseThrow(() ->
            invalid(
                switch (table.keyType()) {
                  case STRING -> "should have 1 to 2048 bytes.";
                  case NUMBER -> "should be a number, written plainly, of at most 38 digits.";
                }));
  }

  Map<String, AttributeValue> keyMap(AttributeValue key) {
    return Map.of(table.key(), key);
  }

  /** The attributes to store, with the key and a new version. */
  Map<String, AttributeValue> write(String id, JsonObject body) {
    AttributeValue key = requireKey(id);
    body.get(table.idField()).ifPresent(value -> checkId(id, value));
    checkReserved(body, table.version());
    if (!table.key().equals(table.idField())) {
      checkReserved(body, table.key());
    }
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(keyMap(key));
    attributes.putAll(new AttributeWriter().write(body.without(table.idField())));
    attributes.put(table.version(), AttributeValue.fromS(UUID.randomUUID().toString()));
    return attributes;
  }

  /** The resource's item; fails when the table's partition key is another attribute. */
  Item read(Map<String, AttributeValue> attributes) {
    AttributeValue key = attributes.get(table.key());
    if (key == null) {
      throw new IllegalStateException("the table's items lack the key attribute of the mapping");
    }
    JsonValue id = id(key);
    Map<String, AttributeValue> shown = new LinkedHashMap<>(attributes);
    shown.remove(table.key());
    shown.remove(table.version());
    // where both exist, the key is what the id is
    shown.remove(table.idField());
    JsonObject.Builder body = JsonObject.builder().put(table.idField(), id);
    return new Item(
        id.text().orElseThrow(),
        ContentVersion.of(attributes),
        body.putAll(AttributeReader.object(shown)).build());
  }

  private JsonValue id(AttributeValue key) {
    return switch (AttributeReader.value(key)) {
      case JsonString text when table.keyType() == KeyType.STRING -> text;
      // one text for each number, whatever zeros the service gives
      case JsonNumber number when table.keyType() == KeyType.NUMBER ->
          new JsonNumber(number.value().stripTrailingZeros());
      default -> throw new IllegalStateException("the key is not of the mapping's key-type");
    };
  }

  private static Optional<AttributeValue> stringKey(String id) {
    return id.isEmpty() || AttributeWriter.utf8Length(id) > LONGEST_KEY
        ? Optional.empty()
        : Optional.of(AttributeValue.fromS(id));
  }

  /** Ids are kept exactly, so of the spellings of a number only the one that comes back will do. */
  private static Optional<AttributeValue> numberKey(String id) {
    return anyNumberKey(id)
        .filter(key -> new JsonNumber(new BigDecimal(key.n())).toString().equals(id));
  }

  private static Optional<AttributeValue> anyNumberKey(String text) {
    return JsonNumber.parse(text).flatMap(number -> AttributeWriter.number(number.value()));
  }

  private void checkId(String id, JsonValue value) {
    boolean right =
        switch (table.keyType()) {
          case STRING -> value instanceof JsonString;
          case NUMBER -> value instanceof JsonNumber;
        };
    if (!right) {
      throw invalid(
          switch (table.keyType()) {
            case STRING -> "should be a string: that is the type of this resource's ids.";
            case NUMBER -> "should be a number: that is the type of this resource's ids.";
          });
    }
    if (!value.text().equals(Optional.of(id))) {
      throw invalid("should be the id of the item.");
    }
  }

  private static void checkReserved(JsonObject body, String attribute) {
    if (body.get(attribute).isPresent()) {
      throw new StoreException(
          Reason.INVALID, "The field \"" + attribute + "\" is kept by the gateway: leave it out.");
    }
  }

  private StoreException invalid(String expectation) {
    return new StoreException(
        Reason.INVALID, "The field \"" + table.idField() + "\" " + expectation);
  }
}
