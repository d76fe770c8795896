package dev.backplane.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entity tags of an {@code If-Match} or {@code If-None-Match} header (RFC 9110, section 13.1).
 *
 * @param any whether the header is {@code *}
 * @param strong the states named by strong tags
 * @param weak the states named by weak tags
 */
record Conditions(boolean any, List<String> strong, List<String> weak) {
  Conditions {
    strong = List.copyOf(strong);
    weak = List.copyOf(weak);
  }

  /** What names a state, as an entity tag. */
  static String quoted(String state) {
    return '"' + state + '"';
  }

  static Conditions parse(String name, String header) {
    String text = header.strip();
    if (text.equals("*")) {
      return new Conditions(true, List.of(), List.of());
    }
    List<String> strong = new ArrayList<>();
    List<String> weak = new ArrayList<>();
    int at = skipCommas(text, 0);
    do {
      boolean isWeak = text.startsWith("W/", at);
      int open = isWeak ? at + 2 : at;
      int close = open < text.length() ? text.indexOf('"', open + 1) : -1;
      if (close < 0 || text.charAt(open) != '"') {
        throw HttpProblem.badRequest(
            name + " should be * or a list of entity tags in double quotes, as ETag gave them.");
      }
      (isWeak ? weak : strong).add(text.substring(open + 1, close));
      at = skipCommas(text, close + 1);
    } while (at < text.length());
    return new Conditions(false, strong, weak);
  }

  /** An element of a list may be empty (RFC 9110, section 5.6.1). */
  private static int skipCommas(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == ' ')) {
      at++;
    }
    return at;
  }

  /**
   * The comparison of {@code If-Match}: a weak tag never matches.
   *
   * @param state the state of what is there; empty: one that the caller cannot know
   */
  boolean matchesStrongly(Optional<String> state) {
    return any || state.filter(strong::contains).isPresent();
  }

  /** The comparison of {@code If-None-Match}. */
  boolean matchesWeakly(Optional<String> state) {
    return any || state.filter(is -> strong.contains(is) || weak.contains(is)).isPresent();
  }
}
