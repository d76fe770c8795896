package dev.backplane.plugin.jdbc;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import java.sql.Driver;

/**
 * Serves resources from the tables and views of SQL databases. README.md lists the settings.
 *
 * <p>Resources with the same connection settings share a pool, which connects at the start of the
 * gateway, in the background, or at the first call.
 */
public final class JdbcService implements Service {
  private final Shared<Connecting, Database> databases =
      new Shared<>(
          connecting -> new Database(connecting.settings(), connecting.driver()), Database::close);

  /** For {@link java.util.ServiceLoader}. */
  public JdbcService() {}

  /** Settings and the driver that takes their URL; settings alone tell one pool from another. */
  private record Connecting(ConnectionSettings settings, Driver driver) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Connecting connecting && settings.equals(connecting.settings);
    }

    @Override
    public int hashCode() {
      return settings.hashCode();
    }
  }

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public Store open(StoreContext context) {
    TableSettings table = TableSettings.read(context);
    ConnectionSettings settings = ConnectionSettings.read(context.settings());
    Driver driver =
        switch (Drivers.find(settings.url(), JdbcService.class.getClassLoader())) {
          case Drivers.Found.One one -> one.driver();
          case Drivers.Found.None none -> throw context.settings().wrong("url", none.sentence());
        };
    TableAccess access =
        new TableAccess(table, databases.lease(new Connecting(settings, driver)), context.json());
    return table.readOnly() ? new JdbcView(access) : new JdbcTable(access);
  }
}
