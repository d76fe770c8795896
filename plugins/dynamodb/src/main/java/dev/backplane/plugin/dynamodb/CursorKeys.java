package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The keys behind which the service goes on reading, as they stand in a {@link Cursor}: an object
 * with the attributes of the key that is read, and of the table's.
 */
final class CursorKeys {
  private final List<KeyAttribute> attributes;

  CursorKeys(List<KeyAttribute> attributes) {
    this.attributes = List.copyOf(attributes);
  }

  /** The key of an item, or of the service's own last key. */
  JsonObject write(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new HashMap<>();
    for (KeyAttribute attribute : attributes) {
      AttributeValue value = item.get(attribute.name());
      if (value == null) {
        throw new IllegalStateException("the table's items lack a key attribute of the mapping");
      }
      key.put(attribute.name(), value);
    }
    return AttributeReader.object(key);
  }

  Map<String, AttributeValue> read(JsonValue mark) {
    if (!(mark instanceof JsonObject object) || object.members().size() != attributes.size()) {
      throw CursorCodec.unusable();
    }
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    for (KeyAttribute attribute : attributes) {
      key.put(
          attribute.name(),
          object
              .get(attribute.name())
              .flatMap(part -> part(part, attribute))
              .orElseThrow(CursorCodec::unusable));
    }
    return key;
  }

  private static Optional<AttributeValue> part(JsonValue value, KeyAttribute attribute) {
    boolean right =
        attribute.type() == KeyType.NUMBER
            ? value instanceof JsonNumber
            : value instanceof JsonString;
    return right ? value.text().flatMap(attribute::ofOperand) : Optional.empty();
  }
}
