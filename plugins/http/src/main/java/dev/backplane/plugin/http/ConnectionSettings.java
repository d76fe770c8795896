package dev.backplane.plugin.http;

import dev.backplane.spi.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the backend is reached. Resources for which all of this is the same share connections and a
 * circuit breaker.
 *
 * @param base where it is
 * @param trust who may vouch for it
 * @param connectTimeout for a connection to be made
 * @param timeout for a call of the store with all its requests
 * @param maxConnections how many requests are under way at once
 * @param retries how often a request that may be repeated is sent again
 * @param maxAnswer how many bytes of a body are read
 * @param breaker when no more requests are sent for a while; empty: never
 */
record ConnectionSettings(
    BaseUrl base,
    Trust trust,
    Duration connectTimeout,
    Duration timeout,
    int maxConnections,
    int retries,
    int maxAnswer,
    Optional<Breaker> breaker) {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,4})(KB|MB)");
  private static final int MOST_BYTES = 100 << 20;

  /**
   * When the circuit opens.
   *
   * @param calls of how many of the last requests the failures are counted
   * @param failureRate the percentage of failures at which it opens
   * @param pause how long it stays open before a few requests try again
   */
  record Breaker(int calls, int failureRate, Duration pause) {}

  static ConnectionSettings read(Settings settings) {
    return new ConnectionSettings(
        BaseUrl.read(settings, "url"),
        Trust.read(settings),
        positive(settings, "connect-timeout", Duration.ofSeconds(1)),
        positive(settings, "timeout", Duration.ofSeconds(5)),
        (int) settings.integer("max-connections", 50, 1, 10_000),
        (int) settings.integer("retries", 2, 0, 10),
        size(settings, "max-answer-size", 10 << 20),
        breaker(settings));
  }

  private static Optional<Breaker> breaker(Settings settings) {
    Optional<Settings> section = settings.section("breaker");
    if (section.isEmpty()) {
      return Optional.of(new Breaker(20, 50, Duration.ofSeconds(5)));
    }
    Settings group = section.get();
    boolean enabled = group.bool("enabled", true);
    Breaker breaker =
        new Breaker(
            (int) group.integer("calls", 20, 1, 1_000),
            (int) group.integer("failure-rate", 50, 1, 100),
            positive(group, "wait", Duration.ofSeconds(5)));
    return enabled ? Optional.of(breaker) : Optional.empty();
  }

  private static Duration positive(Settings settings, String key, Duration fallback) {
    Duration time = settings.duration(key, fallback);
    if (time.isZero() || time.compareTo(Duration.ofHours(1)) > 0) {
      throw settings.wrong(key, "should be a time from 1ms to 1h");
    }
    return time;
  }

  private static int size(Settings settings, String key, int fallback) {
    Optional<String> text = settings.optionalString(key);
    if (text.isEmpty()) {
      return fallback;
    }
    Matcher size = SIZE.matcher(text.get());
    if (size.matches()) {
      long bytes = Long.parseLong(size.group(1)) << (size.group(2).equals("MB") ? 20 : 10);
      if (bytes >= 1 && bytes <= MOST_BYTES) {
        return (int) bytes;
      }
    }
    throw settings.wrong(key, "should be a size from 1KB to 100MB");
  }
}
