package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import dev.backplane.log.LogFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The server in this process, which takes in changes of its files at once. */
final class ReloadingServer implements AutoCloseable {
  private final StringWriter told = new StringWriter();
  private final Reloading reloading;
  private final Gateway gateway;
  private final HttpServer server;

  ReloadingServer(Path mapping, Path... plugins) throws IOException {
    Gateway.Options options =
        new Gateway.Options(mapping, List.of(plugins), Map.of(), List.of(plugins));
    PrintWriter out = new PrintWriter(told, true);
    Console console = new Console(out, out, LogFormat.TEXT);
    reloading = new Reloading(options, new Callers(), new Limits(), Duration.ofMillis(20), console);
    gateway = Gateway.start(options);
    server = HttpServer.start(gateway::addTo, "127.0.0.1", 0, Duration.ofSeconds(5));
    reloading.start(gateway, complete -> {});
  }

  int port() {
    return server.port();
  }

  Answer send(Request request) {
    try (HttpConnection connection = new HttpConnection(port())) {
      return connection.exchange(request);
    } catch (IOException e) {
      throw new UncheckedIOException(request.toString(), e);
    }
  }

  Answer get(String path) {
    return send(Request.of("GET", path));
  }

  /** Waits until a path is answered with this status. */
  void await(int status, String path) throws InterruptedException {
    while (get(path).status() != status) {
      Thread.sleep(5);
    }
  }

  /** Waits until a path is answered with a text. */
  void await(String text, String path) throws InterruptedException {
    while (!get(path).text().contains(text)) {
      Thread.sleep(5);
    }
  }

  /** What it printed so far. */
  String told() {
    return told.toString();
  }

  @Override
  public void close() {
    reloading.close();
    server.close();
    gateway.close();
  }
}
