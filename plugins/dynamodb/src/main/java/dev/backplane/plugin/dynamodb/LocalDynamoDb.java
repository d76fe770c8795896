package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.SettingException;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local DynamoDB that starts in the background, is started again when it ends by itself, and
 * stops with {@link #close}. Calls that need it wait for its first start.
 */
final class LocalDynamoDb {
  private static final Logger LOG = LoggerFactory.getLogger(DynamoDbService.class);
  private static final int MOST_ATTEMPTS = 3;
  private static final long START_SECONDS = 60;
  private static final long WAIT_SECONDS = 30;

  private final Endpoint.Local where;
  private final DataLock lock;
  private final ExecutorService background;
  private final CompletableFuture<URI> endpoint = new CompletableFuture<>();
  private @Nullable LocalProcess process;
  private boolean closed;

  private LocalDynamoDb(Endpoint.Local where, DataLock lock) {
    this.where = where;
    this.lock = lock;
    this.background =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("dynamodb-local").factory());
  }

  static LocalDynamoDb start(Endpoint.Local where) {
    DataLock lock;
    try {
      lock =
          DataLock.take(where.data())
              .orElseThrow(() ->
                  new SettingException(
                      "local-data",
                      "is in use by another gateway; stop that one, or name another directory"));
    } catch (IOException failure) {
      LOG.debug("The data directory of the local DynamoDB", failure);
      throw new SettingException(
          "local-data", "should be a directory that the gateway can create files in");
    }
    LocalDynamoDb local = new LocalDynamoDb(where, lock);
    local.inBackground(local::startProcess).exceptionally(local::failed);
    return local;
  }

  /** Runs something after what was asked for before, on the one thread that prepares. */
  CompletableFuture<Void> inBackground(Runnable action) {
    return CompletableFuture.runAsync(action, background);
  }

  /** Where it answers; waits until it does. */
  URI endpoint() {
    return await(endpoint);
  }

  /** Waits for a step of the preparation, for so long as a client would. */
  static <T> T await(CompletableFuture<T> step) {
    try {
      return step.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException slow) {
      throw new StoreException(
          Reason.UNAVAILABLE, "The local DynamoDB is still starting: try again.", slow);
    } catch (ExecutionException failure) {
      throw new StoreException(
          Reason.UNAVAILABLE,
          "The local DynamoDB did not start; the gateway's log says where to look.",
          failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException(Reason.TIMEOUT, "The request was cut off.", interrupted);
    }
  }

  private @Nullable Void failed(Throwable failure) {
    endpoint.completeExceptionally(failure);
    return null;
  }

  private void startProcess() {
    endpoint.complete(answering(() -> LocalProcess.start(where)).endpoint());
  }

  /** How to have a process. */
  private interface Launch {
    LocalProcess run() throws IOException;
  }

  /** One that answers, after some attempts if need be. */
  private LocalProcess answering(Launch launch) {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      LocalProcess started = start(launch);
      if (awaitAnswer(started)) {
        LOG.info("The local DynamoDB answers at {}", started.endpoint());
        CompletableFuture<Void> unused = started.exit().thenRun(() -> ended(started));
        return started;
      }
    }
    LOG.error("The local DynamoDB did not start; see {}", LocalProcess.log(where));
    throw new IllegalStateException("DynamoDB Local ended before it answered");
  }

  private synchronized LocalProcess start(Launch launch) {
    if (closed) {
      throw new IllegalStateException("closed while it was starting");
    }
    try {
      LocalProcess started = launch.run();
      process = started;
      return started;
    } catch (IOException failure) {
      LOG.error("The local DynamoDB cannot be started", failure);
      throw new IllegalStateException(failure);
    }
  }

  /** False when the process ended, for example because its port was taken a moment before. */
  private static boolean awaitAnswer(LocalProcess started) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (started.isAlive() && System.nanoTime() - deadline < 0) {
      if (started.answers()) {
        return true;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    started.stop();
    return false;
  }

  /** Meanwhile calls fail as they do when a backend is away. */
  private synchronized void ended(LocalProcess before) {
    if (!closed) {
      LOG.error(
          "The local DynamoDB ended by itself and is started again; see {}",
          LocalProcess.log(where));
      CompletableFuture<Void> unused = inBackground(() -> answering(before::again));
    }
  }

  void close() {
    synchronized (this) {
      closed = true;
    }
    background.shutdownNow();
    LocalProcess running = process();
    if (running != null) {
      running.stop();
    }
    lock.close();
  }

  private synchronized @Nullable LocalProcess process() {
    return process;
  }
}
