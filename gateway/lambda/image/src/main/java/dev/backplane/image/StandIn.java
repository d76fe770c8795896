package dev.backplane.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for Lambda's Runtime API, which hands events to a function and takes its answers, and
 * for DynamoDB, each of whose tables has one item. Needs {@code java.base} only, because a runtime
 * image may have no more.
 */
final class StandIn implements AutoCloseable {
  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final long FUNCTION_TIMEOUT_MILLIS = 30_000;

  private record Invocation(String id, String event, CompletableFuture<String> answer) {}

  private final ServerSocket server;
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();
  private final CompletableFuture<String> failure = new CompletableFuture<>();

  StandIn() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("accept").start(this::accept);
  }

  /** Host and port. */
  String address() {
    return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  /** Hands an event to the function. */
  CompletableFuture<String> invoke(String event) {
    Invocation invocation =
        new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
    running.put(invocation.id(), invocation);
    waiting.add(invocation);
    return invocation.answer();
  }

  /** Completes when the function reports that it cannot start. */
  CompletableFuture<String> failure() {
    return failure;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().name("connection").start(() -> serve(socket));
      } catch (IOException closed) {
        if (!server.isClosed()) {
          failure.completeExceptionally(closed);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      HttpCall call = HttpCall.read(in);
      while (call != null) {
        out.write(answer(call).getBytes(StandardCharsets.UTF_8));
        out.flush();
        call = HttpCall.read(in);
      }
    } catch (IOException gone) {
      // the function's end drops its connections; who waits for an answer looks at the process
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private String answer(HttpCall call) throws InterruptedException {
    String table = call.header("x-amz-target");
    if (!table.isEmpty()) {
      return http("200 OK", "application/x-amz-json-1.0", "", SampleTable.answer(table));
    }
    if (!call.path().startsWith(RUNTIME)) {
      return http("404 Not Found", "text/plain", "", "");
    }
    String[] words = call.path().substring(RUNTIME.length()).split("/", -1);
    if (words[words.length - 1].equals("next")) {
      return next();
    }
    if (words[0].equals("init")) {
      failure.complete(call.body());
    } else {
      Invocation invocation = running.remove(words[1]);
      if (invocation != null && words[words.length - 1].equals("response")) {
        invocation.answer().complete(call.body());
      } else if (invocation != null) {
        invocation.answer().completeExceptionally(new IOException(call.body()));
      }
    }
    return http("202 Accepted", "application/json", "", "");
  }

  private String next() throws InterruptedException {
    Invocation invocation = waiting.poll(1, TimeUnit.DAYS);
    if (invocation == null) {
      return http("500 Internal Server Error", "application/json", "", "");
    }
    String headers =
        "Lambda-Runtime-Aws-Request-Id: %s\r\nLambda-Runtime-Deadline-Ms: %d\r\nLambda-Runtime-Invoked-Function-Arn: %s\r\n"
            .formatted(
                invocation.id(),
                System.currentTimeMillis() + FUNCTION_TIMEOUT_MILLIS,
                "arn:aws:lambda:eu-west-1:123456789012:function:backplane");
    return http("200 OK", "application/json", headers, invocation.event());
  }

  /** The runtime client's native code crashes on an answer without a type. */
  private static String http(String status, String type, String headers, String body) {
    return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(status, type, body.getBytes(StandardCharsets.UTF_8).length, headers, body);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
