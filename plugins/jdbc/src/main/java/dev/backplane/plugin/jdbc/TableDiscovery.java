package dev.backplane.plugin.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings together what the mapping wants and what the database has. For one thread. */
final class TableDiscovery {
  private final TableSettings settings;
  private final Dialect dialect;
  private final Catalog catalog;

  private TableDiscovery(TableSettings settings, Dialect dialect, Catalog catalog) {
    this.settings = settings;
    this.dialect = dialect;
    this.catalog = catalog;
  }

  static Table of(TableSettings settings, Connection connection, Dialect dialect)
      throws SQLException {
    return new TableDiscovery(settings, dialect, new Catalog(connection, dialect)).discover();
  }

  private Table discover() throws SQLException {
    Catalog.Place place =
        catalog
            .find(settings.schema(), settings.name())
            .orElseThrow(() -> new Mismatch("there is no table or view " + settings.name()));
    if (place.isView() && !settings.readOnly()) {
      throw new Mismatch(
          settings.name() + " is a view, which is only read: name it with view: instead of table:");
    }
    List<Column> all = named(catalog.columns(place));
    Optional<Column> version = own(all, settings.version(), "version");
    Optional<Column> rest = own(all, settings.rest(), "rest");
    requireFit(version, rest);
    Optional<Column> json = rest.map(column -> column.as(Kind.JSON));
    List<Column> key = key(all, place);
    List<Column> columns = new ArrayList<>();
    List<Column> keyColumns = new ArrayList<>(key);
    for (Column column : all) {
      if (version.equals(Optional.of(column)) || rest.equals(Optional.of(column))) {
        continue;
      }
      Column member = isSingle(key, column) ? column.named(settings.idField()) : column;
      keyColumns.replaceAll(each -> each.equals(column) ? member : each);
      columns.add(member);
    }
    requireDistinct(columns, key.size() > 1);
    List<Catalog.Rule> references = catalog.references(place);
    return new Table(
        quoted(place),
        settings.idField(),
        columns,
        new Keys(keyColumns),
        version,
        json,
        constraints(catalog.uniques(place), columns),
        constraints(references, columns),
        references.stream().anyMatch(Catalog.Rule::isOfItself));
  }

  private static boolean isSingle(List<Column> key, Column column) {
    return key.equals(List.of(column));
  }

  private List<Column> named(List<Column> columns) throws SQLException {
    boolean fold = catalog.foldsToUpperCase();
    List<Column> named = new ArrayList<>();
    for (Column column : columns) {
      boolean upper = column.name().equals(column.name().toUpperCase(Locale.ROOT));
      String member = fold && upper ? column.name().toLowerCase(Locale.ROOT) : column.name();
      named.add(column.named(member));
    }
    for (Map.Entry<String, String> other : settings.members().entrySet()) {
      Column column = column(named, other.getValue(), "columns");
      named.set(named.indexOf(column), column.named(other.getKey()));
    }
    for (String name : settings.json()) {
      Column column = column(named, name, "json");
      named.set(named.indexOf(column), column.as(Kind.JSON));
    }
    return named;
  }

  private Optional<Column> own(List<Column> all, Optional<String> name, String setting) {
    return name.isEmpty() ? Optional.empty() : Optional.of(column(all, name.get(), setting));
  }

  private Column column(List<Column> all, String name, String setting) {
    Optional<Column> exact = all.stream().filter(column -> column.name().equals(name)).findFirst();
    Optional<Column> found =
        exact.or(
            () -> all.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst());
    return found.orElseThrow(() ->
        new Mismatch(
            setting
                + " names a column that "
                + settings.name()
                + " does not have; it has "
                + all.stream().map(Column::name).collect(Collectors.joining(", "))));
  }

  private static void requireFit(Optional<Column> version, Optional<Column> rest) {
    if (rest.isPresent() && rest.get().kind() != Kind.JSON && rest.get().kind() != Kind.TEXT) {
      throw new Mismatch("the column of rest should hold JSON or text");
    }
    if (version.isPresent() && !canBeVersion(version.get())) {
      throw new Mismatch(
          "the column of version should hold a whole number of 32 or 64 bits, a UUID, or a text of"
              + " 36 characters or more");
    }
  }

  private static boolean canBeVersion(Column column) {
    return switch (column.kind()) {
      case INTEGER -> column.size() == 0 || column.size() >= 32;
      case TEXT -> column.size() == 0 || column.size() >= 36;
      case UUID -> true;
      default -> false;
    };
  }

  private List<Column> key(List<Column> all, Catalog.Place place) throws SQLException {
    List<Column> key = new ArrayList<>();
    for (String name : settings.key().isEmpty() ? catalog.primaryKey(place) : settings.key()) {
      key.add(column(all, name, "key"));
    }
    if (key.isEmpty()) {
      all.stream().filter(this::isIdField).findFirst().ifPresent(key::add);
    }
    if (key.isEmpty()) {
      throw new Mismatch(
          settings.name() + " has no primary key: name its columns with the setting key");
    }
    for (Column column : key) {
      if (!Keys.canBe(column)) {
        throw new Mismatch(
            "the column " + column.name() + " cannot be a key, as its values are no ids");
      }
    }
    return key;
  }

  private boolean isIdField(Column column) {
    return column.member().equals(settings.idField());
  }

  private void requireDistinct(List<Column> columns, boolean isComposite) {
    Set<String> seen = new HashSet<>();
    for (Column column : columns) {
      if (!seen.add(column.member())) {
        throw new Mismatch(
            "two columns of "
                + settings.name()
                + " are the member "
                + column.member()
                + ": name one of them otherwise with the setting columns, or another id field");
      }
    }
    if (isComposite && columns.stream().anyMatch(this::isIdField)) {
      throw new Mismatch(
          "the key of "
              + settings.name()
              + " has several columns, and one of the table's is the id field "
              + settings.idField()
              + ": name it otherwise with the setting columns, or name another id field");
    }
  }

  private List<Constraint> constraints(List<Catalog.Rule> rules, List<Column> columns) {
    return rules.stream()
        .map(rule ->
            new Constraint(
                rule.name(),
                columns.stream()
                    .filter(column -> rule.columns().contains(column.name()))
                    .map(Column::member)
                    .toList()))
        .toList();
  }

  private String quoted(Catalog.Place place) {
    String table = dialect.quote(place.table());
    String in = dialect == Dialect.MARIADB ? place.catalog() : place.schema();
    return in == null || in.isEmpty() ? table : dialect.quote(in) + "." + table;
  }
}
