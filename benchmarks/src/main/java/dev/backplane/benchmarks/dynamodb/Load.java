package dev.backplane.benchmarks.dynamodb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Clients that call as fast as they get answers, for some time. */
final class Load {
  private final Target target;
  private final Operation operation;

  Load(Target target, Operation operation) {
    this.target = target;
    this.operation = operation;
  }

  /**
   * What was measured.
   *
   * @param rate calls a second
   * @param p50 of a call's time, in milliseconds
   * @param p99 of the same
   * @param processor what a call costs all processes together, in microseconds
   */
  record Result(double rate, double p50, double p99, double processor) {}

  /** Calls so many times that what is measured later is compiled. */
  void warmUp(int clients, int calls) throws Exception {
    int done = 0;
    while (done < calls) {
      Result result = run(clients, 1);
      done += (int) result.rate();
    }
  }

  Result run(int clients, double seconds) throws Exception {
    CyclicBarrier start = new CyclicBarrier(clients + 1);
    List<Future<long[]>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        running.add(threads.submit(client(start, seconds)));
      }
      start.await(1, TimeUnit.MINUTES);
      double before = target.processorTime();
      long began = System.nanoTime();
      long[] times = times(running);
      double took = (System.nanoTime() - began) / 1e9;
      double processor = target.processorTime() - before;
      return new Result(
          times.length / took,
          times[times.length / 2] / 1e6,
          times[(int) (times.length * 0.99)] / 1e6,
          processor / times.length);
    }
  }

  private static long[] times(List<Future<long[]>> running)
      throws InterruptedException, ExecutionException {
    List<long[]> each = new ArrayList<>();
    for (Future<long[]> client : running) {
      each.add(client.get());
    }
    return each.stream().flatMapToLong(Arrays::stream).sorted().toArray();
  }

  private Callable<long[]> client(CyclicBarrier start, double seconds) {
    return () -> {
      try (Calls calls = target.clients().open()) {
        operation.on(calls);
        start.await(1, TimeUnit.MINUTES);
        return call(calls, (long) (seconds * 1e9));
      }
    };
  }

  /** The time of each call, in nanoseconds. */
  private long[] call(Calls calls, long duration) throws IOException {
    long[] times = new long[1024];
    int count = 0;
    long began = System.nanoTime();
    long before = began;
    while (before - began < duration) {
      operation.on(calls);
      long after = System.nanoTime();
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = after - before;
      before = after;
    }
    return Arrays.copyOf(times, count);
  }
}
