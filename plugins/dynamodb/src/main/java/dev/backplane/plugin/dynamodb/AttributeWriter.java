package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Turns JSON into attributes and refuses what DynamoDB would refuse, in words that name the field.
 * For one item and one thread, as it counts the item's size.
 */
final class AttributeWriter {
  static final String TOO_LARGE = "The item is larger than 400 KB, names included.";

  private static final int MOST_DIGITS = 38;
  private static final int GREATEST_EXPONENT = 125;
  private static final int LEAST_EXPONENT = -130;

  /** How deep the service lets lists and maps nest; the item itself is not counted. */
  private static final int MOST_LEVELS = 31;

  private static final int MOST_BYTES = 400 * 1024;

  private int bytes;

  Map<String, AttributeValue> write(JsonObject body) {
    return members(body, "", 0);
  }

  /** A number as the service takes it; empty when it is too long or too great. */
  static Optional<AttributeValue> number(BigDecimal value) {
    if (value.signum() == 0) {
      return Optional.of(AttributeValue.fromN("0"));
    }
    BigDecimal shortest = value.stripTrailingZeros();
    long exponent = (long) shortest.precision() - shortest.scale() - 1;
    if (shortest.precision() > MOST_DIGITS
        || exponent > GREATEST_EXPONENT
        || exponent < LEAST_EXPONENT) {
      return Optional.empty();
    }
    return Optional.of(AttributeValue.fromN(shortest.toString()));
  }

  private Map<String, AttributeValue> members(JsonObject object, String outer, int level) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    object
        .members()
        .forEach((name, value) -> {
          if (name.isEmpty()) {
            throw invalid("A field has an empty name, which this resource cannot hold.");
          }
          String field = outer.isEmpty() ? name : outer + "." + name;
          count(utf8Length(name));
          attributes.put(name, value(value, field, level));
        });
    return attributes;
  }

  private AttributeValue value(JsonValue value, String field, int level) {
    return switch (value) {
      case JsonNull none -> counted(AttributeValue.fromNul(true), 1);
      case JsonBoolean bool -> counted(AttributeValue.fromBool(bool.value()), 1);
      case JsonNumber number ->
          counted(
              number(number.value())
                  .orElseThrow(() ->
                      invalid(
                          "The number in the field \""
                              + field
                              + "\" has more than 38 digits or is outside 1E-130 to"
                              + " 9.99E+125.")),
              1);
      case JsonString text -> counted(AttributeValue.fromS(text.value()), utf8Length(text.value()));
      case JsonArray array -> AttributeValue.fromL(elements(array, field, deeper(level, field)));
      case JsonObject object -> AttributeValue.fromM(members(object, field, deeper(level, field)));
    };
  }

  private List<AttributeValue> elements(JsonArray array, String field, int level) {
    List<AttributeValue> elements = new ArrayList<>(array.elements().size());
    for (JsonValue element : array.elements()) {
      elements.add(value(element, field, level));
    }
    return elements;
  }

  private int deeper(int level, String field) {
    count(3); // what the service counts for a list or a map
    if (level == MOST_LEVELS) {
      String top = field.length() > 60 ? field.substring(0, 60) + "…" : field;
      throw invalid("The field \"" + top + "\" is nested deeper than 32 levels.");
    }
    return level + 1;
  }

  private AttributeValue counted(AttributeValue value, int size) {
    count(size);
    return value;
  }

  /** Counts no more than the service does, so that it alone refuses what is just too large. */
  private void count(int size) {
    bytes += size;
    if (bytes > MOST_BYTES) {
      throw invalid(TOO_LARGE);
    }
  }

  static int utf8Length(String text) {
    // nearly all texts are far from any limit, and UTF-8 takes at least a byte a char
    return text.length() > MOST_BYTES
        ? MOST_BYTES + 1
        : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static StoreException invalid(String message) {
    return new StoreException(Reason.INVALID, message);
  }
}
