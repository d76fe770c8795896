package dev.backplane.core.http;

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
}
