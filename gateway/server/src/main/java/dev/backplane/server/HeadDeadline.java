package dev.backplane.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Bounds the time in which the head of a request arrives, its line and its headers. The idle
 * timeout alone lets a client send a byte now and then for days. Closes connections without an
 * answer: who sends like this reads none. Looks at all connections of a connector now and then, so
 * that requests pay nothing for it.
 */
final class HeadDeadline implements LifeCycle.Listener {
  private final ServerConnector connector;
  private final Duration limit;

  private HeadDeadline(ServerConnector connector, Duration limit) {
    this.connector = connector;
    this.limit = limit;
  }

  /** Bounds the heads that arrive at a connector, before it is started. */
  static void bound(ServerConnector connector, Duration limit) {
    connector.addEventListener(new HeadDeadline(connector, limit));
  }

  @Override
  public void lifeCycleStarted(LifeCycle started) {
    look();
  }

  private void look() {
    Server server = connector.getServer();
    if (!connector.isStarted() || server == null) {
      return;
    }
    connector.getConnectedEndPoints().stream().filter(this::isLate).forEach(EndPoint::close);
    connector
        .getScheduler()
        .schedule(this::look, Math.max(1, limit.toMillis() / 4), TimeUnit.MILLISECONDS);
  }

  /** Reads what the connection's own thread writes: at worst, the next look sees it. */
  private boolean isLate(EndPoint client) {
    if (!(client.getConnection() instanceof HttpConnection connection)) {
      return false;
    }
    HttpParser parser = connection.getParser();
    return isInHead(parser) && System.nanoTime() - parser.getBeginNanoTime() > limit.toNanos();
  }

  private static boolean isInHead(HttpParser parser) {
    return parser.inHeaderState() && !parser.isStart();
  }
}
