package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.log.JsonLine;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * What the access log says of one request: nothing from a body or a query, no id of an item, no
 * credential. Taken on the request's thread, as the server uses requests again; written on another.
 *
 * @param time when the request began to arrive
 * @param who who sent it
 * @param method as it was sent; may be any word
 * @param protocol such as {@code HTTP/1.1}
 * @param status the answer's status
 * @param bytesIn of the body, as far as it was read
 * @param bytesOut of the answer's body, as it went over the wire
 * @param took from the request's first byte to the answer's last
 * @param requestId the answer's {@code X-Request-Id}; empty when it has none
 * @param handled what the gateway says; empty where it was not asked
 */
record AccessEntry(
    Instant time,
    Sender who,
    String method,
    String protocol,
    int status,
    long bytesIn,
    long bytesOut,
    Duration took,
    String requestId,
    Optional<Gateway.Handled> handled) {
  private static final String REQUEST_ID = "X-Request-Id";

  /** More of what clients can write at will helps nobody. */
  private static final int MOST_CHARACTERS = 256;

  /**
   * Where a request came from; personal data.
   *
   * @param client the address at the other end of the connection
   * @param subject who is calling, as they proved to be
   * @param forwardedFor what the request says of addresses before that one; anybody can write that
   * @param userAgent what the client calls itself
   */
  record Sender(String client, String subject, String forwardedFor, String userAgent) {
    static final Sender ANONYMOUS = new Sender("", "", "", "");

    private static Sender of(Request request, Optional<Gateway.Handled> handled) {
      return new Sender(
          request.getConnectionMetaData().getRemoteSocketAddress()
                  instanceof InetSocketAddress address
              ? address.getAddress().getHostAddress()
              : "",
          handled.map(Gateway.Handled::subject).orElse(""),
          cut(request.getHeaders().get(HttpHeader.X_FORWARDED_FOR)),
          cut(request.getHeaders().get(HttpHeader.USER_AGENT)));
    }
  }

  /** Takes down a request whose answer is complete. */
  static AccessEntry of(Request request, Response response, boolean anonymous) {
    Optional<Gateway.Handled> handled = Gateway.handled(request::getAttribute);
    HttpField id = response.getHeaders().getField(REQUEST_ID);
    return new AccessEntry(
        Instant.ofEpochMilli(Request.getTimeStamp(request)),
        anonymous ? Sender.ANONYMOUS : Sender.of(request, handled),
        cut(request.getMethod()),
        request.getConnectionMetaData().getHttpVersion().asString(),
        response.getStatus(),
        Request.getContentBytesRead(request),
        Response.getContentBytesWritten(response),
        Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime()),
        id == null ? "" : id.getValue(),
        handled);
  }

  private static String cut(@Nullable String text) {
    if (text == null) {
      return "";
    }
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  /** As a line of JSON, with the names that the function's log has, too. */
  byte[] line() {
    JsonLine line = new JsonLine(time);
    known(line, "client", who.client());
    known(line, "forwardedFor", who.forwardedFor());
    known(line, "subject", who.subject());
    line.member("method", method);
    line.member("protocol", protocol);
    line.member("status", status);
    line.member("latency", millis(took));
    line.member("bytesIn", bytesIn);
    line.member("bytesOut", bytesOut);
    known(line, "requestId", requestId);
    handled.ifPresent(found -> add(found, line));
    known(line, "userAgent", who.userAgent());
    return line.end();
  }

  private void add(Gateway.Handled found, JsonLine line) {
    known(line, "route", found.route());
    known(line, "resource", found.resource());
    known(line, "service", found.service());
    known(line, "plan", found.plan());
    line.member("storeLatency", millis(found.stores()));
    line.member("gatewayLatency", millis(took.minus(found.stores())));
    line.member("storeCalls", found.storeCalls());
  }

  private static void known(JsonLine line, String name, String value) {
    if (!value.isEmpty()) {
      line.member(name, value);
    }
  }

  private static double millis(Duration duration) {
    return Math.floorDiv(duration.toNanos(), 1_000L) / 1_000.0; // to the microsecond
  }
}
