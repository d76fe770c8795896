package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Provision;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The way from one resource to its table: a share of a connection and, where the endpoint is local,
 * the table that is made there. Safe for use by many threads.
 */
final class TableAccess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DynamoDbService.class);

  private final Shared<ConnectionSettings, Connection>.Lease connection;
  private final NeededTables.Part part;
  private final Optional<LocalTable> made;
  private final boolean launched;
  private boolean started;
  private boolean warned;
  private boolean closed;
  private @Nullable CompletableFuture<Void> prepared;

  /**
   * For one resource.
   *
   * @param connection the connection
   * @param part its part in its table
   * @param made the table to make where it is missing
   * @param launched whether the plugin runs the database
   */
  TableAccess(
      Shared<ConnectionSettings, Connection>.Lease connection,
      NeededTables.Part part,
      Optional<LocalTable> made,
      boolean launched) {
    this.connection = connection;
    this.part = part;
    this.made = made;
    this.launched = launched;
  }

  /** Launches a local database and makes the table, in the background; once. */
  void start() {
    if (made.isPresent()) {
      part.definition(); // a contradiction stops the start
    }
    if (launched || made.isPresent()) {
      CompletableFuture<Void> unused = prepare(); // calls wait for it and see it fail
    }
  }

  /** The client; waits for a local database to start, and for the table that is made. */
  DynamoDbClient client() {
    if (launched || isStarted()) {
      LocalDynamoDb.await(prepare());
    }
    return connection.value().client();
  }

  Provision provision() {
    return part.provision();
  }

  /** Tables of a database that the plugin does not run are made for a gateway that serves only. */
  private synchronized boolean isStarted() {
    return started;
  }

  private synchronized CompletableFuture<Void> prepare() {
    started = made.isPresent();
    CompletableFuture<Void> running = prepared;
    if (running == null) {
      Connection shared = connection.value();
      running = shared.inBackground(() -> made.ifPresent(table -> prepare(table, shared.client())));
      prepared = running;
    }
    return running;
  }

  private void prepare(LocalTable table, DynamoDbClient client) {
    if (launched) {
      table.prepare(client, part.definition());
      return;
    }
    try {
      table.prepare(client, part.definition());
    } catch (SdkException failure) {
      tryAgain(failure);
    }
  }

  /** With the next call, which says what is wrong: an emulator may start after the gateway. */
  private synchronized void tryAgain(SdkException failure) {
    prepared = null;
    if (!warned && !closed) { // closing cuts off what is running
      warned = true;
      LOG.warn("A table cannot be looked for at the local endpoint: {}", failure.getMessage());
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    part.close();
    connection.close();
  }
}
