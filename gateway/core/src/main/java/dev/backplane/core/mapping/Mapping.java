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
 */
public record Mapping(
    List<ResourceMapping> resources,
    int maxBodySize,
    Optional<String> cursorSecret,
    Optional<Cors> cors,
    Optional<Idempotency> idempotency) {
  /** A mapping that says nothing. */
  static final Mapping EMPTY =
      new Mapping(
          List.of(),
          Keys.MAX_BODY_SIZE.fallbackBytes(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Copies the resources. */
  public Mapping {
    resources = List.copyOf(resources);
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

  /** The names of the resources; never a secret. */
  @Override
  public String toString() {
    return "Mapping" + resources.stream().map(ResourceMapping::name).toList();
  }
}
