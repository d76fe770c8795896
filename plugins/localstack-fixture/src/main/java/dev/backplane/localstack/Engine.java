package dev.backplane.localstack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The Docker engine that Testcontainers will use, asked beforehand whether it answers:
 * Testcontainers takes long to find none, and is loud about it.
 */
final class Engine {
  private static final int PATIENCE = 5_000;

  private final List<Path> sockets;

  Engine(List<Path> sockets) {
    this.sockets = List.copyOf(sockets);
  }

  /**
   * The engine where one usually listens. Without sockets where that is for Testcontainers to find
   * out: over a network, on Windows and where its own configuration is.
   */
  static Engine usual(Map<String, String> environment, Path home) {
    String given = environment.getOrDefault("DOCKER_HOST", "");
    if (given.startsWith("unix://")) {
      return new Engine(List.of(Path.of(given.substring("unix://".length()))));
    }
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    if (!given.isEmpty() || windows || isConfigured(home)) {
      return new Engine(List.of());
    }
    List<Path> sockets = new ArrayList<>();
    sockets.add(Path.of("/var/run/docker.sock"));
    Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
        .ifPresent(directory -> sockets.add(Path.of(directory, "docker.sock")));
    sockets.add(home.resolve(".docker/run/docker.sock"));
    sockets.add(home.resolve(".docker/desktop/docker.sock"));
    return new Engine(sockets);
  }

  /**
   * Whether Testcontainers was told of an engine; it also writes things of its own to that file.
   */
  private static boolean isConfigured(Path home) {
    Properties properties = new Properties();
    try (Reader file = Files.newBufferedReader(home.resolve(".testcontainers.properties"))) {
      properties.load(file);
    } catch (NoSuchFileException none) {
      return false;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return properties.containsKey("docker.host") || properties.containsKey("tc.host");
  }

  List<Path> sockets() {
    return sockets;
  }

  /** Why no engine can be used, unless one answers or that is not known. */
  Optional<String> absence() {
    List<String> tried = new ArrayList<>();
    for (Path socket : sockets) {
      try {
        ping(socket);
        return Optional.empty();
      } catch (IOException silent) {
        tried.add(socket + " (" + silent.getMessage() + ")");
      }
    }
    return tried.isEmpty()
        ? Optional.empty()
        : Optional.of("no Docker engine answers at " + String.join(", ", tried));
  }

  private static void ping(Path socket) throws IOException {
    if (!Files.exists(socket)) {
      throw new IOException("not there");
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(
          ByteBuffer.wrap("GET /_ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      if (selector.select(PATIENCE) == 0) {
        throw new IOException("no answer");
      }
      ByteBuffer answer = ByteBuffer.allocate(64);
      channel.read(answer);
      String status = StandardCharsets.US_ASCII.decode(answer.flip()).toString();
      if (!status.matches("(?s)HTTP/1\\.\\d 200 .*")) {
        throw new IOException("no answer of an engine");
      }
    }
  }
}
