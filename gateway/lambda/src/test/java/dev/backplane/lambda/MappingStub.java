package dev.backplane.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** S3 and SSM with one object and one parameter, the mapping; none while it is empty. */
final class MappingStub implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String content;
  private volatile boolean fails;
  private volatile String signature = "";

  MappingStub(String content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      asked.incrementAndGet();
      signature = exchange.getRequestHeaders().getFirst("Authorization");
      if (fails) {
        exchange.sendResponseHeaders(503, -1);
      } else if (exchange.getRequestMethod().equals("GET")) {
        object(exchange);
      } else {
        parameter(exchange, request);
      }
    }
  }

  private void object(HttpExchange exchange) throws IOException {
    String tag = "\"" + Integer.toHexString(content.hashCode()) + "\"";
    boolean known = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    boolean right =
        exchange.getRequestURI().getRawPath().equals("/a-bucket/some%20folder/mapping.yaml");
    exchange.getResponseHeaders().add("ETag", tag);
    if (content.isEmpty() || !right) {
      exchange.sendResponseHeaders(404, -1);
    } else if (known) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      send(exchange, 200, content);
    }
  }

  private void parameter(HttpExchange exchange, String request) throws IOException {
    boolean right =
        request.contains("\"/backplane/mapping\"")
            && "AmazonSSM.GetParameter"
                .equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    if (content.isEmpty() || !right) {
      send(exchange, 400, "{\"__type\":\"ParameterNotFound\"}");
      return;
    }
    String value = JsonMapper.shared().writeValueAsString(content);
    int version = content.hashCode() & 0xFFFF;
    send(
        exchange,
        200,
        "{\"Parameter\":{\"Name\":\"n\",\"Value\":" + value + ",\"Version\":" + version + "}}");
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void put(String newContent) {
    content = newContent;
  }

  void fail() {
    fails = true;
  }

  int asked() {
    return asked.get();
  }

  String lastSignature() {
    return signature;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
