package dev.backplane.spi;

import java.util.function.LongSupplier;

/**
 * Lets other requests go first, now and then, in work that may keep a processor for long, such as
 * looking through many items: who asks for little is answered in little time, also while somebody
 * asks for much. Without it, a request that is ready waits until the system takes the processor
 * from another one, which is some milliseconds.
 *
 * <p>Made by whoever does such work, at its start; for one thread. Work of less than a fifth of a
 * millisecond is not held up.
 */
public final class Turns {
  /** Short beside the time that a small request takes, and long beside what a turn costs. */
  private static final long LENGTH_NANOS = 200_000;

  private final int stepsBetweenLooks;
  private final LongSupplier nanos;
  private final Runnable others;
  private int steps;
  private long since;
  private long looked;

  /**
   * The first turn begins.
   *
   * @param stepsBetweenLooks so many steps of the work take about a microsecond; the clock is
   *     looked at no more often. A fifth of a millisecond between two looks is taken for a turn of
   *     others.
   */
  @SuppressWarnings("ThreadPriorityCheck") // nothing is wrong where it does nothing
  public Turns(int stepsBetweenLooks) {
    this(stepsBetweenLooks, System::nanoTime, Thread::yield);
  }

  /** With a clock, and a way to let others go first, of one's own. */
  Turns(int stepsBetweenLooks, LongSupplier nanos, Runnable others) {
    this.stepsBetweenLooks = stepsBetweenLooks;
    this.nanos = nanos;
    this.others = others;
    this.since = nanos.getAsLong();
    this.looked = since;
  }

  /** Called at each step of the work. */
  public void next() {
    if (++steps >= stepsBetweenLooks) {
      steps = 0;
      look();
    }
  }

  private void look() {
    long now = nanos.getAsLong();
    if (now - looked >= LENGTH_NANOS) {
      since = now; // the system took the processor in the meantime
    } else if (now - since >= LENGTH_NANOS) {
      others.run();
      now = nanos.getAsLong();
      since = now;
    }
    looked = now;
  }
}
