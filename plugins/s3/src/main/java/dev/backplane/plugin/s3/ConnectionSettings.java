package dev.backplane.plugin.s3;

import dev.backplane.spi.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What makes one client differ from another; resources with equal ones share a client.
 *
 * @param credentials an access key and its secret
 * @param profile a profile of the shared credentials file
 * @param pathStyle whether the bucket stands in the path of a URL, and not before its host
 * @param timeout for a call with all its retries
 */
record ConnectionSettings(
    Endpoint endpoint,
    String region,
    Optional<AccessKey> credentials,
    Optional<String> profile,
    boolean pathStyle,
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

  static ConnectionSettings read(Settings settings) {
    Endpoint endpoint = Endpoint.read(settings);
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
        region(settings),
        credentials,
        profile,
        settings.bool("path-style", endpoint.isOnThisMachine()),
        timeout,
        (int) settings.integer("max-connections", 50, 1, 10_000));
  }

  private static String region(Settings settings) {
    String region =
        settings
            .optionalString("region")
            .orElseThrow(() ->
                settings.wrong(
                    "region", "is missing: the AWS region of the bucket, such as eu-west-1"));
    if (!REGION.matcher(region).matches()) {
      throw settings.wrong("region", "should be an AWS region such as eu-west-1");
    }
    return region;
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
