package dev.backplane.plugin.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table or view as the database describes it and the mapping wants it.
 *
 * @param name as SQL, each part quoted
 * @param idField the member of an item that holds its id
 * @param columns those that are members of an item, the key's among them
 * @param keys which columns are the key
 * @param version a column of its own that each write changes
 * @param rest a column of its own that holds, as a JSON object, the members without a column
 * @param uniques what is unique
 * @param references what refers to other rows
 * @param refersToItself whether rows refer to rows of the same table
 */
record Table(
    String name,
    String idField,
    List<Column> columns,
    Keys keys,
    Optional<Column> version,
    Optional<Column> rest,
    List<Constraint> uniques,
    List<Constraint> references,
    boolean refersToItself) {
  Table {
    columns = List.copyOf(columns);
    uniques = List.copyOf(uniques);
    references = List.copyOf(references);
  }

  Optional<Column> member(String name) {
    return columns.stream().filter(column -> column.member().equals(name)).findFirst();
  }

  boolean isKey(Column column) {
    return keys.columns().contains(column);
  }

  /** Everything that is read of a row: the members, the version, the rest. */
  List<Column> selected() {
    List<Column> selected = new ArrayList<>(columns);
    version.ifPresent(selected::add);
    rest.ifPresent(selected::add);
    return selected;
  }

  String selectList(Dialect dialect) {
    return selected().stream()
        .map(column -> dialect.selected(dialect.quote(column.name()), column.kind()))
        .collect(Collectors.joining(", "));
  }

  String memberNames() {
    return columns.stream().map(Column::member).collect(Collectors.joining(", "));
  }
}
