package dev.backplane.core.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Write;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a change makes of an item, kept before it is made. A second try at the request, whose first
 * answer got lost, tells by it whether the first one got through: not from its members' values,
 * which nobody keeps twice, but from their hashes.
 *
 * @param id the item
 * @param version the state of the item that is to be changed
 * @param members the hash of each member that the change sets, nothing for one that it removes;
 *     empty where the item is deleted, or where there are too many
 * @param deletes whether the item is deleted
 */
record Intent(String id, String version, Optional<Map<String, String>> members, boolean deletes) {
  /** Beyond that, whether somebody changed the item is all that can be told. */
  private static final int MOST_MEMBERS = 50;

  /** What became of a change. */
  enum Fate {
    NOT_DONE,
    DONE,
    /** Others have changed the same since then, so that nobody can tell. */
    UNKNOWN
  }

  /**
   * What a write is about to make of an item.
   *
   * @param idField the member that holds the id, which no write changes
   */
  static Intent of(Item before, Write write, String idField) {
    return switch (write) {
      case Write.Delete delete -> new Intent(write.id(), before.version(), Optional.empty(), true);
      case Write.Put put ->
          new Intent(
              write.id(),
              before.version(),
              differences(before.body().without(idField), put.body().without(idField)),
              false);
    };
  }

  private static Optional<Map<String, String>> differences(JsonObject before, JsonObject after) {
    Set<String> names = new LinkedHashSet<>(before.members().keySet());
    names.addAll(after.members().keySet());
    Map<String, String> changed = new LinkedHashMap<>();
    for (String name : names) {
      String hash = hash(after.get(name));
      if (!hash.equals(hash(before.get(name)))) {
        changed.put(name, hash);
      }
    }
    return changed.size() > MOST_MEMBERS ? Optional.empty() : Optional.of(changed);
  }

  /** Whether an item that is as it was tells that the change was not made: it does change it. */
  boolean tells() {
    return members.filter(Map::isEmpty).isEmpty();
  }

  /** What became of the change, by the item as it is now. */
  Fate fate(Optional<Item> current) {
    if (current.isEmpty()) {
      return deletes ? Fate.DONE : Fate.NOT_DONE; // and it will not be: there is nothing to change
    }
    if (current.get().version().equals(version)) {
      return Fate.NOT_DONE;
    }
    JsonObject body = current.get().body();
    boolean all =
        members
            .filter(expected ->
                expected.entrySet().stream()
                    .allMatch(member -> member.getValue().equals(hash(body.get(member.getKey())))))
            .isPresent();
    return all ? Fate.DONE : Fate.UNKNOWN;
  }

  JsonObject write() {
    JsonObject.Builder written =
        JsonObject.builder().put("id", new JsonString(id)).put("version", new JsonString(version));
    if (deletes) {
      written.put("deletes", JsonNumber.of(1));
    }
    members.ifPresent(hashes -> {
      JsonObject.Builder each = JsonObject.builder();
      hashes.forEach((name, hash) -> each.put(name, new JsonString(hash)));
      written.put("members", each.build());
    });
    return written.build();
  }

  static Intent read(JsonObject written) {
    Optional<Map<String, String>> members =
        written
            .get("members")
            .map(object -> {
              Map<String, String> hashes = new LinkedHashMap<>();
              ((JsonObject) object)
                  .members()
                  .forEach((name, hash) -> hashes.put(name, hash.text().orElse("")));
              return hashes;
            });
    return new Intent(
        written.get("id").flatMap(JsonValue::text).orElse(""),
        written.get("version").flatMap(JsonValue::text).orElse(""),
        members,
        written.get("deletes").isPresent());
  }

  private static String hash(Optional<JsonValue> value) {
    return value.map(JsonHash::of).orElse("");
  }
}
