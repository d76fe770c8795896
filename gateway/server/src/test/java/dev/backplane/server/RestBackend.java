package dev.backplane.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service behind the http plugin that has one item, and keeps the headers that it is sent. */
final class RestBackend implements AutoCloseable {
  private final List<Headers> received = new CopyOnWriteArrayList<>();
  private final HttpServer http;

  RestBackend() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          try (exchange) {
            received.add(exchange.getRequestHeaders());
            byte[] item = "{\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, item.length);
            exchange.getResponseBody().write(item);
          }
        });
    http.start();
  }

  /** A mapping with the resource {@code things}, which this answers for. */
  String mapping() {
    return "resources:\n  things: {service: http, settings: {url: \"http://127.0.0.1:%d/things\"}}\n"
        .formatted(http.getAddress().getPort());
  }

  /** The headers of the last request. */
  Headers last() {
    return received.get(received.size() - 1);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
