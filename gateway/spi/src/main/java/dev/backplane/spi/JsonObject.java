package dev.backplane.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A JSON object. The order of the members is kept but does not matter to equality.
 *
 * @param members the values by name; copied, immutable
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
  private static final JsonObject EMPTY = new JsonObject(Map.of());

  /** Copies the members, keeping their order. */
  public JsonObject {
    members = members instanceof Members own ? own : builder().putAll(members).end();
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
    private final String[] names = new String[Members.FEW];
    private final JsonValue[] values = new JsonValue[Members.FEW];
    private int size;
    private boolean few = true;
    private Map<String, JsonValue> table = Map.of(); // of all, when they are not few

    private Builder() {}

    /**
     * Sets a member; the last value of a name wins.
     *
     * @param name the member's name
     * @param value its value
     * @return this builder
     */
    public Builder put(String name, JsonValue value) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, name);
      if (!few) {
        table.put(name, value);
        return this;
      }
      int index = Members.index(names, size, name);
      if (index >= 0) {
        values[index] = value;
      } else if (size < Members.FEW) {
        names[size] = name;
        values[size++] = value;
      } else {
        few = false;
        table = new LinkedHashMap<>(Members.few(names, values, size));
        table.put(name, value);
      }
      return this;
    }

    /**
     * Sets every member of another object.
     *
     * @param object where the members come from
     * @return this builder
     */
    public Builder putAll(JsonObject object) {
      return putAll(object.members);
    }

    private Builder putAll(Map<String, JsonValue> members) {
      members.forEach(this::put);
      return this;
    }

    /**
     * Removes a member, if it is there.
     *
     * @param name the member's name
     * @return this builder
     */
    public Builder remove(String name) {
      if (!few) {
        table.remove(name);
        return this;
      }
      int index = Members.index(names, size, name);
      if (index >= 0) {
        size--;
        System.arraycopy(names, index + 1, names, index, size - index);
        System.arraycopy(values, index + 1, values, index, size - index);
      }
      return this;
    }

    /**
     * Whether a member was set.
     *
     * @param name the member's name
     * @return whether {@link #put} was called with it
     */
    public boolean has(String name) {
      return few ? Members.index(names, size, name) >= 0 : table.containsKey(name);
    }

    /**
     * Ends the building.
     *
     * @return the object
     */
    public JsonObject build() {
      Members built = end();
      return built.isEmpty() ? EMPTY : new JsonObject(built);
    }

    private Members end() {
      if (few) {
        return Members.few(names, values, size);
      }
      // handed over, not copied: a read of many items builds many objects
      Members built = Members.many(table);
      table = Map.of();
      few = true;
      size = 0;
      return built;
    }
  }
}
