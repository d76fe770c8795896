package dev.backplane.plugin.jdbc;

import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.StoreException;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a store to its table, whose columns are asked for at the first call, and again after
 * the database said that they have changed. Safe for use by many threads.
 */
final class TableAccess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcService.class);

  private final TableSettings settings;
  private final Shared<?, Database>.Lease lease;
  private final JsonCodec json;
  private final SqlFailures failures;
  private volatile Optional<OpenTable> open = Optional.empty();

  TableAccess(TableSettings settings, Shared<?, Database>.Lease lease, JsonCodec json) {
    this.settings = settings;
    this.lease = lease;
    this.json = json;
    this.failures = new SqlFailures(settings.resource(), database().dialect());
  }

  /** What is done with a table. */
  interface Call<T> {
    T on(OpenTable table) throws SQLException;
  }

  Database database() {
    return lease.value();
  }

  SqlFailures failures() {
    return failures;
  }

  String idField() {
    return settings.idField();
  }

  /**
   * Calls the database.
   *
   * @throws StoreException in words for the client, when that fails
   */
  <T> T call(Call<T> call) {
    Optional<OpenTable> known = Optional.empty();
    try {
      known = Optional.of(table());
      return call.on(known.get());
    } catch (SQLException failure) {
      if (Trouble.of(failure, database().dialect()) == Trouble.SCHEMA) {
        open = Optional.empty();
      }
      throw failures.of(failure, known.map(OpenTable::table));
    } catch (Mismatch mismatch) {
      throw failures.of(mismatch);
    }
  }

  /**
   * Connects in the background, so that mistakes are in the log early and the first call is quick.
   */
  void warm() {
    Thread.ofVirtual()
        .name("backplane-jdbc-start")
        .start(() -> {
          try {
            call(table -> true);
          } catch (StoreException failure) {
            LOG.warn(
                "The database of \"{}\" cannot be used yet: {}",
                settings.resource(),
                failure.getMessage());
          }
        });
  }

  private OpenTable table() throws SQLException {
    Optional<OpenTable> known = open;
    return known.isPresent() ? known.get() : discover();
  }

  private synchronized OpenTable discover() throws SQLException {
    if (open.isPresent()) {
      return open.get();
    }
    Database database = database();
    Table table =
        database.read(connection -> TableDiscovery.of(settings, connection, database.dialect()));
    OpenTable made = new OpenTable(table, database, json);
    open = Optional.of(made);
    return made;
  }

  @Override
  public void close() {
    lease.close();
  }
}
