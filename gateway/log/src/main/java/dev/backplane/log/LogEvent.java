package dev.backplane.log;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/**
 * Something that was logged. Made on the thread that logs, while its context (MDC) still holds.
 *
 * @param time when
 * @param level how bad it is
 * @param logger the whole name of the logger
 * @param thread the name of the thread
 * @param message what, with its arguments filled in
 * @param members what else is known: the event's own pairs, then what the context has besides
 * @param failure what was thrown
 */
record LogEvent(
    Instant time,
    Level level,
    String logger,
    String thread,
    String message,
    Map<String, @Nullable Object> members,
    Optional<Throwable> failure) {
  /** What is logged by this thread right now. */
  static LogEvent now(
      Level level,
      String logger,
      String message,
      List<KeyValuePair> pairs,
      @Nullable Map<String, String> context,
      @Nullable Throwable failure) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    pairs.forEach(pair -> members.put(pair.key, pair.value));
    if (context != null) {
      context.forEach(members::putIfAbsent);
    }
    return new LogEvent(
        Instant.now(),
        level,
        logger,
        Thread.currentThread().getName(),
        message,
        members,
        Optional.ofNullable(failure));
  }

  /** The last word of the logger's name. */
  String shortLogger() {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }
}
