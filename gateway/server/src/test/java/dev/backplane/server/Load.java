package dev.backplane.server;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Clients that ask without a pause, each on one connection, and remember what goes wrong. */
final class Load implements AutoCloseable {
  private final List<Thread> clients = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final CountDownLatch running = new CountDownLatch(1);
  private final AtomicLong answers = new AtomicLong();

  /** Starts clients of a server on this machine. */
  static Load on(int port, int clients, Request request, Predicate<Answer> right) {
    Load load = new Load();
    for (int n = 0; n < clients; n++) {
      load.clients.add(Thread.ofPlatform().start(() -> load.run(port, request, right)));
    }
    return load;
  }

  private void run(int port, Request request, Predicate<Answer> right) {
    try (HttpConnection connection = new HttpConnection(port)) {
      while (running.getCount() > 0) {
        Answer answer = connection.exchange(request);
        answers.incrementAndGet();
        if (!right.test(answer)) {
          failures.add(answer.toString());
        }
      }
    } catch (IOException broken) {
      failures.add(request + ": " + broken);
    }
  }

  /** How many answers there were so far. */
  long answers() {
    return answers.get();
  }

  /** What went wrong so far. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    running.countDown();
    for (Thread client : clients) {
      try {
        client.join();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
