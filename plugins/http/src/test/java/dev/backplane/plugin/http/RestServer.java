package dev.backplane.plugin.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.backplane.spi.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A REST service on a real socket, with nothing of the gateway in it: collections of JSON objects
 * at {@code /v1/{name}}, each with habits of its own.
 */
final class RestServer implements AutoCloseable {
  static {
    // otherwise the JDK's server waits for an acknowledgement between header and body
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String BASE = "/v1/";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, RestCollection> collections = new ConcurrentHashMap<>();
  private final AtomicInteger names = new AtomicInteger();

  private RestServer(HttpServer server) {
    this.server = server;
  }

  static RestServer start() {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      RestServer rest = new RestServer(HttpServer.create(any, 100));
      rest.server.setExecutor(rest.threads);
      rest.server.createContext(BASE, rest::handle);
      rest.server.start();
      return rest;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds an empty collection and gives its URL. */
  String add(Habits habits) {
    String name = "things" + names.incrementAndGet();
    collections.put(name, new RestCollection(habits, BASE + name));
    return url() + name;
  }

  /** Adds a collection of these items and gives its URL. */
  String add(Habits habits, Map<String, JsonObject> items) {
    String url = add(habits);
    RestCollection collection = collections.get(url.substring(url().length()));
    items.forEach(collection::fill);
    return url;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + BASE;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath().substring(BASE.length());
      int slash = path.indexOf('/');
      String name = slash < 0 ? path : path.substring(0, slash);
      RestCollection collection = collections.get(name);
      byte[] body = exchange.getRequestBody().readAllBytes();
      RestAnswer answer =
          collection == null
              ? RestAnswer.empty(404)
              : collection.answer(
                  new RestRequest(
                      exchange.getRequestMethod(),
                      slash < 0 ? "" : path.substring(slash + 1),
                      RestRequest.parameters(exchange.getRequestURI().getRawQuery()),
                      exchange.getRequestHeaders(),
                      body));
      answer.headers().forEach((header, value) -> exchange.getResponseHeaders().set(header, value));
      byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
      exchange.getResponseBody().write(text);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
