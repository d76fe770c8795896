package dev.backplane.plugin.jdbc;

import dev.backplane.spi.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach a database. Resources with equal settings share a pool of connections.
 *
 * @param url the JDBC URL, which may hold a password
 * @param user who connects; empty: whom the URL or the driver says
 * @param password of the user
 * @param maxConnections how many calls run at once
 * @param timeout for a call with its retries
 * @param init statements that the first connection runs
 */
record ConnectionSettings(
    String url,
    Optional<String> user,
    Optional<String> password,
    int maxConnections,
    Duration timeout,
    List<String> init) {
  private static final Duration SHORTEST = Duration.ofMillis(250); // of HikariCP
  private static final Duration LONGEST = Duration.ofMinutes(10);

  static ConnectionSettings read(Settings settings) {
    String url = settings.string("url");
    if (!url.startsWith("jdbc:")) {
      throw settings.wrong("url", "should be a JDBC URL such as jdbc:postgresql://host/database");
    }
    Duration timeout = settings.duration("timeout", Duration.ofSeconds(5));
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw settings.wrong("timeout", "should be a time from 250ms to 10m");
    }
    Optional<Path> script = settings.path("init");
    return new ConnectionSettings(
        url,
        settings.optionalString("user"),
        settings.optionalString("password"),
        (int) settings.integer("max-connections", 10, 1, 1000),
        timeout,
        script.map(path -> InitScript.read(settings, "init", path)).orElse(List.of()));
  }

  /** Without what may be a secret. */
  @Override
  public String toString() {
    return "ConnectionSettings";
  }
}
