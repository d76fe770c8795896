package dev.backplane.plugin.http;

import java.util.Map;
import java.util.Optional;

/**
 * One request to the backend.
 *
 * @param method the method
 * @param target path and query, encoded
 * @param body the body, JSON, of a write
 * @param headers further headers
 * @param repeatable whether it may be sent again when its answer is lost: reads, and writes whose
 *     condition holds only once
 */
record Call(
    String method,
    String target,
    Optional<byte[]> body,
    Map<String, String> headers,
    boolean repeatable) {
  static Call get(String target) {
    return new Call("GET", target, Optional.empty(), Map.of(), true);
  }
}
