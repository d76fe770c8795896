package dev.backplane.core.plugin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long one request has been inside plugins. The request's thread begins and ends it, and {@link
 * OpenStore} adds each call; any thread may read it meanwhile, also while a call hangs.
 */
public final class StoreTime {
  private static final ThreadLocal<@Nullable StoreTime> CURRENT = new ThreadLocal<>();

  // written by the request's thread alone
  private volatile long nanos;
  private volatile int calls;
  private volatile long entered;
  private volatile boolean inside;

  /** Counts the calls that this thread makes from now on. */
  public void begin() {
    CURRENT.set(this);
  }

  /** Counts no more of this thread's calls. */
  public void end() {
    CURRENT.remove();
  }

  /**
   * The time in plugins so far.
   *
   * @return with what a call that is still running has taken
   */
  public Duration spent() {
    long running = inside ? System.nanoTime() - entered : 0;
    return Duration.ofNanos(nanos + running);
  }

  /**
   * How many calls there were.
   *
   * @return with the one that is still running
   */
  public int calls() {
    return calls;
  }

  /** Of the request that this thread is at; null outside of requests. */
  static @Nullable StoreTime current() {
    return CURRENT.get();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void enter() {
    entered = System.nanoTime();
    calls++;
    inside = true;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void leave() {
    nanos += System.nanoTime() - entered;
    inside = false;
  }
}
