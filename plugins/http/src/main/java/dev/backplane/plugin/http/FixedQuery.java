package dev.backplane.plugin.http;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The query that the mapping gives to a path.
 *
 * @param text the query, encoded; may be empty
 */
record FixedQuery(String text) {
  /** The query of a path that may have none. */
  static FixedQuery of(String path) {
    int mark = path.indexOf('?');
    return new FixedQuery(mark < 0 ? "" : path.substring(mark + 1));
  }

  /** A path and query with this query, too. */
  String addTo(String target) {
    if (text.isEmpty()) {
      return target;
    }
    return target + (target.indexOf('?') < 0 ? '?' : '&') + text;
  }

  /** A path and query without the parameters that are in this query. */
  String takeFrom(String target) {
    int mark = target.indexOf('?');
    if (mark < 0 || text.isEmpty()) {
      return target;
    }
    Set<String> names =
        Arrays.stream(text.split("&")).map(FixedQuery::name).collect(Collectors.toSet());
    String rest =
        Arrays.stream(target.substring(mark + 1).split("&"))
            .filter(pair -> !names.contains(name(pair)))
            .collect(Collectors.joining("&"));
    return rest.isEmpty() ? target.substring(0, mark) : target.substring(0, mark + 1) + rest;
  }

  private static String name(String pair) {
    int equal = pair.indexOf('=');
    return PercentCode.decode(equal < 0 ? pair : pair.substring(0, equal));
  }
}
