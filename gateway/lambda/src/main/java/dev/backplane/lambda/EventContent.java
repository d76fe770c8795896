package dev.backplane.lambda;

import com.amazonaws.serverless.proxy.model.Headers;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What an event says besides method and path: the query, the headers and the body. */
final class EventContent {
  private EventContent() {}

  /**
   * Puts together the query that was taken apart. The form with several values wins; the form with
   * one may have names that the other lacks.
   *
   * @param encode encodes a name or a value; API Gateway has decoded them, load balancers have not
   */
  static String query(Map<String, Object> event, UnaryOperator<String> encode) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String form : List.of("multiValueQueryStringParameters", "queryStringParameters")) {
      Map<String, Object> parameters = EventJson.object(event, form);
      for (String name : parameters.keySet()) {
        query.putIfAbsent(name, EventJson.texts(parameters, name));
      }
    }
    return query.entrySet().stream()
        .flatMap(entry ->
            entry.getValue().stream()
                .map(value -> encode.apply(entry.getKey()) + '=' + encode.apply(value)))
        .filter(pair -> !pair.equals("=")) // between two ampersands
        .collect(Collectors.joining("&"));
  }

  /** Every header with all of its values, in whichever form the event has it. */
  static Headers headers(Map<String, Object> event, byte[] body) {
    Headers headers = new Headers();
    add(event, "multiValueHeaders", headers);
    Headers single = new Headers();
    add(event, "headers", single);
    headers.keySet().forEach(single::remove);
    headers.putAll(single);
    List<String> cookies = EventJson.texts(event, "cookies");
    if (cookies.isEmpty()) { // function URLs have them both here and in a header
      cookies = headers.getOrDefault("Cookie", List.of());
    }
    if (!cookies.isEmpty()) {
      headers.putSingle("Cookie", String.join("; ", cookies)); // as RFC 6265 allows only one
    }
    if (body.length > 0 || headers.containsKey("Content-Length")) {
      // What the client sent was the length before it was decoded or transcoded.
      headers.putSingle("Content-Length", Integer.toString(body.length));
    }
    return headers;
  }

  private static void add(Map<String, Object> event, String form, Headers headers) {
    Map<String, Object> entries = EventJson.object(event, form);
    for (String name : entries.keySet()) {
      EventJson.texts(entries, name).forEach(value -> headers.add(name, value));
    }
  }

  /**
   * The bytes of the body.
   *
   * @throws IllegalArgumentException when the event's body has none; the message is for the client
   */
  static byte[] body(Map<String, Object> event) {
    String body = EventJson.text(event, List.of("body"), "");
    if (Boolean.parseBoolean(EventJson.text(event, "isBase64Encoded"))) {
      try {
        return Base64.getDecoder().decode(body);
      } catch (IllegalArgumentException notBase64) {
        throw new IllegalArgumentException(
            "The event's body is marked as Base64 and is not.", notBase64);
      }
    }
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(body));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException loneSurrogate) {
      throw new IllegalArgumentException(
          "The body has half of a surrogate pair; send UTF-8.", loneSurrogate);
    }
  }
}
