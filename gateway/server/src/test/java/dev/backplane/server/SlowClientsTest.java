package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send the head of a request, or take its answer, ever so slowly. */
@Timeout(60)
class SlowClientsTest {
  /** More than the buffers of two sockets hold. */
  private static final int LARGE = 16 * 1024 * 1024;

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final CompletableFuture<Boolean> taken = new CompletableFuture<>();

  private void start(Duration head, Duration answer) throws Exception {
    server.addConnector(connector);
    HeadDeadline.bound(connector, head);
    AnswerDeadline deadline = new AnswerDeadline(answer, LARGE);
    deadline.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            int size = request.getHttpURI().getPath().equals("/large") ? LARGE : 2;
            response.write(
                true,
                ByteBuffer.allocate(size),
                Callback.from(
                    () -> {
                      taken.complete(true);
                      callback.succeeded();
                    },
                    failure -> {
                      taken.complete(false);
                      callback.failed(failure);
                    }));
            return true;
          }
        });
    server.setHandler(deadline);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void head_that_trickles_in_is_cut_off() throws Exception {
    start(Duration.ofMillis(200), Duration.ofMinutes(1));
    try (Socket client = connect()) {
      send(client, "GET / HTTP/1.1\r\n");
      assertThat(isCutOffWhileSending(client, "X-Another: header\r\n")).isTrue();
    }
  }

  @Test
  void connection_that_waits_for_another_request_is_left_alone() throws Exception {
    start(Duration.ofMillis(200), Duration.ofMinutes(1));
    try (Socket idle = connect();
        Socket slow = connect()) {
      exchange(idle);
      send(slow, "GET / HTTP/1.1\r\n");
      assertThat(isCutOffWhileSending(slow, "X-Another: header\r\n")).isTrue();
      exchange(idle); // as old as the other one
    }
  }

  @Test
  void answer_that_nobody_takes_is_given_up() throws Exception {
    start(Duration.ofMinutes(1), Duration.ofMillis(200));
    try (Socket client = connect()) {
      send(client, "GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(taken.get()).isFalse();
    }
  }

  @Test
  void answer_that_is_taken_in_time_is_whole() throws Exception {
    start(Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (Socket client = connect()) {
      send(client, "GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(client.getInputStream().readAllBytes()).hasSizeGreaterThan(LARGE);
      assertThat(taken.get()).isTrue();
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
  }

  private static void exchange(Socket client) throws IOException {
    send(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    byte[] start = client.getInputStream().readNBytes("HTTP/1.1 200".length());
    assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
    InputStream in = client.getInputStream();
    while (in.read() != '\0') {
      continue; // up to the body
    }
    assertThat(in.read()).isZero();
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends now and then, which ends only when the server has closed the connection. */
  private static boolean isCutOffWhileSending(Socket client, String text) throws IOException {
    client.setSoTimeout(20);
    try {
      while (true) {
        send(client, text);
        try {
          return client.getInputStream().read() < 0;
        } catch (SocketTimeoutException notYet) {
          continue;
        }
      }
    } catch (SocketException reset) {
      return true;
    }
  }
}
