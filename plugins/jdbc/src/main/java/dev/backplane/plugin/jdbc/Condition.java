package dev.backplane.plugin.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A condition as SQL.
 *
 * @param text the condition, with a parameter for each value
 * @param binds the values
 * @param isExact whether it is true of exactly the rows that match; otherwise of more
 */
record Condition(String text, List<Bind> binds, boolean isExact) {
  static final Condition ALWAYS = new Condition("1 = 1", List.of(), true);
  static final Condition NEVER = new Condition("1 = 0", List.of(), true);

  Condition {
    binds = List.copyOf(binds);
  }

  static Condition of(String text, Bind... binds) {
    return new Condition(text, List.of(binds), true);
  }

  static Condition constant(boolean value) {
    return value ? ALWAYS : NEVER;
  }

  /** The same condition, known to be true of more rows than match. */
  Condition inexact() {
    return new Condition(text, binds, false);
  }

  static Condition all(List<Condition> terms) {
    return joined(terms, " AND ", ALWAYS);
  }

  static Condition any(List<Condition> terms) {
    return joined(terms, " OR ", NEVER);
  }

  private static Condition joined(List<Condition> terms, String word, Condition none) {
    if (terms.isEmpty()) {
      return none;
    }
    if (terms.size() == 1) {
      return terms.get(0);
    }
    String text =
        terms.stream().map(term -> "(" + term.text() + ")").collect(Collectors.joining(word));
    List<Bind> binds = new ArrayList<>();
    terms.forEach(term -> binds.addAll(term.binds()));
    return new Condition(text, binds, terms.stream().allMatch(Condition::isExact));
  }

  /** True where this one is not: also where it is unknown, as of null. Only of an exact one. */
  Condition negated() {
    return new Condition("CASE WHEN " + text + " THEN 0 ELSE 1 END = 1", binds, isExact);
  }
}
