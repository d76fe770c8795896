package dev.backplane.core.mapping;

import java.time.Duration;
import java.util.Set;

/**
 * Which web pages of other origins may call (the Fetch standard's CORS protocol).
 *
 * @param origins exact origins such as {@code https://app.example.com}, or {@code *} alone
 * @param credentials whether browsers may send credentials along; never with {@code *}
 * @param maxAge how long a browser may remember what is allowed
 */
public record Cors(Set<String> origins, boolean credentials, Duration maxAge) {
  /** Copies the origins. */
  public Cors {
    origins = Set.copyOf(origins);
  }
}
