package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The part of a partition that a filter asks for: one condition on the sort key, which is all that
 * the service takes. What it cannot say exactly it says wider.
 *
 * @param extent how much of the partition it is
 * @param condition what the service is told
 * @param said the terms of the filter that this says exactly
 */
record SortRange(Extent extent, Optional<Condition> condition, Set<Filter> said) {
  static final SortRange ALL = new SortRange(Extent.ALL, Optional.empty(), Set.of());
  static final SortRange NONE = new SortRange(Extent.NONE, Optional.empty(), Set.of());

  /** How much of a partition, the cheapest first. */
  enum Extent {
    /** No item can match. */
    NONE(0),
    /** The items of one value. */
    ONE(1),
    /** Those between bounds, or with a prefix. */
    SOME(2),
    /** The whole partition. */
    ALL(3);

    private final int cost;

    Extent(int cost) {
      this.cost = cost;
    }

    /** What reading it costs beside reading another, no more than that. */
    int cost() {
      return cost;
    }
  }

  SortRange {
    said = Set.copyOf(said);
  }

  static SortRange of(KeyAttribute sort, List<Filter.Comparison> terms) {
    for (Filter.Comparison term : terms) {
      if (term.operator() == Operator.EQ) {
        return equal(sort, term);
      }
    }
    for (Filter.Comparison term : terms) {
      Optional<AttributeValue> prefix = prefix(sort, term);
      if (prefix.isPresent()) {
        Condition begins = Condition.function("begins_with", List.of(sort.name()), prefix.get());
        return new SortRange(Extent.SOME, Optional.of(begins), Set.of(term));
      }
    }
    return new SortBounds(sort).range(terms);
  }

  private static SortRange equal(KeyAttribute sort, Filter.Comparison term) {
    return sort.ofOperand(term.operand())
        .map(value -> Condition.equal(sort.name(), value))
        .map(condition -> new SortRange(Extent.ONE, Optional.of(condition), Set.of(term)))
        .orElse(NONE);
  }

  /** The text with which every match begins. */
  private static Optional<AttributeValue> prefix(KeyAttribute sort, Filter.Comparison term) {
    if (sort.type() != KeyType.STRING) {
      return Optional.empty();
    }
    String operand = term.operand();
    String prefix =
        switch (term.operator()) {
          case STARTS_WITH -> operand;
          case LIKE ->
              operand.indexOf('*') == operand.length() - 1 && !operand.isEmpty()
                  ? operand.substring(0, operand.length() - 1)
                  : "";
          default -> "";
        };
    return sort.ofOperand(prefix);
  }
}
