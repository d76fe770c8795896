package dev.backplane.plugin.jdbc;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What trouble with a database means for the client, in words of our own: the database's name
 * tables, columns and values. Those go into the log with the cause.
 */
record SqlFailures(String resource, Dialect dialect) {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcService.class);

  private static final Pattern POSTGRESQL_RULE = Pattern.compile("constraint \"([^\"]+)\"");
  private static final Pattern H2_COLUMNS =
      Pattern.compile("violation: \".*? ON [^(]+\\(([^)]*)\\)");
  private static final Pattern H2_ORDER = Pattern.compile("\"| NULLS (FIRST|LAST)| (ASC|DESC)");
  private static final Pattern H2_REFERENCE = Pattern.compile("violation: \"([^\":]+):");
  private static final Pattern MARIADB_UNIQUE = Pattern.compile("for key '(?:[^']*\\.)?([^'.]+)'");
  private static final Pattern MARIADB_REFERENCE = Pattern.compile("CONSTRAINT `([^`]+)`");
  private static final Pattern SQLITE_COLUMNS = Pattern.compile("failed: ([^()]+)\\)?$");
  private static final Pattern COLUMN = Pattern.compile("(?i:column|field) [\"'`]([^\"'`]+)[\"'`]");

  /** A failure of a call that knows the table. */
  StoreException of(SQLException failure, Optional<Table> table) {
    return switch (Trouble.of(failure, dialect)) {
      case UNIQUE -> unique(failure, table);
      case REFERENCE -> reference(failure, table);
      case REFERRED -> referred(failure);
      case MISSING -> invalid(column(failure, table), "is needed", failure);
      case RULE -> invalid(List.of(), "The item breaks a rule of the backend.", failure);
      case VALUE -> value(failure, table);
      case RETRY ->
          new StoreException(
              Reason.THROTTLED, "The item is being changed by others: try again.", failure);
      case TIMEOUT ->
          new StoreException(
              Reason.TIMEOUT, "The backend of this resource did not answer in time.", failure);
      case BUSY ->
          new StoreException(
              Reason.THROTTLED,
              "All connections to the backend of this resource are busy.",
              failure);
      case ACCESS -> access(failure);
      case SCHEMA -> schema(failure);
      case CONNECTION -> unavailable("The backend of this resource does not answer.", failure);
      case OTHER -> unavailable("The backend of this resource failed.", failure);
    };
  }

  /** The mapping does not fit: for the operator. */
  StoreException of(Mismatch mismatch) {
    LOG.error(
        "The mapping of \"{}\" does not fit its database: {}", resource, mismatch.getMessage());
    return unavailable("The mapping of this resource does not fit its backend.", mismatch);
  }

  private StoreException unique(SQLException failure, Optional<Table> table) {
    List<String> fields = uniqueFields(failure, table);
    String message =
        fields.isEmpty()
            ? "A value that has to be unique is taken."
            : names(fields)
                + (fields.size() == 1 ? " has a value" : " have values")
                + " that another item has already.";
    return new StoreException(Reason.CONFLICT, message, failure).about(fields);
  }

  /** The members that had to be unique; none where the database does not say. */
  List<String> uniqueFields(SQLException failure, Optional<Table> table) {
    String message = String.valueOf(failure.getMessage());
    Optional<String> name =
        switch (dialect) {
          case POSTGRESQL -> first(POSTGRESQL_RULE, message);
          case MARIADB -> last(MARIADB_UNIQUE, message);
          case H2, SQLITE, STANDARD -> Optional.empty();
        };
    if (dialect == Dialect.SQLITE) {
      return members(table, sqliteColumns(message));
    }
    if (dialect == Dialect.H2) {
      return members(table, h2Columns(message));
    }
    return table.map(known -> fields(known.uniques(), name)).orElse(List.of());
  }

  private StoreException reference(SQLException failure, Optional<Table> table) {
    String message = String.valueOf(failure.getMessage());
    Optional<String> name =
        switch (dialect) {
          case POSTGRESQL -> first(POSTGRESQL_RULE, message);
          case H2 -> first(H2_REFERENCE, message);
          case MARIADB -> first(MARIADB_REFERENCE, message);
          case SQLITE, STANDARD -> Optional.empty();
        };
    List<Constraint> rules = table.map(Table::references).orElse(List.of());
    List<String> fields = fields(rules, name);
    if (dialect == Dialect.POSTGRESQL && name.isPresent() && fields.isEmpty()) {
      return referred(failure); // a rule of another table
    }
    if (fields.isEmpty() && rules.isEmpty()) {
      return referred(failure);
    }
    if (fields.isEmpty() && rules.size() == 1) {
      fields = rules.get(0).members();
    }
    return invalid(fields, "refers to an item that does not exist", failure);
  }

  private static StoreException referred(SQLException failure) {
    return new StoreException(Reason.CONFLICT, "Other items refer to this one.", failure);
  }

  private StoreException value(SQLException failure, Optional<Table> table) {
    List<String> fields = column(failure, table);
    LOG.debug("A value for \"{}\" was refused: {}", resource, failure.getSQLState(), failure);
    return fields.isEmpty()
        ? new StoreException(
            Reason.INVALID,
            "The backend of this resource cannot hold a value of the item.",
            failure)
        : invalid(fields, "has a value that cannot be stored", failure);
  }

  private static StoreException invalid(List<String> fields, String what, SQLException failure) {
    String message = fields.isEmpty() ? sentence(what) : names(fields) + " " + what + ".";
    return new StoreException(Reason.INVALID, message, failure).about(fields);
  }

  private static String sentence(String what) {
    return Character.isUpperCase(what.charAt(0)) ? what : "A field of the item " + what + ".";
  }

  private static String names(List<String> fields) {
    return '"' + String.join("\" and \"", fields) + '"';
  }

  private static List<String> fields(List<Constraint> rules, Optional<String> name) {
    return name.flatMap(
            found -> rules.stream().filter(rule -> rule.name().equalsIgnoreCase(found)).findFirst())
        .map(Constraint::members)
        .orElse(List.of());
  }

  /** The member whose column a message names. */
  private List<String> column(SQLException failure, Optional<Table> table) {
    String message = String.valueOf(failure.getMessage());
    return dialect == Dialect.SQLITE
        ? members(table, sqliteColumns(message))
        : members(table, last(COLUMN, message).stream().toList());
  }

  /** {@code UNIQUE constraint failed: people.name, people.born}. */
  private static List<String> sqliteColumns(String message) {
    return first(SQLITE_COLUMNS, message).stream()
        .flatMap(list -> Arrays.stream(list.split(", ", -1)))
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .toList();
  }

  /** {@code … ON PUBLIC.PEOPLE(NAME NULLS FIRST, BORN NULLS FIRST) VALUES …}. */
  private static List<String> h2Columns(String message) {
    return first(H2_COLUMNS, message).stream()
        .flatMap(list -> Arrays.stream(list.split(", ", -1)))
        .map(name -> H2_ORDER.matcher(name).replaceAll(""))
        .toList();
  }

  private static List<String> members(Optional<Table> table, List<String> columns) {
    return table.stream()
        .flatMap(known -> known.columns().stream())
        .filter(column -> columns.stream().anyMatch(column.name()::equalsIgnoreCase))
        .map(Column::member)
        .toList();
  }

  private static Optional<String> first(Pattern pattern, String message) {
    Matcher matcher = pattern.matcher(message);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Where values stand before what the database says of them, they may look like it. */
  private static Optional<String> last(Pattern pattern, String message) {
    Matcher matcher = pattern.matcher(message);
    Optional<String> found = Optional.empty();
    while (matcher.find()) {
      found = Optional.of(matcher.group(1));
    }
    return found;
  }

  private StoreException access(SQLException failure) {
    LOG.error("The user may not do this with the table of \"{}\"", resource);
    return unavailable("The gateway has no access to the backend of this resource.", failure);
  }

  private StoreException schema(SQLException failure) {
    LOG.error("The table of \"{}\" is not what it was", resource);
    return unavailable("The mapping of this resource does not fit its backend.", failure);
  }

  private static StoreException unavailable(String message, Throwable failure) {
    return new StoreException(Reason.UNAVAILABLE, message, failure);
  }
}
