package dev.backplane.plugin.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The statements about one table. Any thread. */
record Statements(Table table, Dialect dialect) {
  private static final int LARGEST_FIRST = 1 << 30;
  private static final long MICROS_A_MILLI = 1_000;

  Sql select(Condition condition) {
    return new Sql(
        "SELECT " + table.selectList(dialect) + " FROM " + table.name() + where(condition),
        condition.binds());
  }

  /** Finds no row, which a database knows without looking for one. */
  Sql nothing() {
    return new Sql(
        "SELECT " + table.selectList(dialect) + " FROM " + table.name() + " WHERE 1 = 0",
        List.of());
  }

  /** In the order of the keys, so that those who hold several do not wait for each other. */
  Sql selectForUpdate(Condition condition) {
    Sql select = select(condition);
    String order =
        table.keys().columns().stream()
            .map(column -> dialect.quote(column.name()))
            .collect(Collectors.joining(", "));
    return new Sql(select.text() + " ORDER BY " + order + dialect.lock(), select.binds());
  }

  /** The same write, answered with the row that it leaves. */
  Sql returning(Sql write) {
    return new Sql(write.text() + " RETURNING " + table.selectList(dialect), write.binds());
  }

  /** A page, with one row more to see whether there is a next one. */
  Sql page(Condition condition, List<SortKey> keys, int limit) {
    Sql select = select(condition);
    String order = keys.stream().map(key -> key.order(dialect)).collect(Collectors.joining(", "));
    List<Bind> binds = new ArrayList<>(select.binds());
    binds.add(Bind.of(Kind.INTEGER, (long) limit + 1));
    return new Sql(select.text() + " ORDER BY " + order + dialect.limit(), binds);
  }

  Sql count(Condition condition) {
    return new Sql("SELECT COUNT(*) FROM " + table.name() + where(condition), condition.binds());
  }

  private static String where(Condition condition) {
    return condition.equals(Condition.ALWAYS) ? "" : " WHERE " + condition.text();
  }

  /** A new row; what has no value here gets the column's default. */
  Sql insert(Map<Column, Bind> key, WrittenRow row) {
    for (Column column : table.columns()) {
      boolean given = row.given().containsKey(column) || table.isKey(column);
      if (!given && !column.isComputed() && !column.mayBeLeftOut()) {
        throw Refusals.invalid(column.member(), "is needed");
      }
    }
    List<String> names = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    List<Bind> binds = new ArrayList<>();
    key.forEach((column, bind) -> add(names, parameters, binds, column, bind));
    row.given().forEach((column, bind) -> add(names, parameters, binds, column, bind));
    rest(row).ifPresent(bind -> add(names, parameters, binds, table.rest().orElseThrow(), bind));
    table.version().ifPresent(column -> add(names, parameters, binds, column, first(column)));
    String values =
        names.isEmpty()
            ? (dialect == Dialect.MARIADB ? " () VALUES ()" : " DEFAULT VALUES")
            : " (" + String.join(", ", names) + ") VALUES (" + String.join(", ", parameters) + ")";
    return new Sql("INSERT INTO " + table.name() + values, binds);
  }

  private void add(
      List<String> names, List<String> parameters, List<Bind> binds, Column column, Bind bind) {
    names.add(dialect.quote(column.name()));
    parameters.add(dialect.parameter(column));
    binds.add(bind);
  }

  private Optional<Bind> rest(WrittenRow row) {
    return table.rest().flatMap(column -> row.rest().map(text -> Bind.of(column, text)));
  }

  /**
   * A row replaced whole: what has no value here is set to null, or to its default where it cannot
   * be null. Empty where there is nothing to set.
   */
  Optional<Sql> update(Condition key, WrittenRow row) {
    List<String> sets = new ArrayList<>();
    List<Bind> binds = new ArrayList<>();
    for (Column column : table.columns()) {
      if (!table.isKey(column) && !column.isComputed()) {
        Optional<Bind> given = Optional.ofNullable(row.given().get(column));
        sets.add(dialect.quote(column.name()) + " = " + value(column, given));
        given.ifPresent(binds::add);
      }
    }
    rest(row)
        .ifPresent(bind -> {
          Column column = table.rest().orElseThrow();
          sets.add(dialect.quote(column.name()) + " = " + dialect.parameter(column));
          binds.add(bind);
        });
    table.version().ifPresent(column -> sets.add(next(column, binds)));
    if (sets.isEmpty()) {
      return Optional.empty();
    }
    binds.addAll(key.binds());
    return Optional.of(
        new Sql("UPDATE " + table.name() + " SET " + String.join(", ", sets) + where(key), binds));
  }

  private String value(Column column, Optional<Bind> given) {
    if (given.isPresent()) {
      return dialect.parameter(column);
    }
    if (column.nullable()) {
      return "NULL";
    }
    if (column.fallback().isEmpty() && !column.isGenerated()) {
      throw Refusals.invalid(column.member(), "is needed");
    }
    // the text of a default is the schema's
    return dialect.setsDefaults() ? "DEFAULT" : "(" + column.fallback().orElse("NULL") + ")";
  }

  Sql delete(Condition key) {
    return new Sql("DELETE FROM " + table.name() + where(key), key.binds());
  }

  /** A version that an earlier row of the same key hardly had. */
  private static Bind first(Column column) {
    return switch (column.kind()) {
      case INTEGER ->
          Bind.of(
              column,
              column.size() == 64
                  ? System.currentTimeMillis() * MICROS_A_MILLI
                      + ThreadLocalRandom.current().nextLong(MICROS_A_MILLI)
                  : ThreadLocalRandom.current().nextLong(1, LARGEST_FIRST));
      case UUID -> Bind.of(column, UUID.randomUUID());
      default -> Bind.of(column, UUID.randomUUID().toString());
    };
  }

  private String next(Column column, List<Bind> binds) {
    String name = dialect.quote(column.name());
    if (column.kind() == Kind.INTEGER) {
      return name + " = COALESCE(" + name + ", 0) + 1";
    }
    binds.add(first(column));
    return name + " = ?";
  }
}
