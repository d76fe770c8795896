package dev.backplane.plugin.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;

/** Calls that are made at the same time, each on a virtual thread. */
final class Together {
  private Together() {}

  /** What each of them gives, in their order; fails as the first that failed. */
  static <T> List<T> run(List<Supplier<T>> calls) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      calls.forEach(call -> running.add(threads.submit(call::get)));
      return running.stream().map(Together::result).toList();
    }
  }

  private static <T> T result(Future<T> running) {
    try {
      return running.get();
    } catch (InterruptedException interrupted) {
      throw AbortedException.create("a call was interrupted", interrupted);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failure.getCause());
    }
  }
}
