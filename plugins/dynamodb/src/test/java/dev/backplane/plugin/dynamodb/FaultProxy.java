package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a store and its database, on loopback, and spoils requests as it is told, by the
 * operation's name such as {@code PutItem}; the others it passes on. Counts requests and open
 * connections. Safe for use by many threads.
 */
final class FaultProxy implements AutoCloseable {
  private final ServerSocket server;
  private final DatabaseCalls database;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Map<String, Deque<Fault>> next = new HashMap<>();
  private final Map<String, Fault> always = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  private FaultProxy(ServerSocket server, DatabaseCalls database) {
    this.server = server;
    this.database = database;
  }

  static FaultProxy before(URI database) {
    try {
      ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(server, new DatabaseCalls(database));
      Thread.ofVirtual().name("fault-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Spoils the next requests for this operation, one after the other. */
  synchronized void next(String operation, Fault... faults) {
    next.computeIfAbsent(operation, any -> new ArrayDeque<>()).addAll(List.of(faults));
  }

  /** Spoils all requests for this operation that {@link #next} says nothing about. */
  synchronized void always(String operation, Fault fault) {
    always.put(operation, fault);
  }

  /** From now on, passes everything on, and counts anew. */
  synchronized void reset() {
    next.clear();
    always.clear();
    counts.clear();
  }

  /** How many requests for an operation came, those that were spoilt included. */
  synchronized int count(String operation) {
    return counts.getOrDefault(operation, 0);
  }

  int openConnections() {
    return connections.size();
  }

  private synchronized Optional<Fault> arrived(String operation) {
    counts.merge(operation, 1, Integer::sum);
    Deque<Fault> faults = next.getOrDefault(operation, new ArrayDeque<>());
    return Optional.ofNullable(faults.isEmpty() ? always.get(operation) : faults.remove());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual().name("fault-proxy").start(() -> serve(connection));
      } catch (SocketException closed) {
        return;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      Optional<HttpMessage> request = HttpMessage.read(in);
      while (request.isPresent()) {
        Optional<HttpMessage> answer = answer(request.get(), in);
        if (answer.isEmpty()) {
          return;
        }
        answer.get().write(connection.getOutputStream());
        request = HttpMessage.read(in);
      }
    } catch (IOException gone) {
      // the client gave up on an answer, which is what many of these tests are about
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  /** Empty where the connection is to be closed instead. */
  private Optional<HttpMessage> answer(HttpMessage request, InputStream in)
      throws IOException, InterruptedException {
    String target = request.header("x-amz-target").orElseThrow();
    Optional<Fault> fault = arrived(target.substring(target.indexOf('.') + 1));
    if (fault.isEmpty()) {
      return Optional.of(database.pass(request));
    }
    return switch (fault.get()) {
      case Fault.Refuse refusal -> Optional.of(answer(refusal));
      case Fault.Leave leave -> Optional.of(database.passSome(request, leave.done()));
      case Fault.Delay delay -> {
        TimeUnit.NANOSECONDS.sleep(delay.time().toNanos());
        yield Optional.of(database.pass(request));
      }
      case Fault.Hang hang -> {
        HttpMessage.read(in); // until the client closes the connection
        yield Optional.empty();
      }
      case Fault.DropBefore drop -> Optional.empty();
      case Fault.DropAfter drop -> {
        database.pass(request);
        drop.meanwhile().run();
        yield Optional.empty();
      }
    };
  }

  private static HttpMessage answer(Fault.Refuse refusal) {
    JsonObject body =
        JsonObject.of(
                "__type", new JsonString("com.amazonaws.dynamodb.v20120810#" + refusal.code()))
            .with("message", new JsonString(refusal.message()));
    return HttpMessage.answer(refusal.status(), DatabaseCalls.JSON.write(body));
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    database.close();
  }
}
