package dev.backplane.plugin.jdbc;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;

/** Comparisons of a column of numbers with an operand. */
record NumberComparison(Column column, Dialect dialect) {
  /** What every database takes as a decimal number. */
  private static final int MOST_DIGITS = 65;

  private static final int MOST_PLACES = 30;

  /** Which rows have exactly this number; empty where the database could tell wrongly. */
  Optional<Condition> equal(String operand) {
    return compared(
        " = ", operand, number -> isBinary() ? Optional.of(Condition.NEVER) : Optional.empty());
  }

  Optional<Condition> ranked(String sign, String operand) {
    return compared(sign, operand, number -> ranked(sign, number.doubleValue()));
  }

  /** Compares; otherwise with a number that the column cannot hold. */
  private Optional<Condition> compared(
      String sign, String operand, Function<BigDecimal, Optional<Condition>> otherwise) {
    Optional<BigDecimal> number = Comparisons.number(operand);
    if (number.isEmpty()) {
      // NaN and its like are texts
      return canBeNoNumber() ? Optional.empty() : Optional.of(Condition.NEVER);
    }
    if (column.kind() == Kind.REAL && dialect == Dialect.MARIADB) {
      return Optional.empty();
    }
    Optional<Bind> bind = bind(number.get());
    return bind.isPresent()
        ? Optional.of(Condition.of(name() + sign + "?", bind.get()))
        : otherwise.apply(number.get());
  }

  private Optional<Condition> ranked(String sign, double nearest) {
    if (column.kind() != Kind.DOUBLE || !Double.isFinite(nearest)) {
      return Optional.empty();
    }
    String weaker = Comparisons.isUpward(sign) ? " >= ?" : " <= ?";
    return Optional.of(Condition.of(name() + weaker, Bind.of(Kind.DOUBLE, nearest)).inexact());
  }

  private String name() {
    return dialect.quote(column.name());
  }

  private boolean canBeNoNumber() {
    return column.kind() != Kind.INTEGER;
  }

  /** Whether what is stored is a binary number, whose shortest digits are shown. */
  private boolean isBinary() {
    return column.kind() == Kind.DOUBLE
        || column.kind() == Kind.REAL
        || (dialect == Dialect.SQLITE && column.kind() == Kind.DECIMAL);
  }

  private Optional<Bind> bind(BigDecimal number) {
    return switch (column.kind()) {
      case DOUBLE -> Numbers.doubled(number).map(value -> Bind.of(Kind.DOUBLE, value));
      case REAL -> Numbers.floated(number).map(value -> Bind.of(Kind.REAL, value));
      default -> exact(number);
    };
  }

  private Optional<Bind> exact(BigDecimal number) {
    Optional<Bind> whole = Numbers.whole(number).map(value -> Bind.of(Kind.INTEGER, value));
    if (whole.isPresent()) {
      return whole;
    }
    if (dialect == Dialect.SQLITE) {
      return Numbers.doubled(number).map(value -> Bind.of(Kind.DOUBLE, value));
    }
    boolean fits =
        number.precision() <= MOST_DIGITS
            && number.scale() <= MOST_PLACES
            && number.precision() - number.scale() <= MOST_DIGITS - MOST_PLACES;
    return fits ? Optional.of(Bind.of(Kind.DECIMAL, number)) : Optional.empty();
  }
}
