package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server by itself: what it lets through, what it refuses, and how it stops. */
@Timeout(120)
class HttpServerTest {
  private static HttpServer server;

  @BeforeAll
  static void start() throws BindException {
    server = HttpServer.start(HttpServerTest::echo, "127.0.0.1", 0, Duration.ofSeconds(10));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Answers with the path as it came, and the kind of thread. */
  private static void echo(JavalinConfig config) {
    config.routes.before(ctx -> {
      String kind = Thread.currentThread().isVirtual() ? "virtual" : "platform";
      ctx.res().getOutputStream().print(ctx.req().getRequestURI() + " " + kind);
      ctx.res().flushBuffer();
      ctx.skipRemainingHandlers();
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/users/a%2Fb",
        "/api/users/a%2fb",
        "/api/users/%252F",
        "/api/users/a;b",
        "/api/users/a%3Bb",
        "/api/users/100%25",
        "/api/users/a%20b",
        "/api/users/%C3%BC-%E6%BC%A2-%F0%9F%98%80",
        "/api/users/a%5Cb",
        "/api/users//b",
        "/api/users/%2e%2e",
        "/api/users/.",
        "/api/users/%FF",
        "/api/users/%u0041",
        "/api/users/a|b",
        "/api/users/a?b=%zz"
      })
  void path_reaches_the_gateway_as_it_was_sent(String path) throws IOException {
    String answer = RawClient.get(server.port(), path);

    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(answer).endsWith("\r\n" + path.replace("?b=%zz", "") + " platform");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%zz", "/%00", "/..", "/a/../../b", "no-slash"})
  void path_that_is_none_is_a_problem(String path) throws IOException {
    assertProblem(RawClient.get(server.port(), path), 400);
  }

  @ParameterizedTest
  @CsvSource({
    "505, 'GET  HTTP/1.1\r\n\r\n'",
    "400, 'GET / HTTP/1.1\r\n\r\n'",
    "400, 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n'",
    "400, 'GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n'",
    "400, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'",
    "505, 'GET / HTTP/9.9\r\nHost: a\r\n\r\n'",
  })
  void request_that_is_not_http_is_a_problem(int status, String request) throws IOException {
    assertProblem(RawClient.exchange(server.port(), request), status);
  }

  @Test
  void url_that_is_too_long_is_a_problem() throws IOException {
    assertProblem(RawClient.get(server.port(), "/" + "a".repeat(HttpServer.MAX_HEADER_SIZE)), 414);
  }

  @Test
  void headers_that_are_too_large_are_a_problem() throws IOException {
    String header = "X-Large: " + "a".repeat(HttpServer.MAX_HEADER_SIZE);

    String answer =
        RawClient.exchange(server.port(), "GET / HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n");

    assertProblem(answer, 431);
  }

  @Test
  void headers_just_below_the_limit_are_fine() throws IOException {
    String header = "X-Large: " + "a".repeat(HttpServer.MAX_HEADER_SIZE - 200);

    String answer =
        RawClient.exchange(
            server.port(),
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void request_id_is_kept_in_a_problem_of_the_server() throws IOException {
    String answer =
        RawClient.exchange(
            server.port(),
            "GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\nX-Request-Id: mine-1\r\n\r\n");

    assertThat(answer).contains("\r\nX-Request-Id: mine-1\r\n", "\"request-id\":\"mine-1\"");
  }

  @Test
  void port_in_use_is_one_sentence() {
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> start(server.port(), "127.0.0.1"))
        .withMessage(
            "Cannot listen on port %d of 127.0.0.1: another program uses it; choose another with"
                + " --port.",
            server.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-host.invalid", "192.0.2.1"})
  void foreign_address_is_one_sentence(String host) {
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> start(0, host))
        .withMessage(
            "Cannot listen on port 0 of %s: that is not an address of this machine; choose another"
                + " with --host.",
            host);
  }

  @Test
  void stop_waits_for_running_requests_and_lets_no_new_ones_in() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    HttpServer stopping =
        HttpServer.start(
            config ->
                config.routes.get(
                    "/slow",
                    ctx -> {
                      running.countDown();
                      mayEnd.await();
                      ctx.result("done");
                    }),
            "127.0.0.1",
            0,
            Duration.ofSeconds(60));
    CompletableFuture<String> answer = inBackground(() -> RawClient.get(stopping.port(), "/slow"));
    running.await();
    int port = stopping.port();
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);

    awaitRefused(port);
    assertThat(stopped).isNotDone();
    assertThat(answer).isNotDone();
    mayEnd.countDown();

    assertThat(answer.get()).startsWith("HTTP/1.1 200 ").endsWith("done");
    stopped.get();
  }

  @Test
  void stop_cuts_off_requests_that_outlast_the_drain() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    HttpServer stopping =
        HttpServer.start(
            config ->
                config.routes.get(
                    "/endless",
                    ctx -> {
                      running.countDown();
                      mayEnd.await();
                    }),
            "127.0.0.1",
            0,
            Duration.ofMillis(200));
    CompletableFuture<String> answer =
        inBackground(() -> RawClient.get(stopping.port(), "/endless"));
    running.await();

    stopping.close();

    assertThat(answer.get()).doesNotStartWith("HTTP/1.1 200 ");
    mayEnd.countDown();
  }

  private static void assertProblem(String answer, int status) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer).contains("\r\nContent-Type: application/problem+json\r\n");
    assertThat(answer).contains("\"status\":" + status + ",", "\"detail\":\"", "\"message\":\"");
    assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("\r\nServer:", "\tat ");
  }

  private static void start(int port, String host) throws BindException {
    HttpServer.start(HttpServerTest::echo, host, port, Duration.ZERO).close();
  }

  private static void awaitRefused(int port) throws InterruptedException {
    while (true) {
      try {
        new RawClient(port).close();
        Thread.sleep(10);
      } catch (IOException refused) {
        return;
      }
    }
  }

  private interface Answer {
    String get() throws IOException;
  }

  private static CompletableFuture<String> inBackground(Answer answer) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return answer.get();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }
}
