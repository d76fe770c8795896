package dev.backplane.server;

import dev.backplane.core.Admission;
import dev.backplane.core.RateLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Response;

/**
 * Sees to it that callers and addresses ask the server no more often than the mapping says. What
 * they have used stays counted when the mapping changes. Safe for use by many threads.
 */
final class Limits implements Admission {
  /** How clients learn what is left. */
  private static final String LEFT = "RateLimit";

  private static final String POLICY = "RateLimit-Policy";

  private final Quotas<String> callers;
  private final Quotas<Long> addresses;
  private final Quotas<Long> connections;
  private volatile Now now = Now.of(RateLimits.NONE);

  /**
   * What the mapping says now.
   *
   * @param said the same as it was read
   * @param caller for callers
   * @param roles for callers with a role
   * @param address for addresses
   * @param connections for connections of an address
   * @param clients tells addresses
   */
  private record Now(
      RateLimits said,
      Optional<Quotas.Limit> caller,
      Map<String, Quotas.Limit> roles,
      Optional<Quotas.Limit> address,
      Optional<Quotas.Limit> connections,
      ClientAddress clients) {
    static Now of(RateLimits said) {
      Map<String, Quotas.Limit> roles = new HashMap<>();
      said.roles().forEach((role, quota) -> roles.put(role, Quotas.Limit.of("caller", quota)));
      return new Now(
          said,
          said.caller().map(quota -> Quotas.Limit.of("caller", quota)),
          Map.copyOf(roles),
          said.address().map(quota -> Quotas.Limit.of("address", quota)),
          said.address().map(Quotas.Limit::ofConnections),
          new ClientAddress(said.trustedProxies()));
    }

    /** The limit of a caller: of those of their roles, the one that allows most. */
    Optional<Quotas.Limit> of(Set<String> has) {
      if (roles.isEmpty()) {
        return caller;
      }
      return has.stream()
          .filter(roles::containsKey)
          .map(roles::get)
          .max(Quotas.Limit.BY_RATE)
          .or(() -> caller);
    }
  }

  Limits() {
    this(Quotas.MOST, System::nanoTime);
  }

  /**
   * Counts by a clock of one's own.
   *
   * @param most how many of each kind are counted
   * @param nanos the time; only differences count
   */
  Limits(int most, LongSupplier nanos) {
    callers = new Quotas<>(most, nanos);
    addresses = new Quotas<>(most, nanos);
    connections = new Quotas<>(most, nanos);
  }

  /** Takes in what the mapping says now. */
  void take(RateLimits said) {
    if (!now.said().equals(said)) {
      now = Now.of(said);
    }
  }

  /** Tells which address a request is from. */
  ClientAddress clients() {
    return now.clients();
  }

  /**
   * Asked for each connection that is made.
   *
   * @param address where it is from, which is no proxy
   * @return whether it may stay
   */
  boolean admitConnection(long address) {
    Optional<Quotas.Limit> limit = now.connections();
    return limit.isEmpty() || connections.take(address, limit.get()).granted();
  }

  /**
   * Asked for each request before anything is done for it.
   *
   * @param response takes headers that tell what is left
   * @param address where the request is from, as {@link #clients} tells
   * @return what is used up; empty when the request is let through
   */
  Optional<Exceeded> admit(Response response, long address) {
    Optional<Quotas.Limit> limit = now.address();
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    Quotas.Standing standing = addresses.take(address, limit.get());
    response.getHeaders().add(POLICY, limit.get().header());
    response.getHeaders().add(LEFT, standing.header(limit.get()));
    return exceeded(standing, limit.get());
  }

  @Override
  public Optional<Exceeded> admit(
      HttpServletRequest request, HttpServletResponse response, String caller, Set<String> roles) {
    Optional<Quotas.Limit> limit = now.of(roles);
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    Quotas.Standing standing = callers.take(caller, limit.get());
    response.addHeader(POLICY, limit.get().header());
    response.addHeader(LEFT, standing.header(limit.get()));
    Optional<Exceeded> exceeded = exceeded(standing, limit.get());
    if (exceeded.isPresent()) {
      request.setAttribute(Refusal.ATTRIBUTE, Refusal.CALLER);
    }
    return exceeded;
  }

  private static Optional<Exceeded> exceeded(Quotas.Standing standing, Quotas.Limit limit) {
    return standing.granted()
        ? Optional.empty()
        : Optional.of(new Exceeded(limit.policy(), standing.seconds()));
  }
}
