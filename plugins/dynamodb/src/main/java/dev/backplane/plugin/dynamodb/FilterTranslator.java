package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a filter into a condition. The service compares strings by their UTF-8 bytes, as the SPI
 * does, and values of different types not at all, so most comparisons are said exactly. What is not
 * goes in the safe direction: a condition may let through more than matches, and less only under a
 * NOT. Empty means that nothing can be said; the gateway tests every item again.
 */
final class FilterTranslator {
  /** Deeper paths are refused by the service. */
  private static final int MOST_SEGMENTS = 32;

  private final TableSettings table;
  private final Set<String> keys;

  /**
   * For one way of reading.
   *
   * @param table how the table holds the resource
   * @param keys the attributes that the filter of a query may not name, as they are its key
   */
  FilterTranslator(TableSettings table, Set<String> keys) {
    this.table = table;
    this.keys = Set.copyOf(keys);
  }

  /** A condition that every match fulfils. */
  Optional<Condition> translate(Filter filter) {
    return translate(filter, true);
  }

  /** Whether the condition lets through nothing else. */
  boolean isExact(Filter filter) {
    Aliases wider = new Aliases();
    Aliases narrower = new Aliases();
    Optional<String> most = translate(filter, true).map(each -> each.text().apply(wider));
    Optional<String> least = translate(filter, false).map(each -> each.text().apply(narrower));
    return most.isPresent()
        && most.equals(least)
        && wider.values().equals(narrower.values())
        && wider.names().equals(narrower.names());
  }

  /**
   * @param wider whether the condition may let through more than matches; less otherwise
   */
  private Optional<Condition> translate(Filter filter, boolean wider) {
    return switch (filter) {
      case Filter.And and -> combined(and.terms(), wider, true);
      case Filter.Or or -> combined(or.terms(), wider, false);
      case Filter.Not not -> translate(not.term(), !wider).map(Condition::not);
      case Filter.Search search -> Optional.empty();
      case Filter.Comparison comparison -> comparison(comparison, wider);
    };
  }

  /** Leaving out a term widens an AND and narrows an OR. */
  private Optional<Condition> combined(List<Filter> terms, boolean wider, boolean and) {
    List<Condition> conditions = new ArrayList<>();
    for (Filter term : terms) {
      Optional<Condition> condition = translate(term, wider);
      if (condition.isEmpty() && wider != and) {
        return Optional.empty();
      }
      condition.ifPresent(conditions::add);
    }
    if (conditions.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(and ? Condition.and(conditions) : Condition.or(conditions));
  }

  private Optional<Condition> comparison(Filter.Comparison comparison, boolean wider) {
    if (!isAttribute(comparison.field())) {
      return Optional.empty();
    }
    return new ComparisonTranslator(comparison.field().segments(), wider)
        .translate(comparison.operator(), comparison.operands());
  }

  /**
   * Whether the field is an attribute as it stands. Not so the id, whose attribute has another name
   * and takes one type only, and what a client does not see.
   */
  private boolean isAttribute(FieldPath field) {
    String first = field.segments().get(0);
    return field.segments().size() <= MOST_SEGMENTS
        && !first.equals(table.idField())
        && !keys.contains(first)
        && !table.isHidden(first);
  }
}
