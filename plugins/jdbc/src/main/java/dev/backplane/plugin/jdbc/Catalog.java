package dev.backplane.plugin.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a database what one of its tables is like. For one connection on one thread. */
final class Catalog {
  /** Of a time with digits after the second, and the point before them. */
  private static final int MARIADB_TIME_LENGTH = 20;

  private static final Pattern JSON_CHECK = Pattern.compile("json_valid\\(`(.+)`\\)");

  private final Connection connection;
  private final DatabaseMetaData meta;
  private final Dialect dialect;

  Catalog(Connection connection, Dialect dialect) throws SQLException {
    this.connection = connection;
    this.meta = connection.getMetaData();
    this.dialect = dialect;
  }

  /** Where a table is: as much of its name as the database gave. */
  record Place(@Nullable String catalog, @Nullable String schema, String table, boolean isView) {}

  /** A rule of the database, by the columns that it is about. */
  record Rule(String name, List<String> columns, boolean isOfItself) {
    Rule {
      columns = List.copyOf(columns);
    }
  }

  boolean foldsToUpperCase() throws SQLException {
    return meta.storesUpperCaseIdentifiers();
  }

  Optional<Place> find(Optional<String> schema, String name) throws SQLException {
    for (String table : spellings(name)) {
      for (String place : schema.map(Catalog::spellings).orElse(List.of(""))) {
        Optional<Place> found = exactly(place, table);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> spellings(String name) {
    return List.copyOf(
        new LinkedHashSet<>(
            List.of(name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))));
  }

  private Optional<Place> exactly(String schema, String table) throws SQLException {
    boolean inCatalog = dialect == Dialect.MARIADB;
    String given = schema.isEmpty() ? null : schema;
    String catalog = inCatalog && given != null ? given : connection.getCatalog();
    String in = inCatalog ? null : given == null ? connection.getSchema() : given;
    try (ResultSet tables = meta.getTables(catalog, pattern(in), pattern(table), null)) {
      while (tables.next()) {
        String type = tables.getString("TABLE_TYPE");
        boolean isView = type != null && type.contains("VIEW");
        if (table.equals(tables.getString("TABLE_NAME"))
            && (isView || type == null || type.contains("TABLE"))) {
          return Optional.of(
              new Place(
                  tables.getString("TABLE_CAT"), tables.getString("TABLE_SCHEM"), table, isView));
        }
      }
    }
    return Optional.empty();
  }

  /** A name that is one, where a pattern is wanted. */
  private @Nullable String pattern(@Nullable String name) throws SQLException {
    String escape = meta.getSearchStringEscape();
    if (name == null || escape == null || escape.isEmpty()) {
      return name;
    }
    return name.replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }

  List<Column> columns(Place place) throws SQLException {
    Set<String> json = jsonColumns(place);
    List<String> primary = primaryKey(place);
    Map<Integer, Column> columns = new TreeMap<>();
    try (ResultSet rows =
        meta.getColumns(place.catalog(), pattern(place.schema()), pattern(place.table()), null)) {
      while (rows.next()) {
        if (place.table().equals(rows.getString("TABLE_NAME"))) {
          Column column = column(rows, primary);
          boolean isJson = json.contains(column.name());
          columns.put(rows.getInt("ORDINAL_POSITION"), isJson ? column.as(Kind.JSON) : column);
        }
      }
    }
    return List.copyOf(columns.values());
  }

  private Column column(ResultSet row, List<String> primary) throws SQLException {
    String name = row.getString("COLUMN_NAME");
    int type = row.getInt("DATA_TYPE");
    if (type == Types.DISTINCT && row.getInt("SOURCE_DATA_TYPE") != 0) {
      type = row.getInt("SOURCE_DATA_TYPE");
    }
    String typeName = Optional.ofNullable(row.getString("TYPE_NAME")).orElse("");
    int size = row.getInt("COLUMN_SIZE");
    Kind kind = Kind.of(dialect, type, typeName, size);
    // a SQLite column of exactly this type, alone as key, is the number of the row
    boolean rowNumber =
        dialect == Dialect.SQLITE
            && typeName.equalsIgnoreCase("INTEGER")
            && primary.equals(List.of(name));
    boolean generated = rowNumber || "YES".equals(row.getString("IS_AUTOINCREMENT"));
    boolean computed = !generated && "YES".equals(row.getString("IS_GENERATEDCOLUMN"));
    return new Column(
        name,
        name,
        kind,
        typeName,
        size(kind, type, typeName, size),
        // of a time, MariaDB's driver tells its length alone
        dialect == Dialect.MARIADB && kind.isTime()
            ? Math.max(0, size - MARIADB_TIME_LENGTH)
            : row.getInt("DECIMAL_DIGITS"),
        dialect == Dialect.POSTGRESQL,
        row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
        computed
            ? Column.Origin.COMPUTED
            : generated ? Column.Origin.GENERATED : Column.Origin.WRITER,
        Optional.ofNullable(row.getString("COLUMN_DEF"))
            .filter(text -> !text.equalsIgnoreCase("NULL") && !text.isBlank()));
  }

  /** Of a whole number, its bits; of a text, its characters; 0 where the database has to tell. */
  private int size(Kind kind, int type, String typeName, int size) {
    if (dialect == Dialect.SQLITE) {
      return kind == Kind.INTEGER ? Long.SIZE : 0;
    }
    if (kind == Kind.INTEGER) {
      boolean signed = !typeName.toLowerCase(Locale.ROOT).contains("unsigned");
      return switch (type) {
        case Types.SMALLINT -> signed ? 16 : 0;
        case Types.INTEGER -> signed ? 32 : 0;
        case Types.BIGINT -> signed ? 64 : 0;
        default -> 0;
      };
    }
    return size == Integer.MAX_VALUE ? 0 : size;
  }

  List<String> primaryKey(Place place) throws SQLException {
    Map<Integer, String> columns = new TreeMap<>();
    try (ResultSet rows = meta.getPrimaryKeys(place.catalog(), place.schema(), place.table())) {
      while (rows.next()) {
        columns.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(columns.values());
  }

  List<Rule> uniques(Place place) throws SQLException {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    try (ResultSet rows =
        meta.getIndexInfo(place.catalog(), place.schema(), place.table(), true, true)) {
      while (rows.next()) {
        String name = rows.getString("INDEX_NAME");
        String column = rows.getString("COLUMN_NAME");
        if (name != null && column != null) {
          columns.computeIfAbsent(name, none -> new ArrayList<>()).add(column);
        }
      }
    }
    return columns.entrySet().stream()
        .map(each -> new Rule(each.getKey(), each.getValue(), false))
        .toList();
  }

  List<Rule> references(Place place) throws SQLException {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    Set<String> ofItself = new HashSet<>();
    try (ResultSet rows = meta.getImportedKeys(place.catalog(), place.schema(), place.table())) {
      while (rows.next()) {
        String name = Optional.ofNullable(rows.getString("FK_NAME")).orElse("");
        columns
            .computeIfAbsent(name, none -> new ArrayList<>())
            .add(rows.getString("FKCOLUMN_NAME"));
        if (place.table().equals(rows.getString("PKTABLE_NAME"))) {
          ofItself.add(name);
        }
      }
    }
    return columns.entrySet().stream()
        .map(each -> new Rule(each.getKey(), each.getValue(), ofItself.contains(each.getKey())))
        .toList();
  }

  /** MariaDB's JSON is a LONGTEXT with a check. */
  private Set<String> jsonColumns(Place place) throws SQLException {
    Set<String> columns = new HashSet<>();
    if (!meta.getDatabaseProductName().equals("MariaDB")) {
      return columns;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS"
                + " WHERE CONSTRAINT_SCHEMA = ? AND TABLE_NAME = ?")) {
      statement.setString(1, place.catalog());
      statement.setString(2, place.table());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Matcher check = JSON_CHECK.matcher(rows.getString(1));
          if (check.matches()) {
            columns.add(check.group(1));
          }
        }
      }
    }
    return columns;
  }
}
