package dev.backplane.spi;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A JSON object. The order of the members is kept but does not matter to equality.
 *
 * @param members the values by name; copied, immutable
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
  private static final JsonObject EMPTY = new JsonObject(Map.of());

  /** Copies the members, keeping their order. */
  public JsonObject {
    members =
        members instanceof Owned owned
            ? owned
            : new Owned(new LinkedHashMap<>(members)).requireNoNulls();
  }

  /**
   * The object without members.
   *
   * @return {@code {}}
   */
  public static JsonObject empty() {
    return EMPTY;
  }

  /**
   * Starts an object that is built member by member.
   *
   * @return a new builder, for one thread
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Makes an object with one member; {@link #with} adds more.
   *
   * @param name the member's name
   * @param value its value
   * @return the object
   */
  public static JsonObject of(String name, JsonValue value) {
    return builder().put(name, value).build();
  }

  /**
   * Looks a member up.
   *
   * @param name the member's name
   * @return its value, which may be {@link JsonNull}; empty when there is no such member
   */
  public Optional<JsonValue> get(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /**
   * A copy in which one member is set; an existing one keeps its place.
   *
   * @param name the member's name
   * @param value its new value
   * @return the copy
   */
  public JsonObject with(String name, JsonValue value) {
    return builder().putAll(this).put(name, value).build();
  }

  /**
   * A copy without one member.
   *
   * @param name the member's name
   * @return the copy; this object when it has no such member
   */
  public JsonObject without(String name) {
    if (!members.containsKey(name)) {
      return this;
    }
    return builder().putAll(this).remove(name).build();
  }

  /** Builds a {@link JsonObject}; for one thread, and of no use after {@link #build}. */
  public static final class Builder {
    private Map<String, JsonValue> members = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Sets a member; the last value of a name wins.
     *
     * @param name the member's name
     * @param value its value
     * @return this builder
     */
    public Builder put(String name, JsonValue value) {
      members.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Sets every member of another object.
     *
     * @param object where the members come from
     * @return this builder
     */
    public Builder putAll(JsonObject object) {
      members.putAll(object.members);
      return this;
    }

    /**
     * Removes a member, if it is there.
     *
     * @param name the member's name
     * @return this builder
     */
    public Builder remove(String name) {
      members.remove(name);
      return this;
    }

    /**
     * Whether a member was set.
     *
     * @param name the member's name
     * @return whether {@link #put} was called with it
     */
    public boolean has(String name) {
      return members.containsKey(name);
    }

    /**
     * Ends the building.
     *
     * @return the object
     */
    public JsonObject build() {
      if (members.isEmpty()) {
        return EMPTY;
      }
      // handed over, not copied: a read of many items builds many objects
      Map<String, JsonValue> built = members;
      members = new LinkedHashMap<>();
      return new JsonObject(new Owned(built));
    }
  }

  /** A map that nobody else can change, so that it need not be copied again. */
  private static final class Owned extends AbstractMap<String, JsonValue> {
    private final Map<String, JsonValue> map;

    Owned(Map<String, JsonValue> map) {
      this.map = Collections.unmodifiableMap(map);
    }

    Owned requireNoNulls() {
      map.forEach((name, value) -> {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, name);
      });
      return this;
    }

    @Override
    public Set<Entry<String, JsonValue>> entrySet() {
      return map.entrySet();
    }

    @Override
    @SuppressWarnings("NullAway") // Map.get answers null where there is nothing
    public JsonValue get(Object name) {
      return map.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
      return map.containsKey(name);
    }

    @Override
    public int size() {
      return map.size();
    }

    @Override
    public Set<String> keySet() {
      return map.keySet();
    }

    /** Without an iterator and an entry for each member, which the inherited one makes. */
    @Override
    public void forEach(BiConsumer<? super String, ? super JsonValue> action) {
      map.forEach(action);
    }

    @Override
    public Collection<JsonValue> values() {
      return map.values();
    }
  }
}
