package dev.backplane.core.openapi;

import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.JsonValue;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A resource as it is described.
 *
 * @param mapping what the mapping says of it
 * @param operations what a client can do with it
 * @param mostWrites how many writes its store can do as one; empty when it cannot
 * @param schemas the JSON Schema (2020-12) of an item, and what it refers to, by their names for
 *     references; empty when there is none
 */
public record ApiResource(
    ResourceMapping mapping,
    Set<Operation> operations,
    OptionalInt mostWrites,
    Map<URI, JsonValue> schemas) {
  /** Copies the collections. */
  public ApiResource {
    operations = Set.copyOf(operations);
    schemas = Collections.unmodifiableMap(new LinkedHashMap<>(schemas));
  }
}
