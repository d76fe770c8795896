package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request whose thread does not come back. */
@Timeout(60)
class StuckRequestsTest {
  private final Set<Thread> stuck = ConcurrentHashMap.newKeySet();
  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  /** Is in a plugin and gets stuck there. */
  private final class Sticky extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws InterruptedException {
      stuck.add(Thread.currentThread());
      go.await();
      stuck.remove(Thread.currentThread());
      response.setStatus(200);
      callback.succeeded();
      ended.countDown();
      return true;
    }
  }

  private final class Memory implements AccessLog.Destination {
    @Override
    public void write(byte[] lines) {
      written.writeBytes(lines);
    }

    @Override
    public void close() {}
  }

  @Test
  void request_thatIsGivenUp_isLoggedOnce_asWhatTheClientSaw() throws Exception {
    AccessLog log = new AccessLog(new Memory(), false).start();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    server.addConnector(connector);
    StuckRequests handler =
        new StuckRequests(() -> Set.copyOf(stuck), new ServerProblems(origin -> Map.of()));
    handler.setHandler(new Sticky());
    server.setHandler(handler);
    RequestLogs.add(server, log);
    server.start();
    try {
      assertThat(RawClient.get(connector.getLocalPort(), "/api/x")).contains(" 504 ");
      go.countDown();
      ended.await();
    } finally {
      server.stop();
      log.close();
    }
    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .hasSize(1)
        .allMatch(line -> line.contains("\"status\":504") && line.contains("\"requestId\":\""));
  }
}
