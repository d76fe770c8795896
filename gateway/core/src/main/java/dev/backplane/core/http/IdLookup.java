package dev.backplane.core.http;

import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.Operator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the ids that a filter names, so that the items can be read by them instead of being looked
 * for.
 */
final class IdLookup {
  private IdLookup() {}

  /**
   * The ids of which every match has one.
   *
   * @return the ids in the order of the filter, perhaps none; empty when the filter names no ids,
   *     or more than a store takes at once
   */
  static Optional<Set<String>> ids(Filter filter, ResourceMapping resource) {
    for (Filter term : filter.conjuncts()) {
      if (term instanceof Filter.Comparison comparison && isId(comparison, resource)) {
        Set<String> ids = new LinkedHashSet<>();
        comparison.operands().forEach(operand -> addIds(operand, ids));
        return Optional.of(ids).filter(all -> all.size() <= resource.lists().maxPageSize());
      }
    }
    return Optional.empty();
  }

  private static boolean isId(Filter.Comparison comparison, ResourceMapping resource) {
    return (comparison.operator() == Operator.EQ || comparison.operator() == Operator.IN)
        && comparison.field().segments().equals(List.of(resource.idField()));
  }

  /** An operand such as 017 is equal to the text 017 and to the number 17: two ids. */
  private static void addIds(String operand, Set<String> ids) {
    if (!operand.isEmpty()) { // which is no id
      ids.add(operand);
      JsonNumber.parse(operand)
          .map(number -> new JsonNumber(number.value().stripTrailingZeros()).toString())
          .ifPresent(ids::add);
    }
  }
}
