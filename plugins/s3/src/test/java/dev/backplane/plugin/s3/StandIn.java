package dev.backplane.plugin.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * What the plugin needs of S3, in this JVM, with conditions as AWS documents them, and with faults
 * on demand. It stands in where no LocalStack runs, and for what LocalStack does not do: deleting
 * on a condition, and failing.
 */
final class StandIn implements AutoCloseable {
  /** One request; the key is empty where it is about the bucket. */
  record Call(
      String method, String bucket, String key, Map<String, String> query, Headers headers) {}

  /** The headers of a request. */
  interface Headers {
    /** The value of a header; the empty text when there is none. */
    String get(String name);
  }

  /** What comes between a request and its answer: answers otherwise, or does something besides. */
  interface Fault {
    Reply around(Call call, Supplier<Reply> answer) throws IOException;
  }

  private final HttpServer server;
  private final Map<String, StandInBucket> buckets = new ConcurrentHashMap<>();
  private volatile Fault fault = (call, answer) -> answer.get();

  private StandIn(HttpServer server) {
    this.server = server;
  }

  static StandIn start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      StandIn standIn = new StandIn(server);
      server.setExecutor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()));
      server.createContext("/", standIn::handle);
      server.start();
      return standIn;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on; the last one counts. */
  void fail(Fault next) {
    fault = next;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Call call = call(exchange);
    Reply reply = fault.around(call, () -> answer(call, body));
    if (reply.isLost()) {
      exchange.close(); // without a word
      return;
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    boolean empty = reply.body().length == 0 || call.method().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
    if (!empty) {
      exchange.getResponseBody().write(reply.body());
    }
    exchange.close();
  }

  private static Call call(HttpExchange exchange) {
    String path = decoded(exchange.getRequestURI().getRawPath().substring(1));
    int slash = path.indexOf('/');
    Map<String, String> query = new TreeMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String word : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = word.split("=", 2);
      query.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
    }
    return new Call(
        exchange.getRequestMethod(),
        slash < 0 ? path : path.substring(0, slash),
        slash < 0 ? "" : path.substring(slash + 1),
        query,
        name -> {
          String value = exchange.getRequestHeaders().getFirst(name);
          return value == null ? "" : value;
        });
  }

  private static String decoded(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        bytes[length++] = (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        bytes[length++] = (byte) text.charAt(i);
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private Reply answer(Call call, byte[] body) {
    if (call.key().isEmpty() && call.method().equals("PUT")) {
      buckets.putIfAbsent(call.bucket(), new StandInBucket());
      return Reply.of(200);
    }
    StandInBucket bucket = buckets.get(call.bucket());
    if (bucket == null) {
      return Reply.error(404, "NoSuchBucket");
    }
    if (call.key().isEmpty()) {
      return call.method().equals("HEAD") ? Reply.of(200) : bucket.list(call.query());
    }
    return switch (call.method()) {
      case "GET" -> bucket.get(call.key());
      case "PUT" -> bucket.put(call.key(), body, call.headers());
      case "DELETE" -> bucket.delete(call.key(), call.headers().get("If-Match"));
      default -> Reply.error(405, "MethodNotAllowed");
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
