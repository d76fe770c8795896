package dev.backplane.plugin.jdbc;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * A value for a parameter of a statement. Whatever a client sends gets into a statement as one of
 * these, and never as text.
 *
 * @param kind of the column that it is for or compared with
 * @param typeName what the database calls that column's type
 * @param value the value in the Java type of the kind; empty: null
 */
record Bind(Kind kind, String typeName, Optional<Object> value) {

  static Bind of(Kind kind, Object value) {
    return new Bind(kind, "", Optional.of(value));
  }

  static Bind of(Column column, Object value) {
    return new Bind(column.kind(), column.typeName(), Optional.of(value));
  }

  static Bind nothing(Column column) {
    return new Bind(column.kind(), column.typeName(), Optional.empty());
  }

  void set(PreparedStatement statement, int index, Dialect dialect) throws SQLException {
    if (value.isEmpty()) {
      setNull(statement, index, dialect);
      return;
    }
    Object given = value.get();
    switch (kind) {
      case INTEGER, DECIMAL, DOUBLE, REAL -> setNumber(statement, index, dialect, given);
      case TEXT, CHAR -> statement.setString(index, (String) given);
      case JSON, LABEL, OTHER -> {
        if (dialect == Dialect.POSTGRESQL) {
          statement.setObject(index, given, Types.OTHER); // the server takes the column's type
        } else {
          statement.setString(index, (String) given);
        }
      }
      case UUID -> {
        if (dialect == Dialect.POSTGRESQL || dialect == Dialect.H2) {
          statement.setObject(index, given);
        } else {
          statement.setString(index, given.toString());
        }
      }
      case BYTES -> statement.setBytes(index, (byte[]) given);
      case ARRAY -> statement.setArray(index, array(statement, dialect, (List<?>) given));
      case INSTANT -> statement.setObject(index, instant(dialect, (OffsetDateTime) given));
      case BOOLEAN, DATE, TIME, TIMESTAMP -> statement.setObject(index, given);
    }
  }

  /** A session with MariaDB is in UTC, where its instants have no zone. */
  private static Object instant(Dialect dialect, OffsetDateTime time) {
    return dialect == Dialect.MARIADB
        ? time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
        : time;
  }

  private static void setNumber(
      PreparedStatement statement, int index, Dialect dialect, Object number) throws SQLException {
    switch (number) {
      case Long whole -> statement.setLong(index, whole);
      case Double binary -> statement.setDouble(index, binary);
      case Float binary -> statement.setFloat(index, binary);
      case BigDecimal exact when dialect == Dialect.SQLITE ->
          statement.setDouble(index, exact.doubleValue()); // as a text, it would be one
      default -> statement.setBigDecimal(index, (BigDecimal) number);
    }
  }

  private void setNull(PreparedStatement statement, int index, Dialect dialect)
      throws SQLException {
    // PostgreSQL takes NULL of a type that it knows only for that type
    statement.setNull(index, dialect == Dialect.STANDARD ? Types.VARCHAR : Types.NULL);
  }

  private java.sql.Array array(PreparedStatement statement, Dialect dialect, List<?> elements)
      throws SQLException {
    String element =
        dialect == Dialect.POSTGRESQL
            ? typeName.substring(typeName.startsWith("_") ? 1 : 0)
            : "VARCHAR";
    return statement.getConnection().createArrayOf(element, elements.toArray());
  }
}
