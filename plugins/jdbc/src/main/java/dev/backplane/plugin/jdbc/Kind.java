package dev.backplane.plugin.jdbc;

import java.sql.Types;
import java.util.Locale;
import java.util.Set;

/** What a column holds, and so what kind of JSON value it is. */
enum Kind {
  /** true or false. */
  BOOLEAN,
  /** A number without a fraction. */
  INTEGER,
  /** A number, exact. */
  DECIMAL,
  /** A binary number of 64 bits. */
  DOUBLE,
  /** A binary number of 32 bits. */
  REAL,
  /** A string. */
  TEXT,
  /** A string that the database fills up with blanks. */
  CHAR,
  /** A string, {@code 2026-01-31}. */
  DATE,
  /** A string, {@code 10:15:30}. */
  TIME,
  /** A string, {@code 2026-01-31T10:15:30}, of no zone. */
  TIMESTAMP,
  /** A string, {@code 2026-01-31T10:15:30Z}. */
  INSTANT,
  /** A string. */
  UUID,
  /** Any JSON value. */
  JSON,
  /** A string, base64. */
  BYTES,
  /** A JSON array. */
  ARRAY,
  /** A string of a type that the schema made, such as an enum. */
  LABEL,
  /** A string, in the database's own form. */
  OTHER;

  private static final Set<String> TEXTS =
      Set.of("text", "varchar", "bpchar", "char", "character varying", "character", "name");

  /** What a column of this type holds, as a driver describes it. */
  static Kind of(Dialect dialect, int type, String typeName, int size) {
    String name = typeName.toLowerCase(Locale.ROOT);
    if (dialect == Dialect.SQLITE) {
      return ofSqlite(name);
    }
    if (name.equals("uuid")) {
      return UUID;
    }
    if (name.equals("json") || name.equals("jsonb")) {
      return JSON;
    }
    if (dialect == Dialect.POSTGRESQL) {
      return ofPostgresql(type, name);
    }
    return dialect == Dialect.MARIADB ? ofMariadb(type, name, size) : of(type);
  }

  private static Kind ofMariadb(int type, String name, int size) {
    if (name.startsWith("timestamp")) {
      return INSTANT; // which DATETIME is not
    }
    if (name.startsWith("time")) {
      return OTHER; // up to 838 hours, before and after
    }
    if (name.startsWith("year")) {
      return INTEGER;
    }
    if (name.startsWith("enum") || name.startsWith("set")) {
      return TEXT;
    }
    return type == Types.BIT && size > 1 ? BYTES : of(type);
  }

  private static Kind ofPostgresql(int type, String name) {
    return switch (name) {
      case "timestamptz" -> INSTANT;
      case "timetz", "money", "bit", "varbit" -> OTHER;
      case "bool" -> BOOLEAN;
      case "bpchar" -> CHAR;
      default -> {
        Kind kind = of(type);
        // an enum calls itself a VARCHAR, but compares in the order of its declaration
        yield kind == TEXT && !TEXTS.contains(name) ? LABEL : kind;
      }
    };
  }

  /** SQLite has types of values, and of columns what they prefer. */
  private static Kind ofSqlite(String name) {
    if (name.startsWith("json")) {
      return JSON;
    }
    if (name.startsWith("bool")) {
      return BOOLEAN;
    }
    if (name.contains("int")) {
      return INTEGER;
    }
    if (name.contains("blob")) {
      return BYTES;
    }
    if (name.contains("real") || name.contains("floa") || name.contains("doub")) {
      return DOUBLE;
    }
    if (name.startsWith("dec") || name.startsWith("num")) {
      return DECIMAL;
    }
    boolean text = keepsTexts(name) || name.startsWith("date") || name.startsWith("time");
    return text || name.startsWith("uuid") ? TEXT : OTHER;
  }

  private static Kind of(int type) {
    return switch (type) {
      case Types.BIT, Types.BOOLEAN -> BOOLEAN;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
      case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
      case Types.DOUBLE, Types.FLOAT -> DOUBLE;
      case Types.REAL -> REAL;
      case Types.CHAR, Types.NCHAR -> CHAR;
      case Types.VARCHAR,
          Types.NVARCHAR,
          Types.LONGVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB ->
          TEXT;
      case Types.DATE -> DATE;
      case Types.TIME -> TIME;
      case Types.TIMESTAMP -> TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> INSTANT;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
      case Types.ARRAY -> ARRAY;
      default -> OTHER;
    };
  }

  /** Whether SQLite leaves a text in a column of this type as it is, also where it is digits. */
  static boolean keepsTexts(String typeName) {
    String name = typeName.toLowerCase(Locale.ROOT);
    return name.contains("char") || name.contains("clob") || name.contains("text");
  }

  boolean isTime() {
    return this == DATE || this == TIME || this == TIMESTAMP || this == INSTANT;
  }
}
