package dev.backplane.spi;

import java.util.Optional;

/** A JSON {@code true} or {@code false}. */
public enum JsonBoolean implements JsonValue {
  /** {@code false}. */
  FALSE,
  /** {@code true}. */
  TRUE;

  /**
   * Chooses the constant.
   *
   * @param value the boolean
   * @return {@link #TRUE} or {@link #FALSE}
   */
  public static JsonBoolean of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /**
   * The boolean.
   *
   * @return whether this is {@link #TRUE}
   */
  public boolean value() {
    return this == TRUE;
  }

  @Override
  public Optional<String> text() {
    return Optional.of(toString());
  }

  @Override
  public String toString() {
    return this == TRUE ? "true" : "false";
  }
}
