package dev.backplane.lambda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request as a client writes it.
 *
 * @param method the method
 * @param target the path and the query, encoded
 * @param headers the headers in their order, of which some may repeat
 * @param body the body, maybe empty
 */
record ClientRequest(
    String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {
  static ClientRequest get(String target) {
    return new ClientRequest("GET", target, List.of(), new byte[0]);
  }

  static ClientRequest json(String method, String target, String json) {
    return new ClientRequest(method, target, List.of(), json.getBytes(StandardCharsets.UTF_8))
        .with("Content-Type", "application/json");
  }

  ClientRequest with(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new ClientRequest(method, target, more, body);
  }

  String path() {
    return target.split("\\?", 2)[0];
  }

  /** The query as it was sent; empty when there is none. */
  String query() {
    int start = target.indexOf('?');
    return start < 0 ? "" : target.substring(start + 1);
  }
}
