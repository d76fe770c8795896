package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that do not end, as those of a slow store, and what becomes of the others. */
@Timeout(60)
final class RequestThreadsTest {
  private static final int STUCK = 1_000;

  private final CountDownLatch arrived = new CountDownLatch(STUCK);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicInteger onPlatformThreads = new AtomicInteger();
  private final List<FutureTask<String>> stuck = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws BindException {
    // more at once than one address gets otherwise
    Bounds bounds = new Bounds(new Limits(), 2 * STUCK, 2 * STUCK);
    ServerProblems problems = new ServerProblems(origin -> Map.of());
    server =
        HttpServer.start(
            this::routes,
            problems,
            bounds,
            Optional.empty(),
            "127.0.0.1",
            0,
            Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    mayEnd.countDown();
    server.close();
  }

  private void routes(JavalinConfig config) {
    config.routes.get(
        "/stuck",
        context -> {
          if (!Thread.currentThread().isVirtual()) {
            onPlatformThreads.incrementAndGet();
          }
          arrived.countDown();
          mayEnd.await();
          context.result("ended");
        });
    config.routes.get(
        "/thread", context -> context.result("virtual: " + Thread.currentThread().isVirtual()));
    config.routes.post("/body", context -> context.result("body: " + context.body()));
    config.routes.get(
        "/error",
        context -> {
          throw new StackOverflowError("of a route");
        });
  }

  private void stick() throws InterruptedException {
    for (int i = 0; i < STUCK; i++) {
      FutureTask<String> request = new FutureTask<>(() -> RawClient.get(server.port(), "/stuck"));
      stuck.add(request);
      Thread.ofVirtual().start(request);
    }
    arrived.await();
  }

  @Test
  void manyRequestsThatDoNotEnd_keepNobodyElseWaiting_andAllEnd() throws Exception {
    stick();

    assertThat(onPlatformThreads).hasValue(RequestThreads.PLATFORM);
    assertThat(RawClient.get(server.port(), "/thread")).endsWith("virtual: true");
    mayEnd.countDown();
    for (FutureTask<String> request : stuck) {
      assertThat(request.get()).startsWith("HTTP/1.1 200 ").endsWith("ended");
    }
    assertThat(RawClient.get(server.port(), "/thread")).endsWith("virtual: false");
  }

  @Test
  void requestOnAVirtualThread_isAnsweredAsOnAnother() throws Exception {
    String[] requests = {
      "GET /thread HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      "POST /body HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
      "GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      "GET /error HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      "GET /% HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    };
    List<String> before = answers(requests);

    stick();

    assertThat(answers(requests)).isEqualTo(before);
  }

  private List<String> answers(String... requests) throws IOException {
    List<String> answers = new ArrayList<>();
    for (String request : requests) {
      String answer = RawClient.exchange(server.port(), request);
      answers.add(
          answer
              .replaceAll("Date: [^\r]*", "")
              .replaceAll("[0-9a-f]{8}-[-0-9a-f]{27}", "request id")
              .replaceAll("virtual: \\w+", "")
              .replaceAll("Content-Length: 1[34]", ""));
    }
    return answers;
  }
}
