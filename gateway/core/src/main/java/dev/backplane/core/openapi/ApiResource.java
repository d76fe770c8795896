package dev.backplane.core.openapi;

import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * A resource as it is described.
 *
 * @param mapping what the mapping says of it
 * @param operations what a client can do with it
 * @param schema the JSON Schema (2020-12) of an item
 */
public record ApiResource(
    ResourceMapping mapping, Set<Operation> operations, Optional<JsonObject> schema) {
  /** Copies the operations. */
  public ApiResource {
    operations = Set.copyOf(operations);
  }
}
