package dev.backplane.benchmarks.abuse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One client who does something bad on several connections until it is closed. */
final class Abuser implements AutoCloseable {
  private static final int HELD = 500;

  private final int port;
  private final byte[] request;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Connection> held = new ArrayList<>();
  private final AtomicLong requests = new AtomicLong();
  private volatile boolean ended;

  Abuser(int port, Kind kind, int connections) throws IOException {
    this.port = port;
    this.request = kind.request();
    switch (kind) {
      case SLOW_READERS, IDLE_CONNECTIONS -> hold(kind == Kind.SLOW_READERS ? HELD / 5 : HELD);
      case CONNECTIONS -> start(connections, this::connect);
      default -> start(connections, this::repeat);
    }
  }

  private void start(int count, Runnable task) {
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().daemon().start(task));
    }
  }

  private void hold(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Connection connection = new Connection(port);
      connection.send(request);
      held.add(connection);
      requests.incrementAndGet();
    }
  }

  private void connect() {
    while (!ended) {
      try (Connection connection = new Connection(port)) {
        requests.incrementAndGet();
      } catch (IOException refused) {
        continue; // as it should be
      }
    }
  }

  private void repeat() {
    while (!ended) {
      try (Connection connection = new Connection(port)) {
        int status = 1;
        while (!ended && status > 0) {
          status = connection.exchange(request);
          requests.incrementAndGet();
        }
      } catch (IOException closed) {
        continue; // as it should be
      }
    }
  }

  /** How many requests, or connections where that is what is abused. */
  long requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    ended = true;
    for (Connection connection : held) {
      connection.close();
    }
    for (Thread thread : threads) {
      thread.join(30_000);
    }
  }
}
