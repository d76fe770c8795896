package dev.backplane.plugin.s3;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Filter.Comparison;
import dev.backplane.spi.Operator;
import java.util.List;
import java.util.Optional;

/** What a filter says about ids that the listing of keys can serve. */
final class IdFilter {
  private IdFilter() {}

  /** With what the keys of all items begin that can match. */
  static String beginning(Filter filter, String idField, ObjectKeys keys) {
    return filter.conjuncts().stream()
        .flatMap(term -> start(term, idField).stream())
        .map(keys::beginning)
        .reduce((one, other) -> other.length() > one.length() ? other : one)
        .orElse(keys.prefix());
  }

  /** The text that every matching id begins with, where a term asks for one. */
  private static Optional<String> start(Filter term, String idField) {
    if (!(term instanceof Comparison comparison)
        || !comparison.field().segments().equals(List.of(idField))) {
      return Optional.empty();
    }
    String operand = comparison.operand();
    if (comparison.operator() == Operator.STARTS_WITH) {
      return Optional.of(operand);
    }
    if (comparison.operator() == Operator.LIKE && operand.contains("*")) {
      return Optional.of(operand.substring(0, operand.indexOf('*')));
    }
    return Optional.empty();
  }
}
