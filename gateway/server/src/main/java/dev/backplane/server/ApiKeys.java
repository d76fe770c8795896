package dev.backplane.server;

import dev.backplane.core.ApiKey;
import dev.backplane.core.Authenticator.RefusedException;
import dev.backplane.core.Identity;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets programs in by their keys. A key is looked up by its hash, so how long that takes tells
 * nothing of the keys that there are.
 */
final class ApiKeys {
  static final String HEADER = "X-API-Key";

  private static final int LONGEST = 200;

  private final Map<String, ApiKey> byHash = new HashMap<>();
  private final Clock clock;

  ApiKeys(List<ApiKey> keys, Clock clock) {
    keys.forEach(key -> byHash.put(key.sha256(), key));
    this.clock = clock;
  }

  /** The caller who has the key. */
  Identity identify(String key) {
    ApiKey known = key.length() > LONGEST ? null : byHash.get(ApiKey.hash(key));
    if (known == null) {
      throw refused("The key is not known here.");
    }
    if (known.expires().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
      throw refused("The key has expired.");
    }
    return new Known(known.name(), known.roles(), Map.of());
  }

  static RefusedException refused(String why) {
    return new RefusedException(401, why, "");
  }
}
