package dev.backplane.plugin.http;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a client asks of a {@link RestCollection}. */
record RestRequest(
    String method, String item, Map<String, String> parameters, Headers headers, byte[] body) {

  static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query != null) {
      for (String pair : query.split("&")) {
        int equal = pair.indexOf('=');
        parameters.put(decode(pair.substring(0, equal)), decode(pair.substring(equal + 1)));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String id() {
    return decode(item.replace("+", "%2B"));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  int number(String name, int otherwise) {
    return parameter(name).map(Integer::parseInt).orElse(otherwise);
  }
}
