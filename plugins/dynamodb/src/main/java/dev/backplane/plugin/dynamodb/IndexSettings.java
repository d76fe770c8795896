package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The indexes of a table, as the mapping has them.
 *
 * @param declared what the mapping says; empty when it says nothing, so that the table is asked
 */
record IndexSettings(Optional<List<AccessPath>> declared) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

  /** What an index holds of an item. */
  private enum Projection {
    ALL,
    PART
  }

  IndexSettings {
    declared = declared.map(List::copyOf);
  }

  static IndexSettings read(Settings settings, KeySchema table) {
    if (settings.section("indexes").isEmpty()) {
      return new IndexSettings(Optional.empty());
    }
    List<AccessPath> paths = new ArrayList<>();
    Map<String, KeyType> types = new HashMap<>();
    table.attributes().forEach(key -> types.put(key.name(), key.type()));
    settings
        .sections("indexes")
        .forEach((name, index) -> {
          if (!NAME.matcher(name).matches()) {
            throw index.wrong(
                "key",
                "belongs to an index whose name is not 3 to 255 letters, digits, '_', '-' or '.'");
          }
          AccessPath path = read(name, index, table);
          requireTypes(index, path.keys(), types);
          paths.add(path);
        });
    return new IndexSettings(Optional.of(paths));
  }

  /** Refuses an index whose key is a field that the store writes in another type. */
  void requireType(Settings settings, String setting, String attribute, KeyType type) {
    for (AccessPath path : declared.orElse(List.of())) {
      for (KeyAttribute key : path.keys().attributes()) {
        if (key.name().equals(attribute) && key.type() != type) {
          throw settings.wrong(
              setting,
              "does not fit the index " + path.index() + ", whose key has another type than that");
        }
      }
    }
  }

  /** One attribute has one type in all keys of a table. */
  private static void requireTypes(Settings index, KeySchema keys, Map<String, KeyType> types) {
    for (KeyAttribute key : keys.attributes()) {
      KeyType type = types.putIfAbsent(key.name(), key.type());
      if (type != null && type != key.type()) {
        boolean first = key.equals(keys.partition());
        throw index.wrong(
            first ? "key-type" : "sort-key-type",
            "should be "
                + type.name().toLowerCase(Locale.ROOT)
                + ", which the attribute has in another key");
      }
    }
  }

  private static AccessPath read(String name, Settings index, KeySchema table) {
    KeyAttribute partition =
        KeyAttribute.partition(index.string("key"), index.choice("key-type", KeyType.STRING));
    KeySchema keys = new KeySchema(partition, KeyAttribute.readSort(index));
    boolean whole = index.choice("projection", Projection.ALL) == Projection.ALL;
    boolean complete = index.bool("complete", keys.sort().isEmpty());
    boolean local = index.bool("local", false);
    if (local && !partition.equals(table.partition())) {
      throw index.wrong("local", "is for an index with the table's own key and key-type");
    }
    if (local && (keys.sort().isEmpty() || table.sort().isEmpty())) {
      throw index.wrong("local", "is for an index with a sort-key, of a table that has one, too");
    }
    return new AccessPath(name, keys, !local, whole, complete || keys.sort().isEmpty());
  }
}
