package dev.backplane.plugin.http;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * When a call of the store is over, with all the requests that it takes, and what these are sent
 * along, whichever thread sends them.
 */
final class Deadline {
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final long end;
  private final Map<String, String> propagated;

  /**
   * Of a call that begins; made by the thread that is called.
   *
   * @param budget how long it may take
   * @param propagated header fields of all of its requests
   */
  Deadline(Duration budget, Map<String, String> propagated) {
    this.end = System.nanoTime() + budget.toNanos();
    this.propagated = propagated;
  }

  /** Header fields that tie the requests to the client's. */
  Map<String, String> propagated() {
    return propagated;
  }

  /** The nanoseconds that are left; none or less when time is up. */
  long left() {
    return end - System.nanoTime();
  }

  boolean isOver() {
    return left() <= 0;
  }

  /** Fails when time is up. */
  void check() {
    if (isOver()) {
      throw late();
    }
  }

  /**
   * How long to wait before a try, the first being 1: random, so that callers do not return
   * together.
   */
  static Duration pause(int attempt) {
    long most = FIRST_PAUSE_NANOS << Math.min(attempt - 1, 10);
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }

  /**
   * Waits, if there is time for it and for something after it.
   *
   * @return whether it waited; false at once when there is no time
   */
  boolean allows(Duration pause) {
    if (pause.compareTo(Duration.ofNanos(Math.max(0, left()))) >= 0) {
      return false;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt(); // whoever interrupted still wants this thread to end
      throw new StoreException(Reason.TIMEOUT, Failures.LATE, interrupted);
    }
  }

  static StoreException late() {
    return new StoreException(Reason.TIMEOUT, Failures.LATE);
  }
}
