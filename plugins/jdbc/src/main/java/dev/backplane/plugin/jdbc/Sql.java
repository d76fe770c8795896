package dev.backplane.plugin.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * A statement and the values of its parameters. The text holds the names of the mapping and of the
 * database, and nothing of a client's.
 */
record Sql(String text, List<Bind> binds) {
  Sql {
    binds = List.copyOf(binds);
  }

  void bind(PreparedStatement statement, Dialect dialect) throws SQLException {
    int index = 1;
    for (Bind bind : binds) {
      bind.set(statement, index++, dialect);
    }
  }
}
