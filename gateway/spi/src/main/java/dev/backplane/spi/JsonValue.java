package dev.backplane.spi;

import java.util.Optional;

/**
 * A JSON value (RFC 8259), immutable and comparable by value.
 *
 * <p>Flows in both directions and is closed for good: JSON has six kinds of value, so a {@code
 * switch} over this type needs no {@code default}.
 */
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

  /**
   * The text of a scalar as it appears in a URL: a string's characters, a number's digits, {@code
   * true} or {@code false}. Ids and query words are compared by it.
   *
   * @return the text; empty for null, arrays and objects
   */
  default Optional<String> text() {
    return Optional.empty();
  }
}
