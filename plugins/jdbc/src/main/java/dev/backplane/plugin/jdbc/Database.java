package dev.backplane.plugin.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database and its pool of connections, which is made at the first call and ends with the last
 * resource that uses it. Safe for use by many threads.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcService.class);
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final long FIRST_PAUSE_MILLIS = 2;
  private static final int MOST_DOUBLINGS = 6;

  private final ConnectionSettings settings;
  private final Driver driver;
  private final Dialect dialect;
  private volatile Optional<HikariDataSource> pool = Optional.empty();
  private boolean closed;

  Database(ConnectionSettings settings, Driver driver) {
    this.settings = settings;
    this.driver = driver;
    this.dialect = Dialect.of(settings.url());
  }

  Dialect dialect() {
    return dialect;
  }

  /** What is done with a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** What is read of a row. */
  interface Mapper<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Reads, by itself. Tried once more where the connection turns out to be dead. */
  <T> T read(Work<T> work) throws SQLException {
    try (Connection connection = pool().getConnection()) {
      return work.on(connection);
    } catch (SQLException failure) {
      boolean none = failure instanceof SQLTransientConnectionException;
      if (none || Trouble.of(failure, dialect) != Trouble.CONNECTION) {
        throw failure;
      }
    }
    try (Connection connection = pool().getConnection()) {
      return work.on(connection);
    }
  }

  /** Writes by one statement. Tried again as a transaction is. */
  <T> T write(Work<T> work) throws SQLException {
    return repeat(() -> {
      try (Connection connection = pool().getConnection()) {
        return work.on(connection);
      }
    });
  }

  /** What may be tried again. */
  private interface Attempt<T> {
    T run() throws SQLException;
  }

  /** Reads and writes as one. Tried again where others were in the way, until time is up. */
  <T> T transact(Work<T> work) throws SQLException {
    return repeat(() -> once(work));
  }

  private <T> T repeat(Attempt<T> work) throws SQLException {
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    for (int attempt = 0; ; attempt++) {
      try {
        return work.run();
      } catch (SQLException failure) {
        boolean again = Trouble.of(failure, dialect) == Trouble.RETRY;
        if (!again || System.nanoTime() - deadline > 0) {
          throw failure;
        }
        pause(attempt, failure);
      }
    }
  }

  private <T> T once(Work<T> work) throws SQLException {
    Connection connection = pool().getConnection();
    T result;
    try {
      connection.setAutoCommit(false);
      result = work.on(connection);
      connection.commit();
    } catch (Throwable failure) { // of whatever kind, the connection goes back without a rest
      rollback(connection, failure);
      giveBack(connection);
      throw failure;
    }
    giveBack(connection);
    return result;
  }

  /** The pool sets the connection back; one that is found dead then changes nothing of the rest. */
  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException dead) {
      LOG.debug("A connection broke after its work", dead);
    }
  }

  private static void rollback(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException dead) {
      failure.addSuppressed(dead);
    }
  }

  /** For a random time, so that those who met do not meet again. */
  private static void pause(int attempt, SQLException failure) throws SQLException {
    long most = FIRST_PAUSE_MILLIS << Math.min(attempt, MOST_DOUBLINGS);
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(1, most + 1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt(); // whoever interrupted still wants this thread to end
      throw failure;
    }
  }

  <T> List<T> query(Connection connection, Sql sql, Mapper<T> mapper) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(mapper.of(rows));
      }
      return found;
    }
  }

  int update(Connection connection, Sql sql) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql)) {
      return statement.executeUpdate();
    }
  }

  /** Inserts a row and tells the values that the database chose. */
  List<Object> insert(Connection connection, Sql sql, List<String> generated) throws SQLException {
    String[] names = generated.toArray(String[]::new);
    try (PreparedStatement statement = connection.prepareStatement(sql.text(), names)) {
      limit(statement);
      sql.bind(statement, dialect);
      statement.executeUpdate();
      List<Object> values = new ArrayList<>();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        if (keys.next()) {
          for (int i = 1; i <= names.length; i++) {
            values.add(keys.getObject(i));
          }
        }
      }
      return values;
    }
  }

  private PreparedStatement prepare(Connection connection, Sql sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.text());
    limit(statement);
    sql.bind(statement, dialect);
    return statement;
  }

  private void limit(PreparedStatement statement) throws SQLException {
    if (dialect.needsQueryTimeout()) {
      statement.setQueryTimeout((int) Math.max(1, settings.timeout().toSeconds()));
    }
  }

  private HikariDataSource pool() throws SQLException {
    Optional<HikariDataSource> made = pool;
    return made.isPresent() ? made.get() : open();
  }

  private synchronized HikariDataSource open() throws SQLException {
    if (closed) {
      throw new SQLException("the resource was closed", "08003");
    }
    if (pool.isEmpty()) {
      HikariDataSource made = new HikariDataSource(config());
      try {
        initialize(made);
      } catch (SQLException failure) {
        made.close();
        throw failure;
      }
      pool = Optional.of(made);
    }
    return pool.get();
  }

  private HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("backplane-jdbc-" + NUMBER.incrementAndGet());
    config.setDataSource(new DriverDataSource(driver, settings, dialect));
    config.setMaximumPoolSize(settings.maxConnections());
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE.toMillis());
    config.setConnectionTimeout(settings.timeout().toMillis());
    config.setExceptionOverride(new LostConnections(dialect));
    config.setInitializationFailTimeout(-1); // a database that is down fails calls, not the start
    if (dialect.hasIsolationLevels()) {
      config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    }
    dialect.session(settings.timeout()).ifPresent(config::setConnectionInitSql);
    return config;
  }

  private void initialize(HikariDataSource made) throws SQLException {
    if (settings.init().isEmpty()) {
      return;
    }
    try (Connection connection = made.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : settings.init()) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    pool.ifPresent(HikariDataSource::close);
    pool = Optional.empty();
  }
}
