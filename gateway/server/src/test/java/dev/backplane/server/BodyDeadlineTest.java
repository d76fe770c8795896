package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BodyDeadlineTest {
  private static final String HEAD =
      "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n";

  @Test
  void body_that_trickles_in_is_cut_off() throws Exception {
    Server server = start(Duration.ofMillis(100));
    try (RawClient client = new RawClient(port(server))) {
      client.send(HEAD);

      assertThat(trickle(client)).startsWith("HTTP/1.1 408 ");
    } finally {
      server.stop();
    }
  }

  @Test
  void body_that_arrives_in_time_is_read() throws Exception {
    Server server = start(Duration.ofMinutes(1));
    try (RawClient client = new RawClient(port(server))) {
      client.send(HEAD.replace("100000", "2"));
      client.send("{");
      client.send("}");

      assertThat(client.readToEnd()).startsWith("HTTP/1.1 204 ");
    } finally {
      server.stop();
    }
  }

  /** Sends a byte now and then, until there is an answer. */
  private static String trickle(RawClient client) throws IOException {
    client.timeout(Duration.ofMillis(20));
    while (true) {
      client.send(" ");
      try {
        return client.readToEnd();
      } catch (SocketTimeoutException noAnswerYet) {
        continue;
      }
    }
  }

  private static Server start(Duration limit) throws Exception {
    Server server = new Server(0);
    BodyDeadline deadline = new BodyDeadline(limit);
    deadline.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            try {
              Content.Source.asByteBuffer(request);
              response.setStatus(204);
            } catch (IOException cutOff) {
              response.setStatus(408);
            }
            callback.succeeded();
            return true;
          }
        });
    server.setHandler(deadline);
    server.start();
    return server;
  }

  private static int port(Server server) {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }
}
