package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonNumber;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The type of a key attribute, and how its values are spelled in an id and in a filter. */
enum KeyType {
  /** Text, as it is. */
  STRING(ScalarAttributeType.S, AttributeValue.Type.S) {
    @Override
    Optional<AttributeValue> ofId(String text) {
      return text.isEmpty() ? Optional.empty() : Optional.of(AttributeValue.fromS(text));
    }

    @Override
    String idOf(AttributeValue value) {
      return value.s();
    }
  },

  /** A number: of all its spellings, an id has only the one that comes back. */
  NUMBER(ScalarAttributeType.N, AttributeValue.Type.N) {
    @Override
    Optional<AttributeValue> ofId(String text) {
      return ofOperand(text).filter(key -> idOf(key).equals(text));
    }

    @Override
    Optional<AttributeValue> ofIdOperand(String operand) {
      return ofOperand(operand);
    }

    @Override
    Optional<AttributeValue> ofOperand(String operand) {
      return JsonNumber.parse(operand).flatMap(number -> AttributeWriter.number(number.value()));
    }

    @Override
    String idOf(AttributeValue value) {
      return number(value).toString();
    }
  },

  /** Bytes: in an id in base64url without padding, in a field in base64, as all binary. */
  BINARY(ScalarAttributeType.B, AttributeValue.Type.B) {
    @Override
    Optional<AttributeValue> ofId(String text) {
      return decoded(Base64.getUrlDecoder(), text).filter(key -> idOf(key).equals(text));
    }

    @Override
    Optional<AttributeValue> ofOperand(String operand) {
      return decoded(Base64.getDecoder(), operand)
          .filter(key -> AttributeReader.base64(key.b()).equals(operand));
    }

    @Override
    String idOf(AttributeValue value) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(value.b().asByteArrayUnsafe());
    }
  };

  private final ScalarAttributeType scalar;
  private final AttributeValue.Type type;

  KeyType(ScalarAttributeType scalar, AttributeValue.Type type) {
    this.scalar = scalar;
    this.type = type;
  }

  /** The type of a key that the service describes. */
  static KeyType of(ScalarAttributeType scalar) {
    for (KeyType each : values()) {
      if (each.scalar == scalar) {
        return each;
      }
    }
    throw new IllegalStateException("a key of a type that this plugin does not know");
  }

  /** As the service calls it. */
  ScalarAttributeType scalar() {
    return scalar;
  }

  boolean fits(AttributeValue value) {
    return value.type() == type;
  }

  /** Whether a value that fits is the one that no key may have. */
  boolean isEmpty(AttributeValue value) {
    return switch (this) {
      case STRING -> value.s().isEmpty();
      case NUMBER -> false;
      case BINARY -> value.b().asByteArrayUnsafe().length == 0;
    };
  }

  /** A value of this type; which one does not matter. */
  AttributeValue some() {
    return switch (this) {
      case STRING -> AttributeValue.fromS("backplane-health-check");
      case NUMBER -> AttributeValue.fromN("0");
      case BINARY -> AttributeValue.fromB(SdkBytes.fromUtf8String("backplane-health-check"));
    };
  }

  /** The value of a part of an id; empty when no key is spelled so. */
  abstract Optional<AttributeValue> ofId(String text);

  /** The value that is equal to what a filter asks of the id. */
  Optional<AttributeValue> ofIdOperand(String operand) {
    return ofId(operand);
  }

  /** The value that is equal to what a filter asks of a field with this key. */
  Optional<AttributeValue> ofOperand(String operand) {
    return ofId(operand);
  }

  /** How a value of this type is spelled in an id. */
  abstract String idOf(AttributeValue value);

  /** One text for each number, whatever zeros the service gives. */
  static JsonNumber number(AttributeValue value) {
    return new JsonNumber(new BigDecimal(value.n()).stripTrailingZeros());
  }

  private static Optional<AttributeValue> decoded(Base64.Decoder decoder, String text) {
    try {
      byte[] bytes = decoder.decode(text);
      return bytes.length == 0
          ? Optional.empty()
          : Optional.of(AttributeValue.fromB(SdkBytes.fromByteArray(bytes)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
