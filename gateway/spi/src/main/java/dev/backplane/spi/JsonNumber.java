package dev.backplane.spi;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * A JSON number, exact: no digit is lost on the way through the gateway.
 *
 * <p>Two numbers are equal when they are numerically equal, so {@code 1.10} equals {@code 1.1};
 * stores may give back either.
 *
 * @param value the number
 */
public record JsonNumber(BigDecimal value) implements JsonValue {
  /** Beyond this many places, plain digits would be mostly zeros: the exponent is written then. */
  private static final int PLAIN_PLACES = 60;

  /** The small numbers, of which there are many, in lists above all: one object for each. */
  private static final JsonNumber[] SMALL = new JsonNumber[256];

  static {
    for (int value = 0; value < SMALL.length; value++) {
      SMALL[value] = new JsonNumber(BigDecimal.valueOf(value));
    }
  }

  /** Checks that there is a value. */
  public JsonNumber {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Wraps an integer.
   *
   * @param value the integer
   * @return the number
   */
  public static JsonNumber of(long value) {
    return value >= 0 && value < SMALL.length
        ? SMALL[(int) value]
        : new JsonNumber(BigDecimal.valueOf(value));
  }

  /**
   * Reads decimal digits, optionally with a fraction and an exponent.
   *
   * @param digits for example {@code -12.50} or {@code 1e9}
   * @return the number; empty when the text is not one
   */
  public static Optional<JsonNumber> parse(String digits) {
    if (digits.isEmpty() || digits.charAt(0) == '+' || digits.length() > 1100) {
      return Optional.empty();
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) > 'e') {
        return Optional.empty(); // BigDecimal also reads the digits of other scripts
      }
    }
    try {
      return Optional.of(new JsonNumber(new BigDecimal(digits)));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> text() {
    return Optional.of(toString());
  }

  /** Plain digits, or with an exponent where plain digits would be very long. */
  @Override
  public String toString() {
    return Math.abs((long) value.scale()) <= PLAIN_PLACES
        ? value.toPlainString()
        : value.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonNumber number && value.compareTo(number.value) == 0;
  }

  @Override
  public int hashCode() {
    // not of the digits without their zeros, whose exponent may be too great
    return Double.hashCode(value.doubleValue());
  }
}
