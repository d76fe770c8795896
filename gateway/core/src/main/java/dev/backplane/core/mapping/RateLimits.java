package dev.backplane.core.mapping;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How often may be asked. The server goes by it; in front of the function, API Gateway does.
 *
 * @param caller what each caller has who is known; empty: as much as they like
 * @param roles what callers with a role have instead
 * @param address what each address has; empty: as much as it likes
 */
public record RateLimits(
    Optional<Quota> caller, Map<String, Quota> roles, Optional<Quota> address) {
  /** What holds where the mapping says nothing. */
  public static final RateLimits NONE =
      new RateLimits(Optional.empty(), Map.of(), Optional.empty());

  /** Copies the roles. */
  public RateLimits {
    roles = Map.copyOf(roles);
  }

  /**
   * So many requests in a length of time.
   *
   * @param requests how many, at least 1
   * @param window the time, in whole seconds
   */
  public record Quota(int requests, Duration window) {}
}
