package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the function returned, read as strictly as whoever passes it on to the client. */
final class ReturnedAnswer {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReturnedAnswer() {}

  /**
   * Makes the client's answer of it.
   *
   * @param json what the function returned
   * @param headersName the one member for headers that is understood
   * @param others the other members that are
   * @param limit how many bytes the JSON may have
   */
  static ClientAnswer parse(String json, String headersName, Set<String> others, int limit) {
    assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(limit);
    JsonNode answer = MAPPER.readTree(json);
    Set<String> members = new HashSet<>(answer.propertyNames());
    members.remove(headersName);
    assertThat(others).containsAll(members);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    boolean multiple = headersName.equals("multiValueHeaders");
    for (Map.Entry<String, JsonNode> header : answer.get(headersName).properties()) {
      assertThat(header.getValue().isArray()).as(header.getKey()).isEqualTo(multiple);
      headers
          .computeIfAbsent(header.getKey(), name -> new ArrayList<>())
          .addAll(texts(header.getValue()));
    }
    if (answer.has("cookies")) {
      headers.put("Set-Cookie", texts(answer.get("cookies")));
    }
    return new ClientAnswer(answer.get("statusCode").asInt(), headers, body(answer));
  }

  private static byte[] body(JsonNode answer) {
    String body = answer.path("body").asString("");
    return answer.path("isBase64Encoded").asBoolean()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(element -> texts.add(element.asString()));
    } else {
      texts.add(node.asString());
    }
    return texts;
  }
}
