package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What makes one client differ from another; resources with equal ones share a client.
 *
 * @param credentials an access key and its secret
 * @param profile a profile of the shared credentials file
 * @param timeout for a call with all its retries
 */
record ConnectionSettings(
    Endpoint endpoint,
    String region,
    Optional<AccessKey> credentials,
    Optional<String> profile,
    Duration timeout,
    int maxConnections) {
  private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** A pair of static credentials. */
  record AccessKey(String id, String secret) {
    @Override
    public String toString() {
      return "AccessKey[]"; // never in a log
    }
  }

  static ConnectionSettings read(Settings settings, Map<String, String> environment) {
    Endpoint endpoint = Endpoint.read(settings, environment);
    Optional<String> region = settings.optionalString("region");
    region
        .filter(name -> !REGION.matcher(name).matches())
        .ifPresent(name -> {
          throw settings.wrong("region", "should be an AWS region such as eu-west-1");
        });
    if (region.isEmpty() && !(endpoint instanceof Endpoint.Local)) {
      throw settings.wrong("region", "is missing: the AWS region of the table, such as eu-west-1");
    }
    Optional<String> profile = settings.optionalString("profile");
    Optional<AccessKey> credentials = credentials(settings);
    if (profile.isPresent() && credentials.isPresent()) {
      throw settings.wrong("profile", "and access-key exclude each other");
    }
    Duration timeout = settings.duration("timeout", Duration.ofSeconds(5));
    if (timeout.toMillis() < 10) {
      throw settings.wrong("timeout", "should be 10ms or more");
    }
    return new ConnectionSettings(
        endpoint,
        region.orElse("us-east-1"), // DynamoDB Local shares its tables among all regions
        credentials,
        profile,
        timeout,
        (int) settings.integer("max-connections", 50, 1, 10_000));
  }

  private static Optional<AccessKey> credentials(Settings settings) {
    Optional<String> id = settings.optionalString("access-key");
    Optional<String> secret = settings.optionalString("secret-key");
    if (id.isPresent() != secret.isPresent()) {
      throw settings.wrong(
          id.isPresent() ? "secret-key" : "access-key",
          "is missing: access-key and secret-key are given together, or neither");
    }
    return id.map(text -> new AccessKey(text, secret.orElseThrow()));
  }
}
