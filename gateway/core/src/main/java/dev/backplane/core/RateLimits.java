package dev.backplane.core;

import dev.backplane.core.mapping.Mapping;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often may be asked, as the mapping says; for a way in that sees to it.
 *
 * @param caller what each caller has who is known; empty: as much as they like
 * @param roles what callers with a role have instead; of several, whichever allows most
 * @param address what each address has, whoever calls from it; empty: as much as it likes
 * @param trustedProxies the addresses, or networks such as {@code 10.0.0.0/8}, of the proxies that
 *     say in {@code X-Forwarded-For} whose request it is
 */
public record RateLimits(
    Optional<Quota> caller,
    Map<String, Quota> roles,
    Optional<Quota> address,
    List<String> trustedProxies) {
  /** Nothing is limited. */
  public static final RateLimits NONE =
      new RateLimits(Optional.empty(), Map.of(), Optional.empty(), List.of());

  /** Copies the collections. */
  public RateLimits {
    roles = Map.copyOf(roles);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * So many requests in a length of time.
   *
   * @param requests how many, at least 1
   * @param window the time, in whole seconds
   */
  public record Quota(int requests, Duration window) {}

  static RateLimits of(Mapping mapping) {
    var said = mapping.rateLimits();
    Map<String, Quota> roles = new HashMap<>();
    said.roles().forEach((role, quota) -> roles.put(role, of(quota)));
    return new RateLimits(
        said.caller().map(RateLimits::of),
        roles,
        said.address().map(RateLimits::of),
        mapping.trustedProxies());
  }

  private static Quota of(dev.backplane.core.mapping.RateLimits.Quota quota) {
    return new Quota(quota.requests(), quota.window());
  }
}
