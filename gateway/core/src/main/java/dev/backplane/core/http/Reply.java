package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that is yet to be sent.
 *
 * @param status the status
 * @param headers the headers that belong to this answer
 * @param body the body; empty when there is none
 */
record Reply(int status, Map<String, String> headers, Optional<JsonValue> body) {
  Reply {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The same as one gets who prefers little: of many results, only each status. */
  Reply minimal() {
    Map<String, String> minimal = new LinkedHashMap<>(headers);
    minimal.put("Preference-Applied", "return=minimal");
    if (body.isPresent() && body.get() instanceof JsonArray results) {
      return new Reply(200, minimal, Optional.of(statuses(results)));
    }
    return new Reply(status == 200 ? 204 : status, minimal, Optional.empty());
  }

  /** Of each result, only its status. */
  static JsonArray statuses(JsonArray results) {
    return new JsonArray(results.elements().stream().map(Reply::status).toList());
  }

  private static JsonValue status(JsonValue result) {
    JsonObject object = result instanceof JsonObject told ? told : JsonObject.empty();
    return JsonObject.of("status", object.get("status").orElseThrow());
  }
}
