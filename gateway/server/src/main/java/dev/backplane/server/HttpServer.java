package dev.backplane.server;

import dev.backplane.core.Gateway;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server around routes of Javalin: one thread a request, sizes and idle times bounded, and
 * a stop that lets running requests end.
 */
final class HttpServer implements AutoCloseable {
  /** The largest URL with headers; API Gateway passes 10 KiB. */
  static final int MAX_HEADER_SIZE = 16 * 1024;

  /**
   * How many connections may wait to be accepted. The usual 50 come at once now and then, and
   * whoever finds no room asks again only after a second.
   */
  private static final int WAITING_CONNECTIONS = 1024;

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration BODY_TIMEOUT = Duration.ofMinutes(1);

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** What a poor connection has. */
  private static final int ANSWER_RATE = 64 * 1024;

  /**
   * The path is the gateway's to judge: an id may be {@code a/b}, sent as {@code a%2Fb}, or {@code
   * %2F}, sent as {@code %252F}.
   */
  private static final UriCompliance ANY_PATH =
      UriCompliance.UNSAFE.without(
          "ANY_PATH", UriCompliance.Violation.USER_INFO, UriCompliance.Violation.FRAGMENT);

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final Javalin javalin;
  private final String host;
  private final Duration drain;

  private HttpServer(Javalin javalin, String host, Duration drain) {
    this.javalin = javalin;
    this.host = host;
    this.drain = drain;
  }

  /**
   * Starts a server.
   *
   * @param routes adds what is served
   * @param host the address to listen on
   * @param port the port, or 0 for a free one
   * @param drain how long {@link #close} waits for running requests
   * @throws BindException when that address cannot be listened on; the message says why
   */
  static HttpServer start(Consumer<JavalinConfig> routes, String host, int port, Duration drain)
      throws BindException {
    ServerProblems problems = new ServerProblems(origin -> Map.of());
    return start(routes, problems, Bounds.usual(), Optional.empty(), host, port, drain);
  }

  /**
   * Starts a server.
   *
   * @param routes adds what is served
   * @param problems answers what does not get as far as the routes
   * @param bounds how much it takes on at once
   * @param telemetry measures requests
   * @param host the address to listen on
   * @param port the port, or 0 for a free one
   * @param drain how long {@link #close} waits for running requests
   * @throws BindException when that address cannot be listened on; the message says why
   */
  static HttpServer start(
      Consumer<JavalinConfig> routes,
      ServerProblems problems,
      Bounds bounds,
      Optional<RequestTelemetry> telemetry,
      String host,
      int port,
      Duration drain)
      throws BindException {
    Javalin javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.jetty.threadPool = RequestThreads.pool();
          config.http.compressionStrategy = CompressionStrategy.NONE; // Compression does it
          config.jetty.modifyServer(server -> prepare(server, problems, bounds, telemetry, drain));
          config.jetty.modifyServletContextHandler(context -> prepare(context, problems));
          routes.accept(config);
        });
    Server server = javalin.jettyServer().server();
    ServerConnector connector = connector(server, bounds, telemetry, host, port);
    server.addConnector(connector);
    try {
      connector.open(); // before the start, which would log a stack trace when the port is in use
    } catch (IOException e) {
      throw cannotListen(host, port, e, "--host", "--port");
    }
    javalin.start();
    return new HttpServer(javalin, host, drain);
  }

  /**
   * Says why an address cannot be listened on.
   *
   * @param hostOption the option that gives the address
   * @param portOption the option that gives the port
   */
  static BindException cannotListen(
      String host, int port, IOException failure, String hostOption, String portOption) {
    return new BindException(
        "Cannot listen on port "
            + port
            + " of "
            + host
            + ": "
            + reason(failure, hostOption, portOption)
            + ".");
  }

  private static String reason(IOException failure, String hostOption, String portOption) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof UnresolvedAddressException) {
      return "that is not an address of this machine; choose another with " + hostOption;
    }
    String message = String.valueOf(cause.getMessage());
    if (message.startsWith("Address already in use")) {
      return "another program uses it; choose another with " + portOption;
    }
    if (message.startsWith("Cannot assign requested address")) {
      return "that is not an address of this machine; choose another with " + hostOption;
    }
    if (message.startsWith("Permission denied")) {
      return "ports below 1024 need a privilege; choose another with " + portOption;
    }
    return message;
  }

  private static void prepare(
      Server server,
      ServerProblems problems,
      Bounds bounds,
      Optional<RequestTelemetry> telemetry,
      Duration drain) {
    server.setStopTimeout(drain.toMillis());
    server.setErrorHandler(problems);
    server.insertHandler(new StuckRequests(Gateway::stuckThreads, problems));
    server.insertHandler(new NoCookies());
    server.insertHandler(new Compression());
    server.insertHandler(new AnswerDeadline(ANSWER_TIMEOUT, ANSWER_RATE));
    server.insertHandler(new BodyDeadline(BODY_TIMEOUT));
    telemetry.ifPresent(server::insertHandler);
    telemetry.ifPresent(log -> RequestLogs.add(server, log));
    server.insertHandler(new RequestThreads());
    server.insertHandler(new Entrance(bounds.limits(), new Places(bounds.requests()), problems));
    server.insertHandler(new Lingering());
    server.insertHandler(new TransferCodings());
    server.insertHandler(new GracefulHandler());
  }

  private static void prepare(ServletContextHandler context, ServerProblems problems) {
    context.setErrorHandler(problems);
    // With any path let in, the servlet API refuses to give a decoded one unless told otherwise.
    context.getServletHandler().setDecodeAmbiguousURIs(true);
  }

  private static ServerConnector connector(
      Server server, Bounds bounds, Optional<RequestTelemetry> telemetry, String host, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(ANY_PATH);
    http.setRequestHeaderSize(MAX_HEADER_SIZE);
    http.setSendServerVersion(false);
    ServerConnector connector =
        new Connections(
            server,
            new HttpConnectionFactory(http),
            bounds.connections(),
            bounds.limits(),
            refusal -> telemetry.ifPresent(counting -> counting.refused(refusal)));
    connector.setHost(host);
    connector.setPort(port);
    connector.setAcceptQueueSize(WAITING_CONNECTIONS);
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    HeadDeadline.bound(connector, HEAD_TIMEOUT);
    return connector;
  }

  /** Where the server answers. */
  String url() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + name + ":" + port();
  }

  /** The port, also when a free one was asked for. */
  int port() {
    return javalin.port();
  }

  /** Waits until the server has stopped. */
  void join() throws InterruptedException {
    javalin.jettyServer().server().join();
  }

  /** Lets nobody in any more, waits for the running requests, and stops. */
  @Override
  public void close() {
    try {
      // Not through Javalin, which logs the stack trace of a drain that ran out.
      javalin.jettyServer().server().stop();
    } catch (TimeoutException e) {
      LOG.warn("Requests still ran {} ms after the stop and were cut off.", drain.toMillis());
    } catch (Exception e) {
      LOG.error("The server did not stop as it should.", e);
    }
  }
}
