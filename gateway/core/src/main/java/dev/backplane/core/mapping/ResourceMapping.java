package dev.backplane.core.mapping;

import dev.backplane.spi.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One entry under {@code resources:}, complete: defaults filled in, variables replaced, the
 * settings of a named service merged under the resource's own.
 *
 * @param name the name in the path
 * @param service the kind of service that answers, as in {@code Service.name()}
 * @param settings what the service gets to read
 * @param positions where each setting stands, by dotted key; the resource itself by the empty key
 * @param idField the member of a body that holds the id
 * @param pageSize how many items a list has when the client does not say
 * @param maxPageSize how many items a client may ask for
 * @param scanLimit how many items the gateway reads at most to serve one list
 * @param count whether a list says how many items there are in all
 * @param disabled what was switched off
 * @param description for people
 */
public record ResourceMapping(
    String name,
    String service,
    JsonObject settings,
    Map<String, Position> positions,
    String idField,
    int pageSize,
    int maxPageSize,
    int scanLimit,
    boolean count,
    Set<Operation> disabled,
    Optional<String> description) {
  /** Copies the collections. */
  public ResourceMapping {
    positions = Collections.unmodifiableMap(new HashMap<>(positions));
    disabled = Set.copyOf(disabled);
  }

  /**
   * Describes a mistake in this resource.
   *
   * @param key the dotted key of a setting; empty for the resource as a whole
   * @param message what is wrong, without the resource's name
   * @return the problem, at the key, or at the nearest group around it that the mapping has
   */
  public Problem problem(String key, String message) {
    String nearest = key;
    while (!positions.containsKey(nearest) && !nearest.isEmpty()) {
      nearest = nearest.substring(0, Math.max(0, nearest.lastIndexOf('.')));
    }
    return new Problem(
        Optional.ofNullable(positions.get(nearest)), "resource \"" + name + "\": " + message);
  }

  /** The name and the service; never a setting, which may be a secret. */
  @Override
  public String toString() {
    return "ResourceMapping[" + name + ": " + service + "]";
  }
}
