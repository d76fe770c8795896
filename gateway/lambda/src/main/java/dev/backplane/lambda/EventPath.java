package dev.backplane.lambda;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * From the path of an event to the path that a server would have seen: without the stage or the
 * base path of a custom domain, and percent-encoded exactly once.
 *
 * <p>REST APIs and function URLs hand over the path as the client sent it. HTTP APIs hand it over
 * decoded, in both of their payload formats, so that an encoded slash looks like any other.
 */
final class EventPath {
  private static final String API = "/api/";

  private EventPath() {}

  /**
   * Makes the path of a request.
   *
   * @param path as in the event
   * @param decoded whether the event's source has decoded it
   * @param stage the stage that may stand in front; empty when none can
   * @param template what the route of API Gateway says, for example {@code /api/{proxy+}}
   * @param parameters the values of the template's parameters
   * @param basePath a prefix that the function was told to take away; may be empty
   */
  static String of(
      String path,
      boolean decoded,
      String stage,
      String template,
      Map<String, Object> parameters,
      String basePath) {
    String rooted = path.startsWith("/") ? path : "/" + path;
    String inner = withoutPrefix(rooted, prefix(rooted, template, parameters));
    if (inner.equals(rooted)) {
      inner = withoutPrefix(withoutPrefix(rooted, stage), basePath);
    }
    return decoded ? encode(inner) : PercentCoding.repairPath(inner);
  }

  /** Takes a prefix away where it ends at the end of a segment. */
  private static String withoutPrefix(String path, String prefix) {
    String bare = trimSlashes(prefix);
    if (bare.isEmpty() || !path.startsWith(bare, 1)) {
      return path;
    }
    String rest = path.substring(1 + bare.length());
    if (rest.isEmpty()) {
      return "/";
    }
    return rest.startsWith("/") ? rest : path;
  }

  /**
   * What stands in front of the part of the path that the route of API Gateway matched: the base
   * path of a custom domain or a stage. Empty when there is nothing or the route does not tell.
   */
  private static String prefix(String path, String template, Map<String, Object> parameters) {
    if (!template.contains("{")) {
      return "";
    }
    List<String> segments = Arrays.asList(trimSlashes(path).split("/"));
    List<String> pattern = Arrays.asList(trimSlashes(template).split("/"));
    for (int start = 0; start + pattern.size() <= segments.size(); start++) {
      if (matches(segments.subList(start, segments.size()), pattern, parameters)) {
        return String.join("/", segments.subList(0, start));
      }
    }
    return "";
  }

  private static boolean matches(
      List<String> segments, List<String> pattern, Map<String, Object> parameters) {
    int last = pattern.size() - 1;
    boolean greedy = pattern.get(last).endsWith("+}");
    if (!greedy && segments.size() != pattern.size()) {
      return false;
    }
    for (int i = 0; i <= last; i++) {
      String value =
          i == last ? String.join("/", segments.subList(i, segments.size())) : segments.get(i);
      if (!matches(value, pattern.get(i), parameters)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String value, String pattern, Map<String, Object> parameters) {
    if (!pattern.startsWith("{")) {
      return value.equals(pattern);
    }
    String name = pattern.substring(1, pattern.length() - (pattern.endsWith("+}") ? 2 : 1));
    String parameter = EventJson.text(parameters, name);
    if (parameter == null) {
      return false;
    }
    String bare = trimSlashes(parameter);
    return value.equals(bare) || PercentCoding.decode(value).equals(bare);
  }

  /**
   * Encodes a path that API Gateway has decoded. Below a resource there is nothing but ids, so every
   * further slash was an encoded one; one at the very end may be a plain one, and is taken for it.
   */
  private static String encode(String path) {
    int id = path.startsWith(API) ? path.indexOf('/', API.length()) + 1 : 0;
    if (id == 0) {
      return PercentCoding.encodePath(path);
    }
    int end = path.endsWith("/") && path.length() > id ? path.length() - 1 : path.length();
    return PercentCoding.encodePath(path.substring(0, id))
        + PercentCoding.encode(path.substring(id, end))
        + path.substring(end);
  }

  private static String trimSlashes(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == '/') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(start, end);
  }
}
