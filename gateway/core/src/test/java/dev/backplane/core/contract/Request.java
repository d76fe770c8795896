package dev.backplane.core.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A request as it stands on the wire.
 *
 * @param method the method
 * @param target path and query, percent-encoded already
 * @param headers the headers in their order; a name may occur several times
 * @param body the body; empty when there is none
 */
public record Request(
    String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {

  /**
   * A request without headers and body.
   *
   * @param method the method
   * @param target path and query, encoded
   * @return the request
   */
  public static Request of(String method, String target) {
    return new Request(method, target, List.of(), new byte[0]);
  }

  /**
   * A request with JSON in its body.
   *
   * @param method the method
   * @param target path and query, encoded
   * @param json the text of the body
   * @return the request
   */
  public static Request json(String method, String target, String json) {
    return of(method, target).body("application/json", json);
  }

  /**
   * The request with one more header.
   *
   * @param name the header's name
   * @param value its value
   * @return the request
   */
  public Request header(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new Request(method, target, List.copyOf(more), body);
  }

  Request body(byte[] bytes) {
    return new Request(method, target, headers, bytes);
  }

  Request body(String contentType, String text) {
    return header("Content-Type", contentType).body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The path, still encoded. */
  public String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /** The query, still encoded; empty when there is none. */
  public String query() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  /** Whether two headers, or two parameters of the query, have one name. */
  boolean repeats() {
    Set<String> names = new HashSet<>();
    boolean headersRepeat =
        !headers.stream().allMatch(each -> names.add(each.getKey().toLowerCase(Locale.ROOT)));
    names.clear();
    return headersRepeat
        || !Stream.of(query().split("&")).allMatch(word -> names.add(word.split("=", 2)[0]));
  }

  /** Encodes a text as one path segment or one value of a query, as the strictest client would. */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean unreserved = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
      encoded.append(unreserved ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return encoded.toString();
  }

  @Override
  public String toString() {
    return method + " " + target + " " + headers;
  }
}
