package dev.backplane.log;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes times as ISO 8601 has them, with milliseconds. The JDK's own formatter takes longer to
 * load than all else here, which a function has to wait for.
 */
final class LogTime {
  private LogTime() {}

  static String text(Instant instant, ZoneOffset offset) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, offset);
    StringBuilder text = new StringBuilder(29);
    text.append(time.toLocalDate()).append('T');
    padded(text, 2, time.getHour()).append(':');
    padded(text, 2, time.getMinute()).append(':');
    padded(text, 2, time.getSecond()).append('.');
    return padded(text, 3, instant.getNano() / 1_000_000).append(offset.getId()).toString();
  }

  private static StringBuilder padded(StringBuilder text, int width, int number) {
    String digits = Integer.toString(number);
    return text.repeat('0', width - digits.length()).append(digits);
  }
}
