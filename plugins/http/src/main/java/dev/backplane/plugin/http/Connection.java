package dev.backplane.plugin.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections to one backend, and the breaker that keeps requests from one that fails. Sends a
 * request once; {@link Backend} tries again. Safe for use by many threads.
 */
final class Connection implements AutoCloseable {
  /** So that a backend that moves to another address is found there. */
  private static final TimeValue CONNECTION_LIFE = TimeValue.ofMinutes(5);

  /**
   * Many servers close a connection after some seconds; one that rested is looked at before use.
   */
  private static final TimeValue UNTESTED_REST = TimeValue.ofSeconds(1);

  /** Of an answer's head, which would be read for ever otherwise. */
  private static final Http1Config BOUNDS =
      Http1Config.custom().setMaxLineLength(16 << 10).setMaxHeaderCount(200).build();

  private static final ContentType JSON = ContentType.create("application/json");

  private final ConnectionSettings settings;
  private final HttpHost host;
  private final CloseableHttpClient client;
  private final RequestConfig config;
  private final Circuit circuit;

  /** Ends requests whose time is up, also those whose answer trickles in. */
  private final ScheduledThreadPoolExecutor timer;

  Connection(ConnectionSettings settings) {
    this.settings = settings;
    BaseUrl base = settings.base();
    this.host = new HttpHost(base.scheme(), base.host(), base.port());
    this.client = client(settings);
    Timeout whole = Timeout.of(settings.timeout());
    this.config =
        RequestConfig.custom()
            // less than the whole, so that "all are busy" can be told from "does not answer"
            .setConnectionRequestTimeout(Timeout.of(settings.timeout().dividedBy(2)))
            .setResponseTimeout(whole)
            .setRedirectsEnabled(false)
            .setExpectContinueEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build();
    this.circuit = new Circuit(settings.breaker());
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("backplane-http-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  private static CloseableHttpClient client(ConnectionSettings settings) {
    PoolingHttpClientConnectionManagerBuilder builder =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new AllowedAddresses(SystemDefaultDnsResolver.INSTANCE))
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(BOUNDS).build())
            .setMaxConnTotal(settings.maxConnections())
            .setMaxConnPerRoute(settings.maxConnections())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                    .setSocketTimeout(Timeout.of(settings.timeout())) // also of the TLS handshake
                    .setTimeToLive(CONNECTION_LIFE)
                    .setValidateAfterInactivity(UNTESTED_REST)
                    .build());
    settings
        .trust()
        .context()
        .ifPresent(context -> builder.setTlsSocketStrategy(new DefaultClientTlsStrategy(context)));
    return HttpClients.custom()
        .setConnectionManager(builder.build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .setUserAgent("Backplane")
        .build();
  }

  ConnectionSettings settings() {
    return settings;
  }

  Circuit circuit() {
    return circuit;
  }

  /**
   * Sends a request and reads the answer whole.
   *
   * @throws IOException when no whole answer comes before the deadline
   */
  Answer send(Call call, Iterable<Field> fields, Deadline deadline) throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), URI.create(call.target()));
    request.setConfig(config);
    deadline.propagated().forEach(request::setHeader);
    fields.forEach(field -> request.setHeader(field.name(), field.value()));
    call.headers().forEach(request::setHeader);
    call.body().ifPresent(body -> request.setEntity(new ByteArrayEntity(body, JSON)));
    Future<?> end = timer.schedule(request::cancel, deadline.left(), TimeUnit.NANOSECONDS);
    try (ClassicHttpResponse response = client.executeOpen(host, request, null)) {
      return new Answer(response.getCode(), response, body(response, request));
    } finally {
      end.cancel(false);
    }
  }

  /** A header that every request has. */
  record Field(String name, String value) {
    /** The name; the value may be a secret. */
    @Override
    public String toString() {
      return name;
    }
  }

  private byte[] body(ClassicHttpResponse response, HttpUriRequestBase request) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    int most = settings.maxAnswer();
    long length = entity.getContentLength();
    if (length > most) {
      request.cancel(); // closing would read the rest
      throw new TooLargeException(most);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.clamp(length, 1024, 64 << 10));
    byte[] buffer = new byte[8192];
    try (InputStream content = entity.getContent()) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        bytes.write(buffer, 0, read);
        if (bytes.size() > most) {
          request.cancel();
          throw new TooLargeException(most);
        }
      }
    }
    return bytes.toByteArray();
  }

  /** Thrown for a body of more bytes than the mapping allows. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int most) {
      super("an answer of more than max-answer-size, " + most + " bytes");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
