package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More requests and connections at once than a running server takes on. */
@Timeout(60)
class BusyIT {
  private static final int REQUESTS = 16;
  private static final Request SLOW = Request.of("GET", "/slow");

  private final CountDownLatch arrived = new CountDownLatch(12);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final Limits limits = new Limits();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  private void serve(int connections) throws IOException {
    server =
        HttpServer.start(
            this::routes,
            new ServerProblems(origin -> Map.of()),
            new Bounds(limits, REQUESTS, connections),
            Optional.empty(),
            "127.0.0.1",
            0,
            Duration.ofSeconds(10));
  }

  private void routes(JavalinConfig config) {
    config.routes.get(
        "/slow",
        context -> {
          arrived.countDown();
          mayEnd.await();
          context.result("ended");
        });
    config.routes.get("/quick", context -> context.result("quick"));
    config.routes.get("/health/live", context -> context.result("up"));
    config.routes.post("/body", context -> context.result(context.body()));
  }

  @AfterEach
  void stop() {
    mayEnd.countDown();
    server.close();
    clients.close();
  }

  private Answer send(Request request) throws IOException {
    try (HttpConnection connection = new HttpConnection(server.port())) {
      return connection.exchange(request);
    }
  }

  private List<Future<Answer>> occupy() throws InterruptedException {
    List<Future<Answer>> slow = new ArrayList<>();
    for (int i = 0; i < 12; i++) { // one address gets three quarters of the places
      slow.add(clients.submit(() -> send(SLOW)));
    }
    arrived.await();
    return slow;
  }

  @Test
  void requestBeyond_isRefusedAtOnce_andHealthIsNot() throws Exception {
    serve(100);
    List<Future<Answer>> slow = occupy();
    for (Request request : List.of(SLOW, Request.of("GET", "/quick"))) {
      Answer refused = send(request.header("X-Request-Id", "mine"));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).hasValue("1");
      assertThat(refused.header("Content-Type")).hasValue("application/problem+json");
      assertThat(refused.text())
          .contains(
              "\"type\":\"https://iana.org/assignments/http-problem-types#temporary-reduced-capacity\"",
              "\"detail\":\"The server is busy; ask again in 1 s.\"",
              "\"request-id\":\"mine\"");
    }
    assertThat(send(Request.of("GET", "/health/live")).status()).isEqualTo(200);
    mayEnd.countDown();
    for (Future<Answer> each : slow) {
      assertThat(each.get().status()).isEqualTo(200);
    }
    assertThat(whenThereIsRoom().status()).isEqualTo(200);
  }

  /** A client may have its answer a moment before its place is free. */
  private Answer whenThereIsRoom() throws IOException {
    Answer answer = send(Request.of("GET", "/quick"));
    while (answer.status() == 503) {
      answer = send(Request.of("GET", "/quick"));
    }
    return answer;
  }

  @Test
  void bodyOfARequestBeyond_isNotWaitedFor() throws Exception {
    serve(100);
    occupy();
    try (HttpConnection connection = new HttpConnection(server.port())) {
      connection.write(
          "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n{"
              .getBytes(StandardCharsets.US_ASCII));
      assertThat(connection.read("POST").status()).isEqualTo(503);
    }
  }

  @Test
  void placeIsFreeAgain_whenItsClientHasGone() throws Exception {
    serve(10_000);
    for (int i = 0; i < 5 * REQUESTS; i++) {
      try (HttpConnection connection = new HttpConnection(server.port())) {
        connection.write(
            "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"
                .getBytes(StandardCharsets.US_ASCII));
      }
    }
    assertThat(whenThereIsRoom().status()).isEqualTo(200);
  }

  @Test
  void connectionBeyond_isClosed_andThoseBeforeAreServedOn() throws Exception {
    serve(16);
    List<HttpConnection> open = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        HttpConnection connection = new HttpConnection(server.port());
        open.add(connection);
        assertThat(connection.exchange(Request.of("GET", "/quick")).status()).isEqualTo(200);
      }
      try (HttpConnection beyond = new HttpConnection(server.port())) {
        assertThat(isServed(beyond)).isFalse();
      }
      assertThat(open.get(0).exchange(Request.of("GET", "/quick")).status()).isEqualTo(200);
      open.remove(0).close();
      boolean served = false;
      while (!served) { // as soon as the server has seen that one is closed
        try (HttpConnection next = new HttpConnection(server.port())) {
          served = isServed(next);
        }
      }
    } finally {
      for (HttpConnection connection : open) {
        connection.close();
      }
    }
  }

  private static boolean isServed(HttpConnection connection) {
    try {
      return connection.exchange(Request.of("GET", "/quick")).status() == 200;
    } catch (IOException closed) {
      return false;
    }
  }
}
