package dev.backplane.plugin.jdbc;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * The databases that the tests run against. Those that are embedded are always there; a server is
 * where an environment variable says, such as {@code BACKPLANE_TEST_POSTGRESQL_URL}. Without it its
 * tests are skipped, or fail where {@code BACKPLANE_TEST_DATABASES} is {@code required}.
 */
public enum TestDatabase {
  /** Embedded, in memory. */
  H2("varchar(5000)", "json"),
  /** Embedded, in a file. */
  SQLITE("text", "text"),
  /** A server. */
  POSTGRESQL("text", "json"),
  /** A server. */
  MARIADB("varchar(768) character set utf8mb4 collate utf8mb4_nopad_bin", "longtext");

  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final Map<TestDatabase, String> URLS = new ConcurrentHashMap<>();

  private final String text;
  private final String json;

  TestDatabase(String text, String json) {
    this.text = text;
    this.json = json;
  }

  /**
   * How to connect.
   *
   * @return the JDBC URL, with user and password where it takes them
   */
  public String url() {
    return URLS.computeIfAbsent(this, TestDatabase::find);
  }

  private static String find(TestDatabase database) {
    return switch (database) {
      case H2 -> "jdbc:h2:mem:backplane;DB_CLOSE_DELAY=-1";
      case SQLITE -> "jdbc:sqlite:" + file();
      case POSTGRESQL, MARIADB -> server(database);
    };
  }

  private static String server(TestDatabase database) {
    String variable = "BACKPLANE_TEST_" + database.name() + "_URL";
    String url = System.getenv(variable);
    if (url != null) {
      return url;
    }
    if ("required".equals(System.getenv("BACKPLANE_TEST_DATABASES"))) {
      throw new IllegalStateException(variable + " is not set, but its tests are required");
    }
    return Assumptions.abort("no " + database + ": set " + variable + " to its JDBC URL");
  }

  private static Path file() {
    try {
      Path file = Files.createTempFile("backplane", ".db");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException noFile) {
      throw new UncheckedIOException(noFile);
    }
  }

  /**
   * Makes a table for documents of any form, with the key {@code id}.
   *
   * @return its name
   */
  public String newDocuments() {
    return newDocuments("");
  }

  /**
   * Makes a table for documents of any form, some of whose members have columns of their own.
   *
   * @param columns the further columns, each with a comma behind it; {@code %s} is the type of
   *     texts
   * @return its name
   */
  public String newDocuments(String columns) {
    String own = columns.replace("%s", text);
    return newTable("id %s not null primary key, %sdoc %s".formatted(text, own, json));
  }

  /**
   * Makes a table for documents of any form, with a key that is a number.
   *
   * @param key the name of the key
   * @return the name of the table
   */
  public String newNumbered(String key) {
    return newTable("%s bigint not null primary key, doc %s".formatted(key, json));
  }

  /**
   * Makes a table.
   *
   * @param columns what stands between the parentheses of CREATE TABLE
   * @return its name, which no other table has
   */
  public String newTable(String columns) {
    String name = newName();
    execute("create table " + name + " (" + columns + ")");
    return name;
  }

  String newName() {
    return "on_"
        + name().toLowerCase(Locale.ROOT)
        + "_"
        + ProcessHandle.current().pid()
        + "_"
        + TABLES.incrementAndGet();
  }

  /** The type of a column of texts that compare by code point. */
  String text() {
    return text;
  }

  /** The type of a column that the rest of a document fits into. */
  String json() {
    return json;
  }

  /**
   * Runs statements as another program would.
   *
   * @param statements one after the other
   */
  public void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(String.join("; ", statements), failure);
    }
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (this == SQLITE) {
      properties.setProperty("busy_timeout", "10000");
    }
    return driver().connect(url(), properties);
  }

  private Driver driver() {
    return switch (Drivers.find(url(), TestDatabase.class.getClassLoader())) {
      case Drivers.Found.One one -> one.driver();
      case Drivers.Found.None none -> throw new IllegalStateException(none.sentence());
    };
  }

  /** The settings of a table. */
  JsonObject settings(String table) {
    return JsonObject.of("url", new JsonString(url())).with("table", new JsonString(table));
  }

  /** The settings of a table of documents. */
  JsonObject documents() {
    return settings(newDocuments()).with("rest", new JsonString("doc"));
  }

  /** A value that a statement gives, as text. */
  Optional<String> value(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }
}
