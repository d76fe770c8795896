package dev.backplane.plugin.dynamodb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A way to find items by a key: the table's own or that of an index.
 *
 * @param index the index; empty for the table itself
 * @param keys the key
 * @param global whether it is a global index, which lags behind the table by moments
 * @param whole whether it holds every attribute of an item; otherwise they are in the table only
 * @param complete whether it holds every item that has the key's first attribute: an index leaves
 *     out items without the second
 */
record AccessPath(String index, KeySchema keys, boolean global, boolean whole, boolean complete) {
  /** The name of the table's own path, and of reading all of it, in a {@link Cursor}. */
  static final String TABLE = "table";

  static final String SCAN = "scan";

  AccessPath {
    Objects.requireNonNull(index, "index");
  }

  static AccessPath ofTable(KeySchema keys) {
    return new AccessPath("", keys, false, true, true);
  }

  boolean isTable() {
    return index.isEmpty();
  }

  /** As it is called in a cursor. */
  String name() {
    return isTable() ? TABLE : "index:" + index;
  }

  /** The attributes of a key behind which the service goes on reading. */
  List<KeyAttribute> cursorKeys(KeySchema table) {
    Map<String, KeyAttribute> attributes = new LinkedHashMap<>();
    table.attributes().forEach(each -> attributes.put(each.name(), each));
    keys.attributes().forEach(each -> attributes.putIfAbsent(each.name(), each));
    return List.copyOf(attributes.values());
  }
}
