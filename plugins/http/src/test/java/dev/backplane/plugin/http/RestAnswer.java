package dev.backplane.plugin.http;

import java.util.HashMap;
import java.util.Map;

/** What a {@link RestCollection} answers. */
record RestAnswer(int status, Map<String, String> headers, String body) {
  static RestAnswer empty(int status) {
    return new RestAnswer(status, Map.of(), "");
  }

  static RestAnswer json(int status, String body) {
    return new RestAnswer(status, Map.of("Content-Type", "application/json"), body);
  }

  RestAnswer with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new RestAnswer(status, more, body);
  }
}
