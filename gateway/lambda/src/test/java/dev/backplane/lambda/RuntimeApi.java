package dev.backplane.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Lambda's Runtime API, which hands events to a function and takes its answers. */
final class RuntimeApi implements AutoCloseable {
  /** What X-Ray calls each of the invocations. */
  static final String TRACE =
      "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

  private static final String ROOT = "/2018-06-01/runtime/";

  /** A function reported an error instead of an answer; the message is its report. */
  static final class FunctionError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FunctionError(String report) {
      super(report);
    }
  }

  private record Invocation(
      String id, String event, long deadline, CompletableFuture<String> answer) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();
  private final CompletableFuture<String> initError = new CompletableFuture<>();
  private final CompletableFuture<String> checkpoint = new CompletableFuture<>();
  private final CompletableFuture<String> restored = new CompletableFuture<>();
  private final CompletableFuture<String> restoreError = new CompletableFuture<>();

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(ROOT, this::handle);
    server.start();
  }

  String address() {
    return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  /** Hands an event to the function. */
  CompletableFuture<String> invoke(String event, long timeoutMillis) {
    Invocation invocation =
        new Invocation(
            UUID.randomUUID().toString(),
            event,
            System.currentTimeMillis() + timeoutMillis,
            new CompletableFuture<>());
    running.put(invocation.id(), invocation);
    waiting.add(invocation);
    return invocation.answer();
  }

  /** Completes when the function reports that it cannot start. */
  CompletableFuture<String> initError() {
    return initError;
  }

  /** Completes when the function is ready for its snapshot, and waits until {@link #restore}. */
  CompletableFuture<String> checkpoint() {
    return checkpoint;
  }

  /** Lets a function go on that waits in its snapshot. */
  void restore() {
    restored.complete("");
  }

  /** Completes when the function reports that it cannot go on after its snapshot. */
  CompletableFuture<String> restoreError() {
    return restoreError;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      // The runtime client's native code crashes on an answer without one.
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      String call = exchange.getRequestURI().getPath().substring(ROOT.length());
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (call.equals("invocation/next")) {
        next(exchange);
        return;
      }
      if (call.equals("restore/next")) {
        checkpoint.complete("");
        restored.join();
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      if (call.equals("restore/error")) {
        restoreError.complete(exchange.getRequestHeaders().entrySet() + body);
      } else if (call.equals("init/error")) {
        initError.complete(body);
      } else if (call.endsWith("/response")) {
        invocation(call).answer().complete(body);
      } else if (call.endsWith("/error")) {
        invocation(call).answer().completeExceptionally(new FunctionError(body));
      } else {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.sendResponseHeaders(202, -1);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    Invocation invocation = waiting.take();
    byte[] event = invocation.event().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", invocation.id());
    exchange
        .getResponseHeaders()
        .add("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadline()));
    exchange.getResponseHeaders().add("Lambda-Runtime-Trace-Id", TRACE);
    exchange
        .getResponseHeaders()
        .add(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:eu-west-1:123456789012:function:backplane");
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
  }

  private Invocation invocation(String call) {
    return running.remove(call.split("/")[1]);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
