package dev.backplane.plugin.jdbc;

import java.util.Comparator;
import java.util.List;

/** Patterns, in which a star stands for any text, as a database can match them in little time. */
final class Patterns {
  private Patterns() {}

  /**
   * A pattern that matches at least what a given one does, and has at most one place to try out.
   *
   * @param pattern the pattern
   * @return the same where it is quick; otherwise how it begins and ends, or the longest text in it
   */
  static String quick(String pattern) {
    List<String> parts = List.of(pattern.split("[*]", -1));
    String first = parts.get(0);
    String last = parts.get(parts.size() - 1);
    boolean isWithin = parts.size() == 3 && first.isEmpty() && last.isEmpty();
    if (parts.size() <= 2 || isWithin) {
      return pattern;
    }
    if (!first.isEmpty() || !last.isEmpty()) {
      return first + '*' + last;
    }
    String longest = parts.stream().max(Comparator.comparingInt(String::length)).orElse("");
    return longest.isEmpty() ? "*" : '*' + longest + '*';
  }
}
