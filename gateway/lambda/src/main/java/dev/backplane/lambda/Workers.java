package dev.backplane.lambda;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The threads that requests run on, so that whoever waits for one can stop waiting. Work that is
 * out of time is interrupted and left behind; most of it ends then. What ignores the interrupt
 * keeps its thread and all that it holds, and a store that has got stuck never gets unstuck by
 * itself, so there is a limit to that. Safe for use by many threads.
 */
final class Workers implements AutoCloseable {
  /** How much work that was left behind may still be running. */
  static final int MOST_LEFT_BEHIND = 32;

  /** The work was not done in time. */
  static final class LateException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says where the work was.
     *
     * @param where the line that it had come to
     */
    LateException(String where) {
      super(where);
    }
  }

  private final ExecutorService threads = Executors.newCachedThreadPool(Workers::thread);
  private final Set<Work<?>> leftBehind = ConcurrentHashMap.newKeySet();

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "request");
    thread.setDaemon(true);
    // The managed runtime loads the function in a loader of its own, not in the system's.
    thread.setContextClassLoader(Workers.class.getClassLoader());
    return thread;
  }

  /**
   * Does work and waits for it.
   *
   * @param work what to do
   * @param millis how long to wait
   * @return what came of it
   * @throws LateException when it took longer; it is interrupted
   * @throws InterruptedException when whoever waits is to stop; the work is interrupted
   * @throws ExecutionException when the work failed
   * @throws InternalError when too much work was left behind, before this was begun. Lambda's
   *     runtime reports an error of the virtual machine and ends, and Lambda starts another
   *     environment, where nothing is stuck
   */
  <T> T call(Callable<T> work, long millis)
      throws LateException, InterruptedException, ExecutionException {
    if (leftBehind.size() >= MOST_LEFT_BEHIND) {
      String where = leftBehind.stream().findFirst().map(Work::where).orElse("");
      throw new InternalError(
          "A store ignores interrupts: as many requests as may be are still running though they were"
              + " cut off, one of them "
              + where);
    }
    Work<T> running = new Work<>(work);
    threads.execute(running);
    try {
      return running.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      String where = running.where();
      running.leave();
      throw new LateException(where);
    } catch (InterruptedException stop) {
      running.leave();
      throw stop;
    }
  }

  /** Lets the threads go; call when no work is running. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private final class Work<T> extends FutureTask<T> {
    private volatile @Nullable Thread thread;
    private boolean ended; // guarded by this

    Work(Callable<T> work) {
      super(work);
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      try {
        super.run();
      } finally {
        thread = null;
        end();
      }
    }

    private synchronized void end() {
      ended = true;
      leftBehind.remove(this);
    }

    synchronized void leave() {
      if (!ended) {
        leftBehind.add(this);
      }
      cancel(true);
    }

    /** The innermost line that is not the JDK's. */
    String where() {
      Thread worker = thread;
      return worker == null
          ? "at no line"
          : Stream.of(worker.getStackTrace())
              .filter(line -> !line.getClassName().matches("(java|jdk|sun)\\..*"))
              .findFirst()
              .map(line -> "at " + line)
              .orElse("at no line");
    }
  }
}
