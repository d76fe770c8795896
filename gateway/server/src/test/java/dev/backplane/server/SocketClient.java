package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Client;
import dev.backplane.core.contract.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway behind the real server, and a client that opens a socket for each request. */
final class SocketClient implements Client {
  private final Gateway gateway;
  private final HttpServer server;

  private SocketClient(Gateway gateway, HttpServer server) {
    this.gateway = gateway;
    this.server = server;
  }

  static SocketClient start(Path mapping, Path... plugins) throws IOException {
    return start(mapping, new Callers(), plugins);
  }

  static SocketClient start(Path mapping, Callers callers, Path... plugins) throws IOException {
    return start(mapping, callers, Bounds.usual(), plugins);
  }

  static SocketClient start(Path mapping, Callers callers, Bounds bounds, Path... plugins)
      throws IOException {
    Gateway gateway = Gateway.start(new Gateway.Options(mapping, List.of(plugins), Map.of()));
    callers.take(gateway.authentication());
    bounds.limits().take(gateway.rateLimits());
    ServerProblems problems = new ServerProblems(gateway::crossOriginHeaders);
    return new SocketClient(
        gateway,
        HttpServer.start(
            config -> gateway.addTo(config, callers, bounds.limits()),
            problems,
            bounds,
            Optional.empty(),
            "127.0.0.1",
            0,
            Duration.ofSeconds(5)));
  }

  int port() {
    return server.port();
  }

  @Override
  public Answer send(Request request) {
    try (HttpConnection connection = new HttpConnection(server.port())) {
      return connection.exchange(request);
    } catch (IOException e) {
      throw new UncheckedIOException(request.toString(), e);
    }
  }

  @Override
  public void close() {
    server.close();
    gateway.close();
  }

  @Override
  public String toString() {
    return "server";
  }
}
