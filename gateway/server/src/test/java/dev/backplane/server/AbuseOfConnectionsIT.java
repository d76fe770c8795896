package dev.backplane.server;

import static dev.backplane.server.AbusedServer.CLOSED;
import static dev.backplane.server.AbusedServer.sends;
import static dev.backplane.server.Bytes.KB;
import static dev.backplane.server.Bytes.MB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Request;
import java.net.SocketException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections that are many, or on which little happens. How long each may last is tested where the
 * bounds are small: {@link SlowClientsTest}, {@link BodyDeadlineTest}.
 */
@Timeout(120)
class AbuseOfConnectionsIT {
  private static AbusedServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = AbusedServer.start(directory, "http://127.0.0.1:1/none", AbuseOfConnectionsIT.class);
    try (HttpConnection connection = new HttpConnection(server.port())) {
      for (int n = 0; n < 10; n++) {
        Request create =
            Request.json("POST", "/api/things", "{\"t\":\"" + "x".repeat(100 * KB) + "\"}");
        assertThat(connection.exchange(create).status()).isEqualTo(201);
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    try (AbusedServer ending = server) {
      ending.requireAsBefore(16);
    }
  }

  @Test
  void connections_without_a_request() throws Exception {
    server.hold("connections without a byte", 2_000, socket -> {});
    server.hold(
        "a part of a head",
        2_000,
        socket -> socket.getOutputStream().write(Bytes.of("GET /api/go")));
    server.hold(
        "heads of 15 KB that lack the last line",
        500,
        socket ->
            socket
                .getOutputStream()
                .write(Bytes.of("GET / HTTP/1.1\r\nX: " + "a".repeat(15 * KB))));
    server.hold(
        "half of a connection",
        1_000,
        socket -> {
          socket.getOutputStream().write(Bytes.of("GET /api/good/1 HTTP/1.1\r\n"));
          socket.shutdownOutput();
        });
  }

  @Test
  void bodies_that_do_not_arrive() throws Exception {
    byte[] head =
        Bytes.request(
            "POST", "/api/good", "Content-Type: application/json", "Content-Length: 1000000");
    server.hold("bodies that do not begin", 500, socket -> socket.getOutputStream().write(head));
    server.hold(
        "bodies of which a byte is there",
        500,
        socket -> {
          socket.getOutputStream().write(head);
          socket.getOutputStream().write('{');
        });
    byte[] almost = Bytes.of("{\"a\":\"" + "x".repeat(999_000));
    server.hold(
        "bodies of 1 MB that lack the end",
        100,
        socket -> {
          socket.getOutputStream().write(head);
          socket.getOutputStream().write(almost);
        });
  }

  @Test
  void answers_that_nobody_reads() throws Exception {
    server.hold(
        "answers of 1 MB that nobody reads",
        200,
        socket -> socket.getOutputStream().write(Bytes.get("/api/things")));
    server.hold(
        "pipelines of which nobody reads an answer",
        100,
        socket ->
            socket
                .getOutputStream()
                .write(
                    Bytes.of("GET /api/good?_limit=500 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(500))));
  }

  @Test
  void connections_come_and_go() throws Exception {
    byte[] refused = Bytes.body("POST", "/nowhere", "application/json", new byte[MB / 2]);
    assertThat(server.attack("bodies that nobody wants", 8, 10, sends(refused)))
        .containsOnlyKeys(404);
    assertThat(server.attack("connections that are closed at once", 8, 500, socket -> CLOSED))
        .containsOnlyKeys(CLOSED);
    assertThat(
            server.attack(
                "connections that are reset in a request",
                8,
                200,
                socket -> {
                  socket.setSoLinger(true, 0);
                  try {
                    socket.getOutputStream().write(Bytes.get("/api/good?_limit=100"));
                  } catch (SocketException reset) {
                    // there was no place for it, as the server had not seen yet that others left
                  }
                  return CLOSED;
                }))
        .containsOnlyKeys(CLOSED);
  }
}
