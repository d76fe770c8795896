package dev.backplane.plugin.jdbc;

import dev.backplane.spi.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a filter the database decides. Any thread. */
record FilterSql(Comparisons comparisons) {
  /** Fewer than any database takes. */
  private static final int MOST_BINDS = 5_000;

  /** A condition that is true at least of what matches; exact where it is true of that alone. */
  Condition of(Filter filter) {
    List<Condition> terms = new ArrayList<>();
    boolean isWhole = true;
    int binds = 0;
    for (Filter term : filter.conjuncts()) {
      Optional<Condition> condition = translate(term);
      if (condition.isEmpty() || binds + condition.get().binds().size() > MOST_BINDS) {
        isWhole = false;
        continue;
      }
      binds += condition.get().binds().size();
      terms.add(condition.get());
    }
    Condition all = Condition.all(terms);
    return isWhole ? all : all.inexact();
  }

  private Optional<Condition> translate(Filter filter) {
    return switch (filter) {
      case Filter.Comparison comparison -> comparisons.of(comparison);
      case Filter.Or or -> any(or.terms());
      case Filter.Not not ->
          translate(not.term()).filter(Condition::isExact).map(Condition::negated);
      case Filter.And and -> Optional.of(of(and));
      case Filter.Search search -> Optional.empty();
    };
  }

  /** All terms or nothing: what one of them lets pass, the others need not. */
  private Optional<Condition> any(List<Filter> terms) {
    List<Condition> conditions = new ArrayList<>();
    for (Filter term : terms) {
      Optional<Condition> condition = translate(term);
      if (condition.isEmpty()) {
        return Optional.empty();
      }
      conditions.add(condition.get());
    }
    return Optional.of(Condition.any(conditions));
  }
}
