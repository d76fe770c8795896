package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Turns a table's items into the resource's and back: the key is shown as the id field, a key of
 * two parts also as the fields that it consists of, and the version attribute not at all.
 */
final class ItemCodec {
  /** Of a UUID, which no hash is as long as. */
  private static final int VERSION_LENGTH = 36;

  private final TableSettings table;
  private final KeySchema keys;

  ItemCodec(TableSettings table) {
    this.table = table;
    this.keys = table.keys();
  }

  /** The key of an id; empty when no item can have this id. */
  Optional<Map<String, AttributeValue>> key(String id) {
    return keys.ofId(id);
  }

  /** The key of an item that was read or is going to be written. */
  Map<String, AttributeValue> key(Map<String, AttributeValue> attributes) {
    return keys.of(attributes);
  }

  /** The attributes to store, with the key and a new version, but without timestamps. */
  Map<String, AttributeValue> write(String id, JsonObject body) {
    Map<String, AttributeValue> key = keys.ofId(id).orElseThrow(() -> wrongId(keys.expectation()));
    body.get(table.idField()).ifPresent(value -> checkId(id, value));
    JsonObject rest = table.fields().timestamps().ignoredIn(body.without(table.idField()));
    for (KeyAttribute part : keys.attributes()) {
      if (!table.showsKeys()) {
        checkReserved(rest, part.name());
      }
      Optional<JsonValue> value = rest.get(part.name());
      if (value.isPresent() && !isSame(value.get(), key.get(part.name()))) {
        throw invalid(part.name(), "should be what the id says, or be left out.");
      }
      rest = rest.without(part.name());
    }
    checkReserved(rest, table.version());
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(key);
    attributes.putAll(new AttributeWriter().write(rest));
    attributes.put(table.version(), AttributeValue.fromS(UUID.randomUUID().toString()));
    return attributes;
  }

  private static boolean isSame(JsonValue value, @Nullable AttributeValue part) {
    return part != null && AttributeReader.value(part).equals(value);
  }

  /** The resource's item; fails when the table has another key than the mapping says. */
  Item read(Map<String, AttributeValue> attributes) {
    JsonValue id = keys.id(attributes);
    JsonObject.Builder body = JsonObject.builder().put(table.idField(), id);
    for (String name : AttributeReader.sortedNames(attributes)) {
      // where both exist, the key is what the id is
      if (!name.equals(table.idField()) && !table.isHidden(name)) {
        body.put(name, AttributeReader.value(Objects.requireNonNull(attributes.get(name))));
      }
    }
    return new Item(id.text().orElseThrow(), version(attributes), body.build());
  }

  /** Of a table that nobody else writes, what the last write left; otherwise all that there is. */
  String version(Map<String, AttributeValue> attributes) {
    AttributeValue written = attributes.get(table.version());
    return !table.shared() && written != null && isOurs(written.s())
        ? written.s()
        : ContentVersion.of(attributes);
  }

  /** Whether a version is what {@link #write} leaves in an item, and not the hash of one. */
  static boolean isOurs(@Nullable String version) {
    return version != null && version.length() == VERSION_LENGTH;
  }

  /**
   * The id of a new item that names none: its key's fields where there are such, and a UUID for the
   * part that can be chosen freely.
   */
  String newId(JsonObject body) {
    if (keys.sort().isEmpty()) {
      if (keys.partition().type() != KeyType.STRING) {
        throw invalid(table.idField(), "is missing: the client chooses the ids of this resource.");
      }
      return table.fields().ids().next();
    }
    KeyAttribute sort = keys.sort().get();
    String first = part(keys.partition(), body).orElseThrow(() -> missing(keys.partition()));
    Optional<String> second = part(sort, body);
    if (second.isEmpty() && sort.type() != KeyType.STRING) {
      throw missing(sort);
    }
    return new CompositeId(first, second.orElseGet(table.fields().ids()::next)).text();
  }

  private Optional<String> part(KeyAttribute key, JsonObject body) {
    if (!table.showsKeys()) {
      return Optional.empty();
    }
    return body.get(key.name())
        .map(value ->
            value
                .text()
                .filter(text -> isOfType(value, key))
                .flatMap(key::ofOperand)
                .map(key.type()::idOf)
                .orElseThrow(() -> invalid(key.name(), "cannot be a part of the item's key.")));
  }

  private static boolean isOfType(JsonValue value, KeyAttribute key) {
    return key.type() == KeyType.NUMBER ? value instanceof JsonNumber : value instanceof JsonString;
  }

  private StoreException missing(KeyAttribute key) {
    return table.showsKeys()
        ? invalid(key.name(), "is missing: it is a part of the item's key.")
        : wrongId("is missing, and " + keys.expectation());
  }

  private void checkId(String id, JsonValue value) {
    boolean number = keys.sort().isEmpty() && keys.partition().type() == KeyType.NUMBER;
    if (number != value instanceof JsonNumber) {
      throw wrongId(
          number
              ? "should be a number: that is the type of this resource's ids."
              : "should be a string: that is the type of this resource's ids.");
    }
    if (!value.text().equals(Optional.of(id))) {
      throw wrongId("should be the id of the item.");
    }
  }

  private static void checkReserved(JsonObject body, String attribute) {
    if (body.get(attribute).isPresent()) {
      throw new StoreException(
          Reason.INVALID, "The field \"" + attribute + "\" is kept by the gateway: leave it out.");
    }
  }

  private StoreException wrongId(String expectation) {
    return invalid(table.idField(), expectation);
  }

  private static StoreException invalid(String field, String expectation) {
    return new StoreException(Reason.INVALID, "The field \"" + field + "\" " + expectation);
  }
}
