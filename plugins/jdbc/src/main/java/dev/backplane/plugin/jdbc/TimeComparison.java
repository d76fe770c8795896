package dev.backplane.plugin.jdbc;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Comparisons of a column of times with an operand. They are comparisons of texts: {@code 2026-01}
 * is before every time of that month. Where the operand is not a whole time, the condition is true
 * of the times around it, too.
 */
record TimeComparison(Column column, String name) {
  private static final String MODEL = "0000-01-01T00:00:00";

  /** A beginning of a time, by its length, and how long all times last that begin so. */
  private enum Beginning {
    SECOND(19, ChronoUnit.SECONDS),
    MINUTE(16, ChronoUnit.MINUTES),
    HOUR(13, ChronoUnit.HOURS),
    DAY(10, ChronoUnit.DAYS),
    MONTH(7, ChronoUnit.MONTHS),
    YEAR(4, ChronoUnit.YEARS);

    private final int length;
    private final ChronoUnit unit;

    Beginning(int length, ChronoUnit unit) {
      this.length = length;
      this.unit = unit;
    }
  }

  Optional<Condition> ranked(String sign, String operand) {
    Optional<Bind> whole = Keys.value(column, operand);
    if (whole.isPresent()) {
      return Optional.of(Condition.of(name + sign + "?", whole.get()));
    }
    if (column.kind() == Kind.TIME) {
      return Optional.empty();
    }
    for (Beginning beginning : Beginning.values()) {
      Optional<LocalDateTime> from = from(beginning, operand);
      if (from.isPresent()) {
        return Optional.of(around(sign, from.get(), beginning.unit));
      }
    }
    return Optional.empty();
  }

  private static Optional<LocalDateTime> from(Beginning beginning, String operand) {
    if (operand.length() < beginning.length) {
      return Optional.empty();
    }
    String text = operand.substring(0, beginning.length) + MODEL.substring(beginning.length);
    try {
      return Optional.of(LocalDateTime.parse(text))
          .filter(time -> time.getYear() > 0 && time.getYear() < 9999)
          .filter(time -> Times.text(time, 0).equals(text));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  private Condition around(String sign, LocalDateTime from, ChronoUnit unit) {
    Condition condition =
        Comparisons.isUpward(sign)
            ? Condition.of(name + " >= ?", bind(from))
            : Condition.of(name + " < ?", bind(from.plus(1, unit)));
    return condition.inexact();
  }

  private Bind bind(LocalDateTime time) {
    return switch (column.kind()) {
      case DATE -> Bind.of(column, date(time));
      case INSTANT -> Bind.of(column, time.atOffset(ZoneOffset.UTC));
      default -> Bind.of(column, time);
    };
  }

  /** Rounded up, so that a day is before the end of each time within it. */
  private static LocalDate date(LocalDateTime time) {
    LocalDate day = time.toLocalDate();
    return time.equals(day.atStartOfDay()) ? day : day.plusDays(1);
  }
}
