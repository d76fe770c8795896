package dev.backplane.lambda;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * An answer as a client gets it.
 *
 * @param status the status code
 * @param headers the headers, whose names are found in any case
 * @param body the body, maybe empty
 */
record ClientAnswer(int status, Map<String, List<String>> headers, byte[] body) {
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  JsonNode json() {
    return new ObjectMapper().readTree(body);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(List::getFirst);
  }
}
