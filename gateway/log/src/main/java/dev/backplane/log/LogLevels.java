package dev.backplane.log;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * Which lines are written: {@code BACKPLANE_LOG_LEVEL}, or else {@code AWS_LAMBDA_LOG_LEVEL}, which
 * Lambda sets where the function's logging configuration has a level. See <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html">log
 * levels of Lambda</a>.
 */
final class LogLevels {
  /** They write bodies and credentials when they are let, or of themselves. */
  private static final List<String> WARNINGS_ONLY =
      List.of(
          "software.amazon.awssdk.",
          "org.apache.",
          "com.amazonaws.",
          "io.javalin.",
          "org.eclipse.jetty.",
          "com.zaxxer.hikari.",
          "io.opentelemetry.");

  private final Level level;
  private final Optional<String> mistake;

  LogLevels(Map<String, String> environment) {
    String wanted =
        environment
            .getOrDefault(Loggers.LEVEL, environment.getOrDefault(Loggers.LEVEL_OF_LAMBDA, "info"))
            .strip();
    Optional<Level> found = level(wanted);
    level = found.orElse(Level.INFO);
    mistake =
        found.isPresent()
            ? Optional.empty()
            : Optional.of(
                Loggers.LEVEL
                    + " is \""
                    + wanted
                    + "\" and may be error, warn, info, debug or trace; it counts as info.");
  }

  private static Optional<Level> level(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "error", "fatal" -> Optional.of(Level.ERROR); // SLF4J has no fatal, Lambda has
      case "warn" -> Optional.of(Level.WARN);
      case "info", "" -> Optional.of(Level.INFO);
      case "debug" -> Optional.of(Level.DEBUG);
      case "trace" -> Optional.of(Level.TRACE);
      default -> Optional.empty();
    };
  }

  /** What is wrong with the environment, in one sentence. */
  Optional<String> mistake() {
    return mistake;
  }

  /** The least level that a logger writes. */
  Level of(String logger) {
    boolean hushed = WARNINGS_ONLY.stream().anyMatch(logger::startsWith);
    return hushed && level.toInt() < Level.WARN.toInt() ? Level.WARN : level;
  }
}
