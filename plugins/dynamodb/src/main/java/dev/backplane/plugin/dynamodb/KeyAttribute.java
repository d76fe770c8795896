package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Settings;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An attribute that is a part of a key.
 *
 * @param name the attribute
 * @param type its type
 * @param mostBytes how long its values may be
 */
record KeyAttribute(String name, KeyType type, int mostBytes) {
  private static final int PARTITION_BYTES = 2048;
  private static final int SORT_BYTES = 1024;

  static KeyAttribute partition(String name, KeyType type) {
    return new KeyAttribute(name, type, PARTITION_BYTES);
  }

  static KeyAttribute sort(String name, KeyType type) {
    return new KeyAttribute(name, type, SORT_BYTES);
  }

  /** Reads {@code sort-key} and its type. */
  static Optional<KeyAttribute> readSort(Settings settings) {
    KeyType type = settings.choice("sort-key-type", KeyType.STRING);
    return settings.optionalString("sort-key").map(name -> sort(name, type));
  }

  Optional<AttributeValue> ofId(String text) {
    return type.ofId(text).filter(this::isShortEnough);
  }

  Optional<AttributeValue> ofIdOperand(String operand) {
    return type.ofIdOperand(operand).filter(this::isShortEnough);
  }

  Optional<AttributeValue> ofOperand(String operand) {
    return type.ofOperand(operand).filter(this::isShortEnough);
  }

  /** Whether the service takes this value as a part of a key. */
  boolean holds(AttributeValue value) {
    return type.fits(value) && !type.isEmpty(value) && isShortEnough(value);
  }

  /** What {@link #holds} is true for, to stand behind "should be". */
  String described() {
    return switch (type) {
      case STRING -> "text of 1 to " + mostBytes + " bytes";
      case NUMBER -> "a number";
      case BINARY -> "binary (which JSON cannot say)";
    };
  }

  private boolean isShortEnough(AttributeValue value) {
    return switch (type) {
      case STRING -> AttributeWriter.utf8Length(value.s()) <= mostBytes;
      case NUMBER -> true;
      case BINARY -> value.b().asByteArrayUnsafe().length <= mostBytes;
    };
  }

  /** What a client has to give for a part of an id, as the end of a sentence. */
  String expectation() {
    return switch (type) {
      case STRING -> "1 to " + mostBytes + " bytes";
      case NUMBER -> "a number, written plainly, of at most 38 digits";
      case BINARY -> "1 to " + mostBytes + " bytes in base64url without padding";
    };
  }
}
