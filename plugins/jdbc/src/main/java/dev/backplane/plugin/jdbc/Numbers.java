package dev.backplane.plugin.jdbc;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as columns hold them: exactly, or not at all. */
final class Numbers {
  /** More digits than this, and larger exponents, no column has. */
  private static final int MOST_DIGITS = 1_000;

  private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private Numbers() {}

  /** Whether it can be written out without going on for ever. */
  static boolean isOfSize(BigDecimal number) {
    return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
  }

  static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  /** As a number of 64 bits, where it is one. */
  static Optional<Long> whole(BigDecimal number) {
    return isOfSize(number)
            && isWhole(number)
            && number.compareTo(LEAST_LONG) >= 0
            && number.compareTo(MOST_LONG) <= 0
        ? Optional.of(number.longValueExact())
        : Optional.empty();
  }

  /** As a binary number that is shown with the same digits, where there is one. */
  static Optional<Double> doubled(BigDecimal number) {
    double nearest = number.doubleValue();
    return Double.isFinite(nearest)
            && isOfSize(number)
            && new BigDecimal(Double.toString(nearest)).compareTo(number) == 0
        ? Optional.of(nearest)
        : Optional.empty();
  }

  /** As a binary number of 32 bits that is shown with the same digits, where there is one. */
  static Optional<Float> floated(BigDecimal number) {
    float nearest = number.floatValue();
    return Float.isFinite(nearest)
            && isOfSize(number)
            && new BigDecimal(Float.toString(nearest)).compareTo(number) == 0
        ? Optional.of(nearest)
        : Optional.empty();
  }
}
