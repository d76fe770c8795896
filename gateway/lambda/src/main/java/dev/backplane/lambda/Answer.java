package dev.backplane.lambda;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An answer to a client.
 *
 * @param status the status code
 * @param headers every header with all of its values
 * @param body the body's bytes, maybe none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too large to copy
record Answer(int status, Map<String, List<String>> headers, byte[] body) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * What goes wrong before or after the gateway, in the form of the gateway's own problems.
   *
   * @param status the status code
   * @param title the status in words
   * @param detail what to do about it
   * @param path the path of the request; null when there is no request
   * @param requestId Lambda's id of the invocation, by which the log can be searched
   */
  static Answer problem(
      int status, String title, String detail, @Nullable String path, String requestId) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
      json.writeStartObject();
      json.writeStringProperty("type", "about:blank");
      json.writeStringProperty("title", title);
      json.writeNumberProperty("status", status);
      json.writeStringProperty("detail", detail);
      if (path != null) {
        json.writeStringProperty("instance", path);
      }
      json.writeStringProperty("message", detail);
      json.writeStringProperty("request-id", requestId);
      json.writeEndObject();
    }
    return new Answer(
        status,
        Map.of(
            "Content-Type", List.of("application/problem+json"),
            "X-Request-Id", List.of(requestId)),
        body.toByteArray());
  }

  /** The same with more headers. */
  Answer with(Map<String, String> more) {
    Map<String, List<String>> all = new LinkedHashMap<>(headers);
    more.forEach((name, value) -> all.put(name, List.of(value)));
    return new Answer(status, all, body);
  }
}
