package dev.backplane.plugin.dynamodb;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The way from one resource to its table: a share of a connection and, where the database is local,
 * the table that is made there. Safe for use by many threads.
 */
final class TableAccess implements AutoCloseable {
  private final Shared<ConnectionSettings, Connection>.Lease connection;
  private final Optional<LocalTable> local;
  private @Nullable CompletableFuture<Void> prepared;

  TableAccess(Shared<ConnectionSettings, Connection>.Lease connection, Optional<LocalTable> local) {
    this.connection = connection;
    this.local = local;
  }

  /** Launches the local database and makes the table, in the background; once. */
  void start() {
    if (local.isPresent()) {
      CompletableFuture<Void> unused = prepare(local.get()); // calls wait for it and see it fail
    }
  }

  /** The client; waits for a local database to start. */
  DynamoDbClient client() {
    if (local.isPresent()) {
      LocalDynamoDb.await(prepare(local.get()));
    }
    return connection.value().client();
  }

  private synchronized CompletableFuture<Void> prepare(LocalTable table) {
    CompletableFuture<Void> running = prepared;
    if (running == null) {
      Connection shared = connection.value();
      running = shared.startLocal().inBackground(() -> table.prepare(shared.client()));
      prepared = running;
    }
    return running;
  }

  @Override
  public void close() {
    connection.close();
  }
}
