package dev.backplane.core.http;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
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
          case INVALID -> failure.fields().isEmpty() ? 400 : 422;
          case UNSUPPORTED -> 400;
          case CONFLICT -> 409;
          case THROTTLED -> 503;
          case UNAVAILABLE -> 502;
          case TIMEOUT -> 504;
        };
    if (status >= 500) {
      LOG.warn("request {}: {}", requestId, failure.reason(), failure);
    }
    Map<String, String> headers = status == 503 ? Map.of("Retry-After", "1") : Map.of();
    String detail = String.valueOf(failure.getMessage());
    return new HttpProblem(status, detail, headers, errors(failure, detail));
  }

  /** By field, as of a body that its schema refuses: forms show it beside the field. */
  private static JsonObject errors(StoreException failure, String detail) {
    if (failure.fields().isEmpty()) {
      return JsonObject.empty();
    }
    JsonObject.Builder errors = JsonObject.builder();
    failure.fields().forEach(field -> errors.put(field, new JsonString(detail)));
    return JsonObject.of("errors", errors.build());
  }
}
