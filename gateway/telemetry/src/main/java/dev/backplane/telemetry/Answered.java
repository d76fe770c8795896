package dev.backplane.telemetry;

import java.time.Duration;

/**
 * What became of a request.
 *
 * @param method as it was sent
 * @param scheme {@code http} or {@code https}
 * @param route the path as a pattern; empty where there is nothing at the path, or the request did
 *     not get as far
 * @param resource the resource; empty where it is about none that is served
 * @param status of the answer
 * @param reached whether the request got as far as the gateway, and was not refused before
 * @param took from its headers to the end of its answer
 */
public record Answered(
    String method,
    String scheme,
    String route,
    String resource,
    int status,
    boolean reached,
    Duration took) {
  private static final int FAILED = 500;

  boolean isFailed() {
    return status >= FAILED;
  }

  /** In one word why nothing was done for the client; empty when something was. */
  String refusal() {
    return switch (status) {
      case 400 -> "malformed";
      case 401 -> "unauthenticated";
      case 403 -> "forbidden";
      case 405 -> "method";
      case 406, 415 -> "media_type";
      case 408 -> "slow";
      case 409, 412, 428 -> "precondition";
      case 413, 414, 431 -> "too_large";
      case 422 -> "invalid";
      case 429 -> "rate";
      // one of a store is a failure, and not the server's word
      case 503 -> reached ? "" : "overload";
      case 505 -> "malformed";
      default -> "";
    };
  }
}
