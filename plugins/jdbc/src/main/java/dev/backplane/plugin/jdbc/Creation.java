package dev.backplane.plugin.jdbc;

import dev.backplane.spi.Item;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Inserts a row without a look at what is there. For one request on one thread. */
record Creation(OpenTable open, Database database) {

  /** The item as it is stored, whose key the database may have chosen. */
  Item insert(Changes.New row) throws SQLException {
    Sql insert = open.statements().insert(row.key(), row.row());
    Optional<Item> item =
        database.dialect().returns()
            ? database.write(connection -> returned(connection, insert))
            : database.transact(connection -> read(connection, insert, row));
    return item.orElseThrow(Creation::vanished);
  }

  private Optional<Item> returned(Connection connection, Sql insert) throws SQLException {
    Sql returning = open.statements().returning(insert);
    return first(database.query(connection, returning, open.reader()::read).stream());
  }

  private Optional<Item> read(Connection connection, Sql insert, Changes.New row)
      throws SQLException {
    List<Bind> key = key(connection, insert, row);
    Condition same = open.equality().key(open.table().keys(), new Keys.Key("", key));
    Sql select = open.statements().select(same);
    return first(database.query(connection, select, open.reader()::read).stream());
  }

  private static Optional<Item> first(Stream<RowReader.Row> rows) {
    return rows.flatMap(row -> row.item().stream()).findFirst();
  }

  private List<Bind> key(Connection connection, Sql insert, Changes.New row) throws SQLException {
    Map<Column, Bind> key = new LinkedHashMap<>(row.key());
    if (row.generated().isEmpty()) {
      database.update(connection, insert);
    } else {
      List<String> names = row.generated().stream().map(Column::name).toList();
      List<Object> values = database.insert(connection, insert, names);
      for (int i = 0; i < values.size(); i++) {
        Column column = row.generated().get(i);
        key.put(column, Bind.of(column, ((Number) values.get(i)).longValue()));
      }
    }
    List<Bind> binds = new ArrayList<>();
    for (Column column : open.table().keys().columns()) {
      Optional.ofNullable(key.get(column)).ifPresent(binds::add);
    }
    if (binds.size() < open.table().keys().columns().size()) {
      throw vanished();
    }
    return binds;
  }

  private static StoreException vanished() {
    return new StoreException(
        Reason.UNAVAILABLE, "The backend of this resource did not tell what it stored.");
  }
}
