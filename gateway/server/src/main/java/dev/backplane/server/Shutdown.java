package dev.backplane.server;

import dev.backplane.core.Gateway;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, to be ended in the opposite order when the process is told to end. Safe
 * for use by the thread that starts and the one that ends.
 */
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Deque<AutoCloseable> started = new ArrayDeque<>(); // guarded by this
  private boolean ended; // guarded by this

  /** Ends what is added from now on when the process ends. */
  static Shutdown atExit() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::end, "shutdown"));
    return shutdown;
  }

  /** Adds what has just been started; what comes too late is ended at once. */
  synchronized <T extends AutoCloseable> T add(T running) {
    if (ended) {
      end(running);
    } else {
      started.push(running);
    }
    return running;
  }

  private synchronized void end() {
    ended = true;
    started.forEach(Shutdown::end);
  }

  private static void end(AutoCloseable running) {
    try {
      running.close();
    } catch (Exception failure) {
      LOG.error("{} did not end as it should", running.getClass().getSimpleName(), failure);
    }
  }

  /**
   * Closes the stores in a thread of its own: one that never closes should not keep the process.
   */
  static void close(Gateway gateway) {
    Thread closing = Thread.ofPlatform().daemon().name("close").start(gateway::close);
    try {
      if (!closing.join(CLOSE_TIMEOUT)) {
        LOG.warn("The stores had not closed after {} s and were left.", CLOSE_TIMEOUT.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
