package dev.backplane.lambda;

import dev.backplane.core.Gateway;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a client.
 *
 * @param status the status code
 * @param headers every header with all of its values
 * @param body the body's bytes, maybe none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too large to copy
record Answer(int status, Map<String, List<String>> headers, byte[] body) {
  /**
   * What goes wrong before or after the gateway, in the form of the gateway's own problems.
   *
   * @param status the status code
   * @param detail what to do about it
   * @param path the path of the request; null when there is no request
   * @param requestId Lambda's id of the invocation, by which the log can be searched
   */
  static Answer problem(int status, String detail, @Nullable String path, String requestId) {
    byte[] body = Gateway.problem(status, detail, Optional.ofNullable(path), requestId);
    return new Answer(
        status,
        Map.of(
            "Content-Type", List.of("application/problem+json"),
            "Cache-Control", List.of("no-store"),
            "X-Content-Type-Options", List.of("nosniff"),
            "X-Request-Id", List.of(requestId)),
        body);
  }

  /** The same with more headers. */
  Answer with(Map<String, String> more) {
    Map<String, List<String>> all = new LinkedHashMap<>(headers);
    more.forEach((name, value) -> all.put(name, List.of(value)));
    return new Answer(status, all, body);
  }
}
