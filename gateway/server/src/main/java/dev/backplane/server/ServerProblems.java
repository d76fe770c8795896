package dev.backplane.server;

import dev.backplane.core.Gateway;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the server refuses before a route sees it in the form that the gateway's own errors
 * have, {@code application/problem+json}, and with nothing of the request but its id.
 */
final class ServerProblems implements Request.Handler {
  private static final String REQUEST_ID = "X-Request-Id";
  private static final Pattern SANE_ID = Pattern.compile("[!-~&&[^\"\\\\]]{1,128}");

  private final Function<Optional<String>, Map<String, String>> crossOrigin;

  /**
   * Answers for one server.
   *
   * @param crossOrigin the headers by which a page of another origin can read an answer
   */
  ServerProblems(Function<Optional<String>, Map<String, String>> crossOrigin) {
    this.crossOrigin = crossOrigin;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    send(
        request,
        response,
        callback,
        id -> Gateway.problem(status, detail(status), Optional.empty(), id));
    return true;
  }

  /**
   * Answers a request that is one too many, with the status that the response has.
   *
   * @param policy the limit that it is beyond; empty when the server is busy
   * @param seconds when to ask again
   */
  void refuse(
      Request request,
      Response response,
      Callback callback,
      Optional<String> policy,
      long seconds) {
    send(request, response, callback, id -> Gateway.refusal(policy, seconds, id));
  }

  private void send(
      Request request, Response response, Callback callback, Function<String, byte[]> problem) {
    String known = response.getHeaders().get(REQUEST_ID); // where the gateway had begun
    String id = known == null ? requestId(request.getHeaders().get(REQUEST_ID)) : known;
    response.getHeaders().put(REQUEST_ID, id);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    Optional<String> origin = Optional.ofNullable(request.getHeaders().get(HttpHeader.ORIGIN));
    crossOrigin.apply(origin).forEach(response.getHeaders()::put);
    byte[] body = problem.apply(id);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private static String requestId(@Nullable String given) {
    return given != null && SANE_ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }

  private static String detail(int status) {
    return switch (status) {
      case HttpStatus.BAD_REQUEST_400 ->
          "This is not a valid HTTP request, or its URL is not a valid one.";
      case HttpStatus.REQUEST_TIMEOUT_408 -> "The request did not arrive in time.";
      case HttpStatus.URI_TOO_LONG_414 ->
          "The URL is longer than %d bytes.".formatted(HttpServer.MAX_HEADER_SIZE);
      case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
          "The URL and the headers are longer than %d bytes in all."
              .formatted(HttpServer.MAX_HEADER_SIZE);
      case HttpStatus.GATEWAY_TIMEOUT_504 -> "The backend of this resource did not answer in time.";
      case HttpStatus.SERVICE_UNAVAILABLE_503 -> "The server is stopping; try again.";
      default -> HttpStatus.getMessage(status) + ".";
    };
  }
}
