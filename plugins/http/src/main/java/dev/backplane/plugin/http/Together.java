package dev.backplane.plugin.http;

import dev.backplane.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Does the same with several values at the same time, some at once. */
final class Together {
  /** One list must not take all connections of its backend. */
  private static final int AT_ONCE = 8;

  private Together() {}

  /**
   * Does it and waits for all.
   *
   * @return what came of each, in their order
   * @throws StoreException the first failure, after which what has not begun is left out
   */
  static <T, R> List<R> each(List<T> values, Function<T, R> work) {
    if (values.size() < 2) {
      return values.stream().map(work).toList();
    }
    Semaphore free = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<R>> results = new ArrayList<>();
      for (T value : values) {
        results.add(threads.submit(() -> limited(free, value, work)));
      }
      try {
        return all(results);
      } finally {
        results.forEach(result -> result.cancel(true)); // what is done is not touched by it
      }
    }
  }

  private static <T, R> R limited(Semaphore free, T value, Function<T, R> work)
      throws InterruptedException {
    free.acquire();
    try {
      return work.apply(value);
    } finally {
      free.release();
    }
  }

  private static <R> List<R> all(List<Future<R>> results) {
    List<R> done = new ArrayList<>();
    try {
      for (Future<R> result : results) {
        done.add(result.get());
      }
      return done;
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof StoreException known
          ? known
          : new IllegalStateException(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt(); // whoever interrupted still wants this thread to end
      throw Deadline.late();
    }
  }
}
