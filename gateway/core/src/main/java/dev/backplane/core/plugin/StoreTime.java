package dev.backplane.core.plugin;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long one request has been inside plugins, and the end of its patience with them. The
 * request's thread begins and ends it, and {@link Crossing} adds each call; any thread may read it
 * meanwhile, also while a call hangs. {@link CallWatch} cuts calls off that take too long.
 */
public final class StoreTime {
  private static final ThreadLocal<@Nullable StoreTime> CURRENT = new ThreadLocal<>();

  private static final int OUTSIDE = 0;
  private static final int INSIDE = 1;
  private static final int BEING_CUT = 2;
  private static final int CUT = 3;

  private final AtomicInteger state = new AtomicInteger(OUTSIDE);

  // written by the request's thread alone
  private volatile long nanos;
  private volatile int calls;
  private volatile long entered;
  private volatile @Nullable Thread thread;
  private volatile @Nullable Crossing crossing;

  /** Counts the calls that this thread makes from now on, and watches them. */
  public void begin() {
    thread = Thread.currentThread();
    CURRENT.set(this);
    CallWatch.add(this);
  }

  /** Counts no more of this thread's calls. */
  public void end() {
    CallWatch.remove(this);
    CURRENT.remove();
  }

  /**
   * The time in plugins so far.
   *
   * @return with what a call that is still running has taken
   */
  public Duration spent() {
    return Duration.ofNanos(state.get() == OUTSIDE ? nanos : spentNanos());
  }

  /** With the call that is running. */
  private long spentNanos() {
    return nanos + System.nanoTime() - entered;
  }

  /**
   * How many calls there were.
   *
   * @return with the one that is still running
   */
  public int calls() {
    return calls;
  }

  /**
   * The threads that are in a call that was cut off a while ago and does not end.
   *
   * @return the threads of requests to give up
   */
  public static Set<Thread> stuckThreads() {
    return CallWatch.stuckThreads();
  }

  /** The thread, where the request has spent so long and its call was cut off. */
  Stream<Thread> stuckAfter(long patience) {
    return state.get() == CUT && spentNanos() > patience
        ? Stream.ofNullable(thread)
        : Stream.empty();
  }

  /** Of the request that this thread is at; null outside of requests. */
  static @Nullable StoreTime current() {
    return CURRENT.get();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void enter(Crossing called) {
    crossing = called;
    entered = System.nanoTime();
    calls++;
    state.set(INSIDE);
  }

  /** Whether the call that this thread is at was cut off. */
  boolean isCut() {
    return state.get() >= BEING_CUT;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void leave(Crossing called) {
    while (!state.compareAndSet(INSIDE, OUTSIDE)) {
      if (state.get() == CUT) {
        boolean unused = Thread.interrupted(); // it was meant for the call
        called.cameBack();
        state.set(OUTSIDE);
        break;
      }
      Thread.onSpinWait();
    }
    nanos += System.nanoTime() - entered;
  }

  /**
   * Interrupts the call that is running if the request has spent so long in calls: a slow backend
   * is not waited for again with each of them. By the watch alone.
   */
  void cutAfter(long patience) {
    if (state.get() != INSIDE
        || spentNanos() < patience
        || !state.compareAndSet(INSIDE, BEING_CUT)) {
      return;
    }
    Thread running = thread;
    Crossing called = crossing;
    // from here on the call cannot end; but it may be another one than a moment ago
    if (running == null || called == null || spentNanos() < patience) {
      state.set(INSIDE);
      return;
    }
    called.leftBehind(running);
    running.interrupt();
    state.set(CUT);
  }
}
