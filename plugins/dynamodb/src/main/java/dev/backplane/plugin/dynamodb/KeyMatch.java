package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a filter says of the key of an access path: which partitions its matches are in, and which
 * part of them.
 *
 * @param path the access path
 * @param partitions the values of the first attribute, each once; none: nothing can match
 * @param sort what else the service can go by, of the second attribute
 * @param said the terms of the filter that this says exactly
 */
record KeyMatch(
    AccessPath path, List<AttributeValue> partitions, SortRange sort, Set<Filter> said) {
  /** More partitions than that are not read one after the other. */
  private static final int MOST_PARTITIONS = 100;

  /** Operators that also fit an item without the field. */
  private static final Set<Operator> FIT_MISSING = Set.of(Operator.NE, Operator.NIN);

  KeyMatch {
    partitions = List.copyOf(partitions);
    said = Set.copyOf(said);
  }

  /** Empty where the filter does not fix the first attribute, or the index may lack a match. */
  static Optional<KeyMatch> of(AccessPath path, List<Filter> terms) {
    String name = path.keys().partition().name();
    for (Filter.Comparison term : on(name, terms)) {
      boolean fixed = term.operator() == Operator.EQ || term.operator() == Operator.IN;
      if (!fixed || term.operands().size() > MOST_PARTITIONS) {
        continue;
      }
      Set<AttributeValue> partitions = new LinkedHashSet<>();
      term.operands()
          .forEach(
              operand -> path.keys().partition().ofOperand(operand).ifPresent(partitions::add));
      // an index cannot hold what is of another type, but the table may from before
      if (partitions.isEmpty() && !path.isTable()) {
        return Optional.empty();
      }
      return with(path, terms, term, List.copyOf(partitions));
    }
    return Optional.empty();
  }

  private static Optional<KeyMatch> with(
      AccessPath path, List<Filter> terms, Filter partition, List<AttributeValue> values) {
    Set<Filter> said = new HashSet<>(Set.of(partition));
    if (path.keys().sort().isEmpty()) {
      return Optional.of(new KeyMatch(path, values, SortRange.ALL, said));
    }
    KeyAttribute sort = path.keys().sort().get();
    List<Filter.Comparison> conditions = on(sort.name(), terms);
    if (!path.complete() && conditions.stream().noneMatch(KeyMatch::asksForValue)) {
      return Optional.empty();
    }
    SortRange range = SortRange.of(sort, conditions);
    if (range.extent() == SortRange.Extent.NONE) {
      return path.isTable()
          ? Optional.of(new KeyMatch(path, List.of(), range, said))
          : Optional.empty();
    }
    said.addAll(range.said());
    return Optional.of(new KeyMatch(path, values, range, said));
  }

  private static boolean asksForValue(Filter.Comparison term) {
    boolean orNull = term.operator() == Operator.IS_NULL && term.operand().equals("true");
    return !orNull && !FIT_MISSING.contains(term.operator());
  }

  private static List<Filter.Comparison> on(String attribute, List<Filter> terms) {
    List<Filter.Comparison> found = new ArrayList<>();
    for (Filter term : terms) {
      if (term instanceof Filter.Comparison comparison
          && comparison.field().segments().equals(List.of(attribute))) {
        found.add(comparison);
      }
    }
    return found;
  }

  /** Less is cheaper: fewer items to look at first, then fewer calls for each. */
  int cost() {
    int several = partitions.size() > 1 ? 100 : 0;
    int fetched = path.whole() ? 1 : 5;
    return several + 10 * sort.extent().cost() + (path.isTable() ? 0 : fetched);
  }
}
