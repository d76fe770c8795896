package dev.backplane.core.mapping;

import java.util.List;
import java.util.Optional;

/**
 * What {@code mapping.yaml} says.
 *
 * @param resources the resources in the order of the file
 * @param maxBodySize the largest request body in bytes
 * @param cursorSecret what signs cursors; empty: a random key of this process
 * @param cors which web pages of other origins may call; empty: none
 * @param idempotency where answers are kept for requests with an {@code Idempotency-Key}; empty:
 *     nowhere
 * @param authentication how callers prove who they are; empty: nobody is asked
 * @param defaultAccess who may use resources without rules of their own, where the mapping says so
 * @param rateLimits how often may be asked
 * @param trustedProxies the addresses or networks of the proxies before the server
 */
public record Mapping(
    List<ResourceMapping> resources,
    int maxBodySize,
    Optional<String> cursorSecret,
    Optional<Cors> cors,
    Optional<Idempotency> idempotency,
    Optional<Authentication> authentication,
    Optional<DefaultAccess> defaultAccess,
    RateLimits rateLimits,
    List<String> trustedProxies) {
  /** A mapping that says nothing. */
  static final Mapping EMPTY =
      new Mapping(
          List.of(),
          Keys.MAX_BODY_SIZE.fallbackBytes(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          RateLimits.NONE,
          List.of());

  /** Copies the lists. */
  public Mapping {
    resources = List.copyOf(resources);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * Whether a resource keeps answers, and so is not served itself.
   *
   * @param resource the resource's name
   * @return whether {@code idempotency} names it
   */
  public boolean isKeeper(String resource) {
    return idempotency.filter(settings -> settings.resource().equals(resource)).isPresent();
  }

  /**
   * Who may do what with a resource, whether it says so itself or not.
   *
   * @param resource the resource
   * @return its rules; empty when everybody may do everything
   */
  public Optional<Access> access(ResourceMapping resource) {
    if (resource.access().isPresent()) {
      return resource.access();
    }
    return switch (defaultAccess.orElseGet(this::usualAccess)) {
      case NONE -> Optional.of(Access.none());
      case AUTHENTICATED -> Optional.of(Access.all(Access.AUTHENTICATED));
      case ANYONE -> Optional.empty();
    };
  }

  private DefaultAccess usualAccess() {
    if (resources.stream().anyMatch(resource -> resource.access().isPresent())) {
      return DefaultAccess.NONE;
    }
    return authentication.isPresent() ? DefaultAccess.AUTHENTICATED : DefaultAccess.ANYONE;
  }

  /** The names of the resources; never a secret. */
  @Override
  public String toString() {
    return "Mapping" + resources.stream().map(ResourceMapping::name).toList();
  }
}
