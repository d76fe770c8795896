package dev.backplane.plugin.jdbc;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Dates and times as text (ISO 8601), instants in UTC. Each has as many digits of a second as its
 * column keeps, so that the order of the texts is that of the times.
 */
final class Times {
  /** What PostgreSQL has beyond all times; the texts are in the same order. */
  private static final String AFTER_ALL = "infinity";

  private static final String BEFORE_ALL = "-infinity";

  private static final int MOST_DIGITS = 9;
  private static final List<DateTimeFormatter> TIMES = formatters("HH:mm:ss");
  private static final List<DateTimeFormatter> DATE_TIMES = formatters("uuuu-MM-dd'T'HH:mm:ss");

  private Times() {}

  private static List<DateTimeFormatter> formatters(String pattern) {
    return IntStream.rangeClosed(0, MOST_DIGITS)
        .mapToObj(digits -> {
          DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().appendPattern(pattern);
          if (digits > 0) {
            builder.appendFraction(ChronoField.NANO_OF_SECOND, digits, digits, true);
          }
          return builder.toFormatter();
        })
        .toList();
  }

  static String text(LocalDate date) {
    return date.equals(LocalDate.MAX)
        ? AFTER_ALL
        : date.equals(LocalDate.MIN) ? BEFORE_ALL : date.toString();
  }

  static String text(LocalTime time, int digits) {
    return TIMES.get(digits).format(time);
  }

  static String text(LocalDateTime time, int digits) {
    return time.equals(LocalDateTime.MAX)
        ? AFTER_ALL
        : time.equals(LocalDateTime.MIN) ? BEFORE_ALL : DATE_TIMES.get(digits).format(time);
  }

  static String text(OffsetDateTime time, int digits) {
    if (time.equals(OffsetDateTime.MAX)) {
      return AFTER_ALL;
    }
    return time.equals(OffsetDateTime.MIN)
        ? BEFORE_ALL
        : DATE_TIMES.get(digits).format(time.withOffsetSameInstant(ZoneOffset.UTC)) + "Z";
  }

  /** Digits of a second that a column keeps. */
  static int digits(Column column) {
    return Math.clamp(column.scale(), 0, MOST_DIGITS);
  }

  /** The text of a value of a column's type. */
  static String text(Column column, Object time) {
    int digits = digits(column);
    return switch (time) {
      case LocalDate date -> text(date);
      case LocalTime local -> text(local, digits);
      case LocalDateTime local -> text(local, digits);
      case OffsetDateTime instant -> text(instant, digits);
      default -> throw new IllegalArgumentException("no time: " + time.getClass());
    };
  }

  /** Reads a time for a column; empty when the text is none of its type, or has too many digits. */
  static Optional<Object> parse(Column column, String text) {
    if (column.isEndless() && (text.equals(AFTER_ALL) || text.equals(BEFORE_ALL))) {
      return endless(column, text.equals(AFTER_ALL));
    }
    try {
      Object time =
          switch (column.kind()) {
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> LocalDateTime.parse(text);
            default -> OffsetDateTime.parse(text);
          };
      return Optional.of(time).filter(parsed -> fits(parsed, digits(column)));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  private static Optional<Object> endless(Column column, boolean after) {
    return switch (column.kind()) {
      case DATE -> Optional.of(after ? LocalDate.MAX : LocalDate.MIN);
      case TIMESTAMP -> Optional.of(after ? LocalDateTime.MAX : LocalDateTime.MIN);
      case INSTANT -> Optional.of(after ? OffsetDateTime.MAX : OffsetDateTime.MIN);
      default -> Optional.empty();
    };
  }

  private static boolean fits(Object time, int digits) {
    TemporalAccessor parts = (TemporalAccessor) time;
    if (!parts.isSupported(ChronoField.NANO_OF_SECOND)) {
      return true;
    }
    long unit = Math.round(Math.pow(10, MOST_DIGITS - digits));
    return parts.get(ChronoField.NANO_OF_SECOND) % unit == 0;
  }
}
