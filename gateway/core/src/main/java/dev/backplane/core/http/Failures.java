package dev.backplane.core.http;

import dev.backplane.spi.StoreException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever goes wrong into a problem for the client, and logs what the client must not see.
 */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

  private Failures() {}

  static HttpProblem problem(String requestId, Throwable failure) {
    return switch (failure) {
      case HttpProblem problem -> problem;
      case StoreException store -> ofStore(requestId, store);
      default -> {
        LOG.error("request {} failed", requestId, failure);
        yield new HttpProblem(500, "The gateway failed; the log tells more about this request id.");
      }
    };
  }

  private static HttpProblem ofStore(String requestId, StoreException failure) {
    int status =
        switch (failure.reason()) {
          case INVALID, UNSUPPORTED -> 400;
          case CONFLICT -> 409;
          case THROTTLED -> 503;
          case UNAVAILABLE -> 502;
          case TIMEOUT -> 504;
        };
    if (status >= 500) {
      LOG.warn("request {}: {}", requestId, failure.reason(), failure);
    }
    Map<String, String> headers = status == 503 ? Map.of("Retry-After", "1") : Map.of();
    return new HttpProblem(status, String.valueOf(failure.getMessage()), headers);
  }
}
