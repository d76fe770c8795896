package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How long to ask again for what the service left undone. For one request on one thread: it is over
 * when nothing was done several times in a row, or when time is up.
 */
final class Patience {
  private static final int MOST_VAIN_ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MILLIS = 50;

  private final long deadline;
  private int vain;

  Patience(Duration budget) {
    this.deadline = System.nanoTime() + budget.toNanos();
  }

  /** For something else within the same time. */
  Patience(Patience whole) {
    this.deadline = whole.deadline;
  }

  /** Begins something else within the same time. */
  void restart() {
    vain = 0;
  }

  /** Waits before the next attempt, after one that got somewhere or was in vain. */
  void beforeNext(boolean gotSomewhere) {
    vain = gotSomewhere ? 0 : vain + 1;
    if (System.nanoTime() - deadline > 0) {
      throw new StoreException(
          Reason.TIMEOUT, "The backend of this resource did not answer in time.");
    }
    if (vain == MOST_VAIN_ATTEMPTS) {
      throw new StoreException(
          Reason.THROTTLED, "The backend of this resource has too much to do.");
    }
    if (vain > 0) {
      pause();
    }
  }

  /** For a random time, so that those who were refused together do not return together. */
  private void pause() {
    try {
      long most = FIRST_PAUSE_MILLIS << (vain - 1);
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(1, most + 1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt(); // whoever interrupted still wants this thread to end
      throw new StoreException(
          Reason.TIMEOUT, "The backend of this resource did not answer in time.", interrupted);
    }
  }
}
