package dev.backplane.core.mapping;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param positions where each setting stands, by dotted key; the resource itself by the empty key,
 *     a key of the gateway's own by its name with a colon before it, such as {@code :schema}
 * @param idField the member of a body that holds the id
 * @param disabled what was switched off
 * @param description for people
 * @param lists how lists are served
 * @param writes how writes are served
 * @param bodies what bodies may hold
 * @param cacheControl the {@code Cache-Control} of what GET answers
 * @param relations what {@code _expand} and {@code _embed} may follow, by name in the order of the
 *     file
 * @param access who may do what; empty: as the mapping says of resources without such rules
 */
public record ResourceMapping(
    String name,
    String service,
    JsonObject settings,
    Map<String, Position> positions,
    String idField,
    Set<Operation> disabled,
    Optional<String> description,
    Lists lists,
    Writes writes,
    Bodies bodies,
    Optional<String> cacheControl,
    Map<String, Relation> relations,
    Optional<Access> access) {
  /** Copies the collections. */
  public ResourceMapping {
    positions = Collections.unmodifiableMap(new HashMap<>(positions));
    disabled = Set.copyOf(disabled);
    relations = Collections.unmodifiableMap(new LinkedHashMap<>(relations));
  }

  /**
   * How lists are served.
   *
   * @param pageSize how many items a list has when the client does not say
   * @param maxPageSize how many items a client may ask for
   * @param scanLimit how many items the gateway reads at most to serve one list
   * @param count how a list says how many items there are in all
   */
  public record Lists(int pageSize, int maxPageSize, int scanLimit, Count count) {
    /** What holds where the mapping says nothing. */
    public static final Lists DEFAULT =
        new Lists(
            Keys.PAGE_SIZE.fallback(),
            Keys.MAX_PAGE_SIZE.fallback(),
            Keys.SCAN_LIMIT.fallback(),
            Keys.COUNT.fallback());
  }

  /**
   * How writes are served.
   *
   * @param put what PUT does with a field that the body leaves out
   * @param deleteReturns what DELETE answers when the client does not say
   * @param requireMatch whether PUT, PATCH and DELETE need {@code If-Match}
   * @param maxBulkSize how many writes one request may have
   */
  public record Writes(
      Put put, DeleteReturns deleteReturns, boolean requireMatch, int maxBulkSize) {
    /** What holds where the mapping says nothing. */
    public static final Writes DEFAULT =
        new Writes(
            Keys.PUT.fallback(),
            Keys.DELETE_RETURNS.fallback(),
            Keys.REQUIRE_MATCH.fallback(),
            Keys.MAX_BULK_SIZE.fallback());
  }

  /**
   * What bodies may hold.
   *
   * @param schema the file of an item's JSON Schema, as the mapping names it
   * @param unknownFields what happens to fields that the schema does not name
   * @param readOnly the fields that no client may set
   * @param writeOnly the fields that no client gets to see
   */
  public record Bodies(
      Optional<String> schema,
      UnknownFields unknownFields,
      List<FieldPath> readOnly,
      List<FieldPath> writeOnly) {
    /** What holds where the mapping says nothing. */
    public static final Bodies DEFAULT =
        new Bodies(Optional.empty(), Keys.UNKNOWN_FIELDS.fallback(), List.of(), List.of());

    /** Copies the fields. */
    public Bodies {
      readOnly = List.copyOf(readOnly);
      writeOnly = List.copyOf(writeOnly);
    }
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

  /**
   * The same entry as somebody gets to see it.
   *
   * @param others what bodies may hold
   * @param followed the relations
   * @return the entry
   */
  public ResourceMapping shownAs(Bodies others, Map<String, Relation> followed) {
    return new ResourceMapping(
        name,
        service,
        settings,
        positions,
        idField,
        disabled,
        description,
        lists,
        writes,
        others,
        cacheControl,
        followed,
        access);
  }

  /** The name and the service; never a setting, which may be a secret. */
  @Override
  public String toString() {
    return "ResourceMapping[" + name + ": " + service + "]";
  }
}
