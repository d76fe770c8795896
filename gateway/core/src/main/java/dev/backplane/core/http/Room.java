package dev.backplane.core.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The part of the heap that all requests of the process may take at once for one purpose: what does
 * not fit waits, and in the end is refused, so that no number of large requests takes all of the
 * memory. Whoever takes from several takes from them in the order in which they stand here, so that
 * nobody waits for one who waits. Safe for use by many threads.
 */
final class Room {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Holds bodies as they arrive. */
  static final Room ARRIVING = new Room(share(8), PATIENCE);

  /** Holds what is made of bodies. */
  static final Room READ = new Room(share(3), PATIENCE);

  /**
   * A unit for each large body that may be read at once: half of the processors, as others want to
   * be answered meanwhile.
   */
  static final Room READERS =
      new Room(1024L * (Runtime.getRuntime().availableProcessors() / 2), PATIENCE);

  /** Holds answers until their clients have taken them. */
  static final Room ANSWERS = new Room(share(6), PATIENCE);

  /** What the process takes when it does nothing. */
  private static final long IDLE = 32L * 1024 * 1024;

  /** A semaphore counts in ints. */
  private static final int UNIT = 1024;

  private final int units;
  private final Semaphore free;
  private final Duration patience;

  /**
   * A part of the heap.
   *
   * @param bytes how large; at least one unit
   * @param patience how long one waits for others to give back
   */
  Room(long bytes, Duration patience) {
    this.patience = patience;
    this.units = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / UNIT));
    this.free = new Semaphore(units);
  }

  private static long share(int parts) {
    long most = Runtime.getRuntime().maxMemory();
    return Math.max(most / 4, most - IDLE) / parts;
  }

  /** How much one request may take of it, in bytes: all of it. */
  long size() {
    return (long) units * UNIT;
  }

  /**
   * Takes some of it; what is more than all of it counts as all.
   *
   * @param bytes how much
   * @return how much was taken, to {@link #give} back
   * @throws HttpProblem when others do not give back enough in time
   */
  long take(long bytes) {
    int wanted = (int) Math.min(units, (bytes + UNIT - 1) / UNIT);
    try {
      if (free.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return (long) wanted * UNIT;
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    throw new HttpProblem(
        503,
        "Too many large requests are being answered at once; try again.",
        // what is left of the body is not read, so the connection cannot be used again
        Map.of("Retry-After", "1", "Connection", "close"));
  }

  /** Gives back what was taken, or a part. */
  void give(long bytes) {
    free.release((int) (bytes / UNIT));
  }
}
