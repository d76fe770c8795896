package dev.backplane.lambda;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The parts of a request, as all that send events take it apart. */
final class RequestParts {
  /** The address of the client, which everyone adds to what the client says. */
  static final String ADDRESS = "192.0.2.1";

  private RequestParts() {}

  /** Every header with all of its values, and those that AWS adds. */
  static Map<String, List<String>> headers(
      ClientRequest request, String host, UnaryOperator<String> name) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(header -> add(headers, name.apply(header.getKey()), header.getValue()));
    headers.putIfAbsent(name.apply("Host"), List.of(host));
    headers.put(name.apply("X-Amzn-Trace-Id"), List.of("Root=1-6a5145a7-5c3686ff7df3149177a89157"));
    headers.merge(
        name.apply("X-Forwarded-For"),
        List.of(ADDRESS),
        (sent, own) -> List.of(String.join(", ", sent) + ", " + ADDRESS));
    headers.put(name.apply("X-Forwarded-Port"), List.of("443"));
    headers.put(name.apply("X-Forwarded-Proto"), List.of("https"));
    return headers;
  }

  /** The same with the names in small letters and with the length of the body. */
  static Map<String, List<String>> smallHeaders(ClientRequest request, String host) {
    Map<String, List<String>> headers =
        headers(request, host, name -> name.toLowerCase(Locale.ROOT));
    if (request.body().length > 0) {
      headers.put("content-length", List.of(Integer.toString(request.body().length)));
    }
    return headers;
  }

  static Map<String, List<String>> query(ClientRequest request, UnaryOperator<String> decode) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : request.query().split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        add(query, decode.apply(parts[0]), parts.length < 2 ? "" : decode.apply(parts[1]));
      }
    }
    return query;
  }

  static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return encoded;
    }
  }

  /** A decoded path, which ends for HTTP APIs where it has a question mark by then. */
  static String decodePath(String path) {
    return decode(path.replace("+", "%2B")).split("\\?", 2)[0];
  }

  static Map<String, String> last(Map<String, List<String>> map) {
    return joined(map, List::getLast);
  }

  static Map<String, String> joined(
      Map<String, List<String>> map, Function<List<String>, String> join) {
    Map<String, String> joined = new LinkedHashMap<>();
    map.forEach((name, values) -> joined.put(name, join.apply(values)));
    return joined;
  }

  /** Puts the body as text where its type and encoding say that it is some, and else in Base64. */
  static void putBody(Map<String, Object> event, ClientRequest request, @Nullable String none) {
    boolean text = request.body().length == 0 || isText(request);
    Object body =
        text
            ? new String(request.body(), StandardCharsets.UTF_8)
            : Base64.getEncoder().encodeToString(request.body());
    event.put("body", request.body().length == 0 ? none : body);
    event.put("isBase64Encoded", !text);
  }

  private static boolean isText(ClientRequest request) {
    Map<String, List<String>> headers = smallHeaders(request, "");
    String type = headers.getOrDefault("content-type", List.of("")).getLast().split(";")[0];
    return !headers.containsKey("content-encoding")
        && type.strip()
            .toLowerCase(Locale.ROOT)
            .matches("text/.*|application/(json|javascript|xml)");
  }

  private static void add(Map<String, List<String>> map, String name, String value) {
    map.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
  }
}
