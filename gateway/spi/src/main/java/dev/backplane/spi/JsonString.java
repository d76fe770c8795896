package dev.backplane.spi;

import java.util.Objects;
import java.util.Optional;

/**
 * A JSON string.
 *
 * @param value the characters, unescaped
 */
public record JsonString(String value) implements JsonValue {
  /** Checks that there is a value. */
  public JsonString {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public Optional<String> text() {
    return Optional.of(value);
  }
}
