package dev.backplane.core.http;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.util.Optional;

/** Writes problems (RFC 9457), whoever has one to tell: the one place where their form is made. */
public final class ProblemJson {
  /** The media type. */
  public static final String TYPE = "application/problem+json";

  private ProblemJson() {}

  /**
   * Writes a problem of a request that did not get as far as the gateway.
   *
   * @param status the HTTP status
   * @param detail what is wrong and what to do about it, for the client
   * @param instance the path of the request; empty when it cannot be said
   * @param requestId names the request in the log
   * @return UTF-8
   */
  public static byte[] write(
      int status, String detail, Optional<String> instance, String requestId) {
    return write(new HttpProblem(status, detail), instance, requestId);
  }

  /**
   * Writes the problem of a request that is one too many.
   *
   * @param policy the limit that it is beyond; empty when the server is busy
   * @param seconds when to ask again
   * @param requestId names the request in the log
   * @return UTF-8
   */
  public static byte[] writeRefusal(Optional<String> policy, long seconds, String requestId) {
    HttpProblem problem =
        policy
            .map(name -> HttpProblem.quotaExceeded(name, seconds))
            .orElseGet(() -> HttpProblem.overloaded(seconds));
    return write(problem, Optional.empty(), requestId);
  }

  static byte[] write(HttpProblem problem, Optional<String> instance, String requestId) {
    JsonObject.Builder body = JsonObject.builder().putAll(problem.body());
    instance.ifPresent(path -> body.put("instance", new JsonString(path)));
    return Json.CODEC.write(body.put("request-id", new JsonString(requestId)).build());
  }
}
