package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

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
      new Shared<>(DynamoDbService::connect, Connection::close);

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
        settings.endpoint() instanceof Endpoint.Local
            ? Optional.of(LocalTable.read(context, table))
            : Optional.empty();
    Shared<ConnectionSettings, Connection>.Lease lease = connections.lease(settings);
    Connection connection = lease.value();
    CompletableFuture<Void> prepared = prepare(connection, made);
    return new DynamoDbStore(
        table,
        context.json(),
        settings.timeout(),
        () -> client(connection, prepared),
        lease::close);
  }

  private static Connection connect(ConnectionSettings settings) {
    return new Connection(
        settings,
        settings.endpoint() instanceof Endpoint.Local local
            ? Optional.of(LOCALS.lease(local))
            : Optional.empty());
  }

  private static CompletableFuture<Void> prepare(
      Connection connection, Optional<LocalTable> table) {
    if (table.isEmpty() || connection.local().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return connection.local().get().inBackground(() -> table.get().prepare(connection.client()));
  }

  private static DynamoDbClient client(Connection connection, CompletableFuture<Void> prepared) {
    if (connection.local().isPresent()) {
      LocalDynamoDb.await(prepared);
    }
    return connection.client();
  }
}
