package dev.backplane.lambda;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The path of a request as a server would have seen it: percent-encoded exactly once, and without
 * the stage or the base path of a custom domain, which stand in front of it.
 *
 * <p>REST APIs, function URLs and load balancers hand over the path as the client sent it. HTTP
 * APIs hand it over decoded, in both of their payload formats, so that an encoded slash looks like
 * any other.
 *
 * @param prefix what the client's URL has before the gateway's own path; empty or with a slash at
 *     its start and none at its end
 * @param inner the gateway's own path
 * @param wasDecoded whether it was made out of a decoded one: an encoded slash below a resource may
 *     have been a plain one
 */
record EventPath(String prefix, String inner, boolean wasDecoded) {
  private static final String API = "/api/";

  /** Both together. */
  String uri() {
    return prefix + inner;
  }

  /**
   * Where an event's path came from.
   *
   * @param path as in the event
   * @param decoded whether API Gateway has decoded it
   * @param visible what the client's URL has as its path; empty when the event does not tell
   * @param stage the stage that may stand in front of the path; empty when none can
   * @param customDomain whether the client's URL has no stage because the domain is the owner's
   * @param template the path of API Gateway's route, for example {@code /api/{proxy+}}
   * @param parameters the values of the template's parameters
   * @param basePath the base path that the function was told of; may be empty
   */
  record Origin(
      String path,
      boolean decoded,
      String visible,
      String stage,
      boolean customDomain,
      String template,
      Map<String, Object> parameters,
      String basePath) {
    EventPath toPath() {
      String rooted = path.startsWith("/") ? path : "/" + path;
      String inner = inner(rooted);
      String prefix = prefix(rooted, inner);
      return decoded
          ? new EventPath(PercentCoding.encodePath(prefix), encode(inner), true)
          : new EventPath(PercentCoding.repairPath(prefix), PercentCoding.repairPath(inner), false);
    }

    private String inner(String rooted) {
      String matched = without(rooted, unmatched(rooted));
      return matched.equals(rooted) ? without(without(rooted, stage), basePath) : matched;
    }

    private String prefix(String rooted, String inner) {
      if (visible.endsWith(inner)) {
        return rooted(visible.substring(0, visible.length() - inner.length()));
      }
      String stripped = rooted.substring(0, rooted.length() - inner.length());
      if (!customDomain || !stripped.equals("/" + stage)) {
        return stripped;
      }
      return rooted(basePath);
    }

    /**
     * What stands in front of the part of the path that the route matched; empty when there is
     * nothing, or when the route does not tell.
     */
    private String unmatched(String rooted) {
      if (!template.contains("{")) {
        return "";
      }
      List<String> segments = Arrays.asList(trimSlashes(rooted).split("/"));
      List<String> pattern = Arrays.asList(trimSlashes(template).split("/"));
      for (int start = 0; start + pattern.size() <= segments.size(); start++) {
        if (matches(segments.subList(start, segments.size()), pattern)) {
          return String.join("/", segments.subList(0, start));
        }
      }
      return "";
    }

    private boolean matches(List<String> segments, List<String> pattern) {
      int last = pattern.size() - 1;
      boolean greedy = pattern.get(last).endsWith("+}");
      if (!greedy && segments.size() != pattern.size()) {
        return false;
      }
      for (int i = 0; i < last; i++) {
        if (!matches(segments.get(i), pattern.get(i))) {
          return false;
        }
      }
      return matches(String.join("/", segments.subList(last, segments.size())), pattern.get(last));
    }

    private boolean matches(String value, String pattern) {
      if (!pattern.startsWith("{") || !pattern.endsWith("}")) {
        return value.equals(pattern);
      }
      String name = pattern.substring(1, pattern.length() - (pattern.endsWith("+}") ? 2 : 1));
      String parameter = trimSlashes(EventJson.text(parameters, List.of(name), ""));
      return value.equals(parameter) || PercentCoding.decode(value).equals(parameter);
    }
  }

  /** Takes a prefix away where it ends at the end of a segment. */
  private static String without(String path, String prefix) {
    String bare = trimSlashes(prefix);
    if (bare.isEmpty() || !path.startsWith(bare, 1)) {
      return path;
    }
    String rest = path.substring(1 + bare.length());
    return rest.startsWith("/") ? rest : path;
  }

  /**
   * Encodes a path that API Gateway has decoded. Below a resource there are ids, so every further
   * slash is taken for an encoded one, but for one at the very end; the gateway, which knows the
   * relations, tells theirs from ids.
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

  private static String rooted(String prefix) {
    String bare = trimSlashes(prefix);
    return bare.isEmpty() ? "" : "/" + bare;
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
