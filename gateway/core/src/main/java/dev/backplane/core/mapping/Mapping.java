package dev.backplane.core.mapping;

import java.util.List;
import java.util.Optional;

/**
 * What {@code mapping.yaml} says.
 *
 * @param resources the resources in the order of the file
 * @param maxBodySize the largest request body in bytes
 * @param cursorSecret what signs cursors; empty: a random key of this process
 */
public record Mapping(
    List<ResourceMapping> resources, int maxBodySize, Optional<String> cursorSecret) {
  /** Copies the resources. */
  public Mapping {
    resources = List.copyOf(resources);
  }

  /** The names of the resources; never a secret. */
  @Override
  public String toString() {
    return "Mapping" + resources.stream().map(ResourceMapping::name).toList();
  }
}
