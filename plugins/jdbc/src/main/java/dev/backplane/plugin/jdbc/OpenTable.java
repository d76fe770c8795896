package dev.backplane.plugin.jdbc;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A table whose columns are known: what is read of it. Safe for use by many threads. */
final class OpenTable {
  /** Fewer than any database takes as parameters of one statement. */
  private static final int MOST_KEYS = 500;

  private final Table table;
  private final Database database;
  private final Statements statements;
  private final Equality equality;
  private final RowReader reader;
  private final ValueWriter values;
  private final FilterSql filters;
  private final Ordering ordering;
  private final Cursors cursors;

  OpenTable(Table table, Database database, JsonCodec json) {
    Dialect dialect = database.dialect();
    this.table = table;
    this.database = database;
    this.statements = new Statements(table, dialect);
    this.equality = new Equality(dialect);
    this.reader = new RowReader(table, dialect, json);
    this.values = new ValueWriter(dialect, json);
    this.filters = new FilterSql(new Comparisons(table, dialect));
    this.ordering = new Ordering(table, dialect);
    this.cursors = new Cursors(json, values);
  }

  Table table() {
    return table;
  }

  Statements statements() {
    return statements;
  }

  Equality equality() {
    return equality;
  }

  RowReader reader() {
    return reader;
  }

  ValueWriter values() {
    return values;
  }

  /** Whether the table can be read, without reading of it; for {@link TableAccess#call}. */
  boolean check() throws SQLException {
    Sql nothing = statements.nothing();
    return database.read(connection -> items(connection, nothing)).isEmpty();
  }

  Optional<Item> get(String id) throws SQLException {
    Optional<Keys.Key> key = table.keys().parse(id);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Sql select = statements.select(equality.key(table.keys(), key.get()));
    return database.read(connection -> items(connection, select)).stream()
        .filter(item -> item.id().equals(id))
        .findFirst();
  }

  /** The items of these keys, by id; a connection may be in the middle of a transaction. */
  Map<String, Item> get(Connection connection, Collection<Keys.Key> keys, boolean forUpdate)
      throws SQLException {
    Map<String, Item> items = new LinkedHashMap<>();
    List<Keys.Key> left = List.copyOf(keys);
    for (int from = 0; from < left.size(); from += MOST_KEYS) {
      List<Keys.Key> some = left.subList(from, Math.min(left.size(), from + MOST_KEYS));
      Condition condition = equality.anyKey(table.keys(), some);
      Sql select = forUpdate ? statements.selectForUpdate(condition) : statements.select(condition);
      for (Item item : items(connection, select)) {
        items.put(item.id(), item);
      }
    }
    items.keySet().retainAll(keys.stream().map(Keys.Key::id).toList());
    return items;
  }

  List<Item> getAll(Collection<String> ids) throws SQLException {
    List<Keys.Key> keys = ids.stream().flatMap(id -> table.keys().parse(id).stream()).toList();
    return keys.isEmpty()
        ? List.of()
        : List.copyOf(database.read(connection -> get(connection, keys, false)).values());
  }

  private List<Item> items(Connection connection, Sql select) throws SQLException {
    return database.query(connection, select, reader::read).stream()
        .flatMap(row -> row.item().stream())
        .toList();
  }

  Page list(Query query) throws SQLException {
    List<SortKey> keys = ordering.keys(query.order());
    Condition filter = filters.of(query.filter());
    List<Condition> conditions = new ArrayList<>(List.of(filter));
    query.cursor().ifPresent(cursor -> conditions.addAll(behind(keys, cursors.read(keys, cursor))));
    Sql page = statements.page(withKey(conditions), keys, query.limit());
    List<RowReader.Row> rows =
        database.read(connection -> database.query(connection, page, reader::read));
    boolean isLast = rows.size() <= query.limit();
    List<RowReader.Row> shown = isLast ? rows : rows.subList(0, query.limit());
    Optional<String> next =
        isLast ? Optional.empty() : Optional.of(cursors.write(keys, shown.get(shown.size() - 1)));
    List<Item> items = shown.stream().flatMap(row -> row.item().stream()).toList();
    return new Page(items, next, work(filter));
  }

  private static Page.Work work(Condition filter) {
    Filtering filtering =
        filter.isExact()
            ? Filtering.ALL
            : filter.text().equals(Condition.ALWAYS.text()) ? Filtering.NONE : Filtering.PART;
    return new Page.Work(filtering, OptionalLong.empty(), Map.of());
  }

  /** Rows that come after those with these values, in the order of the keys. */
  private static List<Condition> behind(List<SortKey> keys, List<Optional<Bind>> marks) {
    List<Condition> ways = new ArrayList<>();
    List<Condition> equal = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      List<Condition> way = new ArrayList<>(equal);
      way.add(keys.get(i).behind(marks.get(i)));
      ways.add(Condition.all(way));
      equal.add(keys.get(i).at(marks.get(i)));
    }
    List<Condition> conditions = new ArrayList<>();
    if (keys.size() > 1) {
      keys.get(0).from(marks.get(0)).ifPresent(conditions::add);
    }
    conditions.add(Condition.any(ways));
    return conditions;
  }

  /** Of a view, a row whose key is null is no item. */
  private Condition withKey(List<Condition> conditions) {
    List<Condition> all = new ArrayList<>(conditions);
    all.removeIf(condition -> condition.text().equals(Condition.ALWAYS.text()));
    for (Column column : table.keys().columns()) {
      if (column.nullable()) {
        String name = database.dialect().quote(column.name());
        all.add(Condition.of(name + " IS NOT NULL"));
      }
    }
    return Condition.all(all);
  }

  OptionalLong count(Filter filter) throws SQLException {
    Condition condition = filters.of(filter);
    if (!condition.isExact()) {
      return OptionalLong.empty();
    }
    Sql count = statements.count(withKey(List.of(condition)));
    List<Long> counted =
        database.read(connection -> database.query(connection, count, row -> row.getLong(1)));
    return OptionalLong.of(counted.get(0));
  }
}
