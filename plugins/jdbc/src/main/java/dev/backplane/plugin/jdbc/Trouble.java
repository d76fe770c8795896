package dev.backplane.plugin.jdbc;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/** What kind of trouble a database has with a statement, told by its codes. */
enum Trouble {
  /** A value that has to be unique is taken. */
  UNIQUE,
  /** What a row refers to is not there. */
  REFERENCE,
  /** Others refer to the row. */
  REFERRED,
  /** A value is missing. */
  MISSING,
  /** Another rule is broken. */
  RULE,
  /** A value is not one of its column's. */
  VALUE,
  /** Another transaction was in the way: the same may succeed later. */
  RETRY,
  /** It took too long. */
  TIMEOUT,
  /** All connections are busy. */
  BUSY,
  /** The connection is lost, or there never was one. */
  CONNECTION,
  /** The user may not do this, or is not who it says. */
  ACCESS,
  /** The table is not what it was. */
  SCHEMA,
  /** Something else. */
  OTHER;

  static Trouble of(SQLException failure, Dialect dialect) {
    if (failure instanceof SQLTransientConnectionException noConnection) {
      // of the pool: with a cause, connecting failed; without one, others have them all
      return noConnection.getCause() instanceof SQLException cause ? refused(cause, dialect) : BUSY;
    }
    Optional<Trouble> known =
        switch (dialect) {
          case MARIADB -> ofMariadb(failure.getErrorCode());
          case SQLITE -> Optional.of(ofSqlite(failure));
          case H2 -> ofH2(failure.getErrorCode());
          case POSTGRESQL, STANDARD -> Optional.empty();
        };
    return known.orElseGet(() -> ofState(failure));
  }

  private static Trouble refused(SQLException cause, Dialect dialect) {
    return of(cause, dialect) == ACCESS ? ACCESS : CONNECTION;
  }

  private static Trouble ofState(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state) {
      case "23505" -> UNIQUE;
      case "23503" -> REFERENCE;
      case "23502" -> MISSING;
      case "23513", "23514", "23P01", "428C9", "44000" -> RULE;
      case "40001", "40P01", "55P03" -> RETRY;
      case "57014", "HYT00", "HYT01" -> TIMEOUT;
      // 40003: nobody knows whether the statement was done, so it must not be done again
      case "40003", "57P01", "57P02", "57P03" -> CONNECTION;
      case "53300" -> BUSY;
      case "42501", "3D000" -> ACCESS;
      default -> ofClass(failure, state.length() < 2 ? "" : state.substring(0, 2));
    };
  }

  private static Trouble ofClass(SQLException failure, String kind) {
    return switch (kind) {
      case "08" -> CONNECTION;
      case "22" -> VALUE;
      case "23" -> RULE;
      case "28" -> ACCESS;
      case "40" -> RETRY;
      case "42" -> SCHEMA;
      default -> {
        if (failure instanceof SQLTimeoutException) {
          yield TIMEOUT;
        }
        if (failure instanceof SQLNonTransientConnectionException
            || failure instanceof SQLRecoverableException) {
          yield CONNECTION;
        }
        yield failure instanceof SQLIntegrityConstraintViolationException ? RULE : OTHER;
      }
    };
  }

  private static Optional<Trouble> ofMariadb(int code) {
    return switch (code) {
      case 1062, 1586 -> Optional.of(UNIQUE);
      case 1216, 1452 -> Optional.of(REFERENCE);
      case 1217, 1451 -> Optional.of(REFERRED);
      case 1048, 1364 -> Optional.of(MISSING);
      case 3819, 4025 -> Optional.of(RULE);
      case 1264, 1265, 1292, 1366, 1406, 3140, 4078 -> Optional.of(VALUE);
      case 1020, 1205, 1213 -> Optional.of(RETRY);
      case 1969, 3024 -> Optional.of(TIMEOUT);
      case 1040, 1203 -> Optional.of(BUSY);
      case 1044, 1045, 1142, 1143 -> Optional.of(ACCESS);
      case 1054, 1146 -> Optional.of(SCHEMA);
      default -> Optional.empty();
    };
  }

  private static Optional<Trouble> ofH2(int code) {
    return switch (code) {
      case 23506 -> Optional.of(REFERENCE);
      case 23503 -> Optional.of(REFERRED);
      case 40001, 50200, 90131 -> Optional.of(RETRY);
      case 90121, 90067, 90020 -> Optional.of(CONNECTION);
      default -> Optional.empty();
    };
  }

  /** Its driver has no states, and the finer codes only in the message. */
  private static Trouble ofSqlite(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure.getErrorCode() & 0xFF) {
      case 5, 6 -> RETRY;
      case 18, 20 -> VALUE;
      case 1 -> SCHEMA;
      case 3, 23 -> ACCESS;
      case 19 -> {
        if (message.contains("UNIQUE") || message.contains("PRIMARYKEY")) {
          yield UNIQUE;
        }
        if (message.contains("FOREIGNKEY")) {
          yield REFERENCE;
        }
        yield message.contains("NOTNULL") ? MISSING : RULE;
      }
      default -> OTHER;
    };
  }
}
