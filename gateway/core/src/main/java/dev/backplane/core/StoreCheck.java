package dev.backplane.core;

import dev.backplane.core.plugin.OpenStore;
import dev.backplane.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one store answers. It is asked when somebody wants to know and the last answer is no
 * longer fresh, by one thread at a time, which may hang in the store for good: then no other
 * follows it, and the store is down until that thread is back. Safe for use by many threads.
 */
final class StoreCheck {
  /** How long an answer is as good as another one. */
  static final Duration FRESH = Duration.ofSeconds(10);

  /** How long a store may take. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /**
   * What is known.
   *
   * @param isUp whether the store answers
   * @param since when that began, as far as it was seen
   * @param checked when the store was asked last
   * @param reason why it does not, for people; empty when it does. No secret, host or table
   */
  record State(boolean isUp, Instant since, Instant checked, String reason) {}

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final String LATE = "The backend did not answer within 2 s.";

  private final String resource;
  private final OpenStore store;
  private final LongSupplier clock;

  // all of them guarded by this
  private @Nullable State state;
  private @Nullable Thread running;
  private long begun;
  private boolean isLate;
  private boolean isForgotten;

  StoreCheck(String resource, OpenStore store) {
    this(resource, store, System::nanoTime);
  }

  StoreCheck(String resource, OpenStore store, LongSupplier clock) {
    this.resource = resource;
    this.store = store;
    this.clock = clock;
  }

  /** Asks the store, unless somebody does just now or has a moment ago. Returns at once. */
  synchronized void begin() {
    boolean fresh = state != null && clock.getAsLong() - begun < FRESH.toNanos();
    if (running != null || fresh) {
      return;
    }
    begun = clock.getAsLong();
    isLate = false;
    running = Thread.ofPlatform().daemon().name("check " + resource).unstarted(this::ask);
    running.start();
  }

  private void ask() {
    try {
      store.check();
      ended(true, "", null);
    } catch (StoreException failure) {
      boolean answers =
          switch (failure.reason()) {
            case INVALID, CONFLICT, UNSUPPORTED -> true; // it said so itself
            case THROTTLED, UNAVAILABLE, TIMEOUT -> false;
          };
      ended(answers, answers ? "" : String.valueOf(failure.getMessage()), failure);
    } catch (Throwable defect) { // also one that ends the process: nobody else hears of it here
      ended(false, "The check failed; the log tells more.", defect);
    }
  }

  private synchronized void ended(boolean isUp, String reason, @Nullable Throwable cause) {
    running = null;
    if (!isLate) {
      become(isUp, reason, cause);
    }
    notifyAll();
  }

  /** What is known by now, after waiting for the store, but no longer than it may take. */
  synchronized State await() throws InterruptedException {
    while (running != null && !isLate) {
      long left = PATIENCE.toNanos() - (clock.getAsLong() - begun);
      if (left <= 0) {
        isLate = true;
        become(false, LATE, null);
        running.interrupt();
        notifyAll();
        break;
      }
      wait(left / 1_000_000 + 1);
    }
    if (state == null) {
      throw new IllegalStateException("waited for a check that nobody began");
    }
    return state;
  }

  private void become(boolean isUp, String reason, @Nullable Throwable cause) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    State before = state;
    boolean begins = before == null || before.isUp() != isUp;
    state = new State(isUp, before == null || begins ? now : before.since(), now, reason);
    if (!begins || isForgotten) {
      return;
    }
    if (!isUp) {
      LOG.warn("The store of {} is down: {}", resource, reason, cause);
    } else if (before != null) {
      LOG.info("The store of {} is up again", resource);
    }
  }

  /** The store is no longer served, and may be closed at any time. */
  synchronized void forget() {
    isForgotten = true;
  }
}
