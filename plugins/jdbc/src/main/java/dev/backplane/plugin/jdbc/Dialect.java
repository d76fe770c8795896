package dev.backplane.plugin.jdbc;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** In what databases differ. One that is none of these gets standard SQL and less of a filter. */
enum Dialect {
  POSTGRESQL,
  /** MySQL, too. */
  MARIADB,
  SQLITE,
  H2,
  STANDARD;

  /** How long a socket waits beyond the time after which the server gives up by itself. */
  private static final long SOCKET_MARGIN_MILLIS = 2_000;

  static Dialect of(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    if (lower.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    if (lower.startsWith("jdbc:mariadb:") || lower.startsWith("jdbc:mysql:")) {
      return MARIADB;
    }
    if (lower.startsWith("jdbc:sqlite:")) {
      return SQLITE;
    }
    return lower.startsWith("jdbc:h2:") ? H2 : STANDARD;
  }

  /**
   * Whether a pattern with several wildcards is matched in time that grows with the lengths; in H2,
   * with each wildcard by another factor. Of others nobody knows.
   */
  boolean triesPatternsOnce() {
    return switch (this) {
      case POSTGRESQL, MARIADB, SQLITE -> true;
      case H2, STANDARD -> false;
    };
  }

  /** What the driver is told of time limits and of transactions. */
  Properties properties(Duration timeout) {
    Properties properties = new Properties();
    long millis = timeout.toMillis();
    long socket = millis + SOCKET_MARGIN_MILLIS;
    switch (this) {
      case POSTGRESQL -> {
        properties.setProperty("connectTimeout", Long.toString(seconds(millis)));
        properties.setProperty("loginTimeout", Long.toString(seconds(millis)));
        properties.setProperty("socketTimeout", Long.toString(seconds(socket)));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "backplane");
      }
      case MARIADB -> {
        properties.setProperty("connectTimeout", Long.toString(millis));
        properties.setProperty("socketTimeout", Long.toString(socket));
      }
      case SQLITE -> {
        // a transaction writes: one that took the lock late would fail instead of waiting for it
        properties.setProperty("transaction_mode", "IMMEDIATE");
        properties.setProperty("busy_timeout", Long.toString(millis));
        properties.setProperty("foreign_keys", "true");
      }
      case H2 -> properties.setProperty("NETWORK_TIMEOUT", Long.toString(socket));
      case STANDARD -> {}
    }
    return properties;
  }

  private static long seconds(long millis) {
    return Math.max(1, (millis + 999) / 1000);
  }

  /** What each new connection is told, so that no statement lasts for ever or changes a value. */
  Optional<String> session(Duration timeout) {
    long millis = timeout.toMillis();
    return switch (this) {
      case POSTGRESQL -> Optional.of("SET statement_timeout = " + millis);
      case MARIADB ->
          Optional.of(
              "SET SESSION time_zone = '+00:00', "
                  + "sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), "
                  + "innodb_lock_wait_timeout = "
                  + seconds(millis)
                  // MySQL takes this for a comment
                  + " /*M! , max_statement_time = "
                  + (millis / 1000.0)
                  + " */");
      case H2 -> Optional.of("SET LOCK_TIMEOUT " + millis + "; SET QUERY_TIMEOUT " + millis);
      case SQLITE, STANDARD -> Optional.empty();
    };
  }

  /** Whether a statement needs a time limit of its own. */
  boolean needsQueryTimeout() {
    return this == STANDARD;
  }

  boolean hasIsolationLevels() {
    return this != SQLITE;
  }

  /** A name as SQL: whatever it holds, it is one name. */
  String quote(String name) {
    // in double quotes, SQLite takes a name that it does not know for a text
    return this == MARIADB || this == SQLITE
        ? '`' + name.replace("`", "``") + '`'
        : '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * A text as something that compares by code point, whatever the collation; empty where that is
   * not known.
   */
  Optional<String> byCodePoint(String text) {
    return switch (this) {
      case POSTGRESQL -> Optional.of(text + " COLLATE \"C\"");
      case MARIADB -> Optional.of("CAST(CONVERT(" + text + " USING utf8mb4) AS BINARY)");
      case SQLITE -> Optional.of(text + " COLLATE BINARY");
      case H2 -> Optional.of("STRINGTOUTF8(" + text + ")");
      case STANDARD -> Optional.empty();
    };
  }

  /** The type to cast to for the text of a value. */
  String textType() {
    return this == MARIADB ? "CHAR" : this == SQLITE ? "TEXT" : "VARCHAR";
  }

  /** Whether {@code =} finds a text alone, and none that is merely similar. */
  boolean equalsExactly() {
    return this == POSTGRESQL;
  }

  /** Whether the beginning of a text alone decides an order where it is long. */
  Optional<Integer> longestOrdered() {
    // max_sort_length is 1024 bytes, and a character has up to four
    return this == MARIADB ? Optional.of(255) : Optional.empty();
  }

  /** Holds rows until the end of the transaction; SQLite holds the whole database by itself. */
  String lock() {
    return this == SQLITE ? "" : " FOR UPDATE";
  }

  /** Whether a write answers with the row that it left. */
  boolean returns() {
    return this == POSTGRESQL || this == SQLITE;
  }

  /** Bounds a result that has an order; the number is a parameter. */
  String limit() {
    return this == STANDARD ? " OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY" : " LIMIT ?";
  }

  /** One key of an order: null first, and last in the reverse. */
  String order(String value, boolean descending, boolean nullable) {
    String direction = descending ? " DESC" : "";
    if (!nullable || this == MARIADB) {
      return value + direction;
    }
    return this == STANDARD
        ? "CASE WHEN " + value + " IS NULL THEN 0 ELSE 1 END" + direction + ", " + value + direction
        : value + direction + (descending ? " NULLS LAST" : " NULLS FIRST");
  }

  /** A parameter for a value of a column. */
  String parameter(Column column) {
    return this == H2 && column.typeName().equals("JSON") ? "? FORMAT JSON" : "?";
  }

  /** A column as it is read. */
  String selected(String quoted, Kind kind) {
    // of a FLOAT, the server shows six digits
    return this == MARIADB && kind == Kind.REAL ? "CAST(" + quoted + " AS DOUBLE)" : quoted;
  }

  /** Whether {@code DEFAULT} may stand for a value in an UPDATE. */
  boolean setsDefaults() {
    return this != SQLITE;
  }
}
