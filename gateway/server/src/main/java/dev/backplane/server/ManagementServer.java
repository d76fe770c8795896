package dev.backplane.server;

import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What those who run the server look at, on a port of its own that clients need not reach. It has
 * threads of its own, too, and so answers however busy the API is. Nothing of the API is served
 * here, and nothing of this there.
 */
final class ManagementServer implements AutoCloseable {
  /**
   * What is at a path.
   *
   * @param status the HTTP status
   * @param type the media type
   * @param body the content, which is sent in UTF-8
   */
  record Page(int status, String type, String body) {}

  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

  /** One accepts, one selects, and a few answer: who comes here comes every few seconds. */
  private static final int THREADS = 6;

  private static final int MAX_HEADER_SIZE = 8 * 1024;
  private static final int IDLE_MILLIS = 30_000;

  private final Map<String, Function<Optional<String>, Page>> pages = new ConcurrentHashMap<>();
  private final ManagementAddress address;
  private final Server server;
  private final ServerConnector connector;

  private ManagementServer(ManagementAddress address) {
    this.address = address;
    // Not Jetty's own queue, which starts all of JMX to learn the size of a cache line.
    QueuedThreadPool pool =
        new QueuedThreadPool(THREADS, 1, IDLE_MILLIS, new LinkedBlockingQueue<>());
    pool.setName("management");
    pool.setDaemon(true);
    this.server = new Server(pool);
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(MAX_HEADER_SIZE);
    http.setSendServerVersion(false);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.host());
    connector.setPort(address.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(new Pages());
  }

  /**
   * Starts a server without a page.
   *
   * @param address where to listen
   * @return the server
   * @throws BindException when that address cannot be listened on; the message says why
   */
  static ManagementServer start(ManagementAddress address) throws BindException {
    ManagementServer management = new ManagementServer(address);
    try {
      management.connector.open();
      management.server.start();
    } catch (IOException e) {
      throw HttpServer.cannotListen(
          address.host(), address.port(), e, "--management", "--management");
    } catch (Exception e) {
      throw new IllegalStateException("the management server did not start", e);
    }
    return management;
  }

  /**
   * Adds what is at a path, to be made anew for each request, on a thread of this server.
   *
   * @param path the whole path, for example {@code /info}
   * @param page makes it, from the {@code Accept} of who asks; should be quick
   * @return this
   */
  ManagementServer add(String path, Function<Optional<String>, Page> page) {
    pages.put(path, page);
    return this;
  }

  /** Where the server answers. */
  String url() {
    return "http://" + new ManagementAddress(address.host(), connector.getLocalPort());
  }

  /** Stops at once: nobody waits here for an answer that matters. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.error("The management server did not stop as it should.", e);
    }
  }

  private final class Pages extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      boolean reads =
          HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
      Page page = reads ? page(request) : text(HttpStatus.METHOD_NOT_ALLOWED_405, "Use GET.\n");
      response.setStatus(page.status());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, page.type());
      byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      response.getHeaders().put("X-Content-Type-Options", "nosniff");
      if (!reads) {
        response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      }
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }

    private Page page(Request request) {
      Function<Optional<String>, Page> page = pages.get(request.getHttpURI().getPath());
      if (page == null) {
        return text(
            HttpStatus.NOT_FOUND_404,
            "There is nothing at this path; there is something at "
                + String.join(", ", pages.keySet().stream().sorted().toList())
                + ".\n");
      }
      try {
        return page.apply(Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT)));
      } catch (RuntimeException failure) {
        LOG.error("{} failed", request.getHttpURI().getPath(), failure);
        return text(HttpStatus.INTERNAL_SERVER_ERROR_500, "It failed; the log tells more.\n");
      }
    }
  }

  private static Page text(int status, String text) {
    return new Page(status, "text/plain;charset=utf-8", text);
  }
}
