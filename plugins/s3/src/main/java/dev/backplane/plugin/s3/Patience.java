package dev.backplane.plugin.s3;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How long one write tries to get ahead of others that change the same item. */
final class Patience {
  private static final long LEAST_MILLIS = 5;
  private static final long MOST_MILLIS = 200;

  private final long deadline;
  private long millis = LEAST_MILLIS;

  Patience(Duration most) {
    deadline = System.nanoTime() + most.toNanos();
  }

  /** Waits a little, each time longer, and by chance, so that those who met do not meet again. */
  void pause() {
    if (System.nanoTime() - deadline > 0) {
      throw new StoreException(
          Reason.THROTTLED, "The item is being changed by others all the time: try again.");
    }
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(millis + 1));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          Reason.TIMEOUT, "The backend of this resource did not answer in time.", stopped);
    }
    millis = Math.min(MOST_MILLIS, millis * 2);
  }
}
