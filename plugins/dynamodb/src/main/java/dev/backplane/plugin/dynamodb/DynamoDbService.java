package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Serves resources from Amazon DynamoDB tables. README.md lists the settings.
 *
 * <p>Resources with the same connection settings share a client, which is made at the first call.
 */
public final class DynamoDbService implements Service {
  /** For the whole process: however many gateways it starts, a data directory has one database. */
  private static final Shared<Endpoint.Local, LocalDynamoDb> LOCALS =
      new Shared<>(LocalDynamoDb::start, LocalDynamoDb::close);

  private final Map<String, String> environment;
  private final Shared<ConnectionSettings, Connection> connections =
      new Shared<>(settings -> new Connection(settings, LOCALS), Connection::close);

  private final NeededTables tables = new NeededTables();

  /** For {@link java.util.ServiceLoader}. */
  public DynamoDbService() {
    this(System.getenv());
  }

  DynamoDbService(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "dynamodb";
  }

  @Override
  public Store open(StoreContext context) {
    TableSettings table = TableSettings.read(context);
    context.settings().path("seed"); // a setting that is there also where it does nothing
    ConnectionSettings settings = ConnectionSettings.read(context.settings(), environment);
    Optional<LocalTable> made =
        settings.endpoint().readCreateTables(context.settings(), environment)
            ? Optional.of(LocalTable.read(context, table))
            : Optional.empty();
    TableAccess access =
        new TableAccess(
            connections.lease(settings),
            tables.add(settings, context.resource(), table),
            made,
            settings.endpoint() instanceof Endpoint.Local);
    return new DynamoDbStore(
        table, context.json(), settings.timeout(), Backend.of(access), Clock.systemUTC());
  }
}
