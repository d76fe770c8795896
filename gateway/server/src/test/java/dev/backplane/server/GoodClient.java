package dev.backplane.server;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody who uses a server as it is meant to be used, without hurry, while others do not: gets an
 * item and lists some, on a connection that is kept and on a new one each time.
 */
final class GoodClient implements AutoCloseable {
  private static final long PAUSE_MILLIS = 20;
  private static final List<Request> REQUESTS =
      List.of(Request.of("GET", "/api/good/7"), Request.of("GET", "/api/good?_limit=10&n:gt=500"));

  private final int port;
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong answers = new AtomicLong();
  private volatile boolean ended;

  GoodClient(int port) {
    this.port = port;
    threads.add(Thread.ofPlatform().start(() -> run(true)));
    threads.add(Thread.ofPlatform().start(() -> run(false)));
  }

  private void run(boolean keeps) {
    while (!ended) {
      try (HttpConnection connection = new HttpConnection(connect())) {
        do {
          for (Request request : REQUESTS) {
            Answer answer = connection.exchange(request);
            if (answer.status() == 200) {
              answers.incrementAndGet();
            } else {
              failures.add(answer.toString());
            }
          }
          Thread.sleep(PAUSE_MILLIS); // it has other things to do
        } while (keeps && !ended);
      } catch (IOException failure) {
        failures.add(failure.toString());
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  /** From an address of its own, where this machine has one, as others are limited by theirs. */
  private Socket connect() throws IOException {
    InetAddress server = InetAddress.getLoopbackAddress();
    try {
      return new Socket(server, port, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0);
    } catch (BindException onlyOne) {
      return new Socket(server, port);
    }
  }

  /** Waits for so many more answers. */
  void awaitAnswers(int more) throws InterruptedException {
    long wanted = answers.get() + more;
    while (answers.get() < wanted && failures.isEmpty()) {
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** What went wrong so far: an answer that is none, or none within the time. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    ended = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
