package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Settings;
import java.util.ArrayList;
import java.util.List;
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
    settings
        .sections("indexes")
        .forEach((name, index) -> {
          if (!NAME.matcher(name).matches()) {
            throw index.wrong(
                "key",
                "belongs to an index whose name is not 3 to 255 letters, digits, '_', '-' or '.'");
          }
          paths.add(read(name, index, table));
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
    return new AccessPath(name, keys, !local, whole, complete || keys.sort().isEmpty());
  }
}
