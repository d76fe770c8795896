package dev.backplane.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which items a list is about: a tree of conditions, the same for every spelling of a query.
 *
 * <p>A filter is advice to the store. The gateway tests every item again with {@link #test}, so a
 * store may return more than matches, never fewer. A store that translates only a part drops whole
 * terms of {@link #conjuncts}: what it cannot say inside an {@link Or} or a {@link Not} takes the
 * whole {@link Or} or {@link Not} with it, for a weaker condition under {@code Not} would lose
 * items.
 *
 * <p>Flows into plugins and is closed for good; only {@link Operator} may grow.
 */
public sealed interface Filter extends Predicate<JsonObject> {

  /**
   * Whether an item's body matches. Any thread, no I/O, time linear in the size of body and filter.
   *
   * @param body an item's body
   * @return whether the item belongs to the list
   */
  @Override
  boolean test(JsonObject body);

  /**
   * The filter that every item matches.
   *
   * @return an {@link And} of nothing
   */
  static Filter all() {
    return And.ALL;
  }

  /**
   * A comparison.
   *
   * @param dotted the field, for example {@code address.city}
   * @param operator how to compare
   * @param operands what to compare with
   * @return the filter
   */
  static Filter where(String dotted, Operator operator, String... operands) {
    return new Comparison(FieldPath.parse(dotted), operator, List.of(operands));
  }

  /**
   * The terms that must all match, of which a store serves those it can.
   *
   * @return the terms of an {@link And}, nested ones included; this filter itself otherwise
   */
  default List<Filter> conjuncts() {
    return List.of(this);
  }

  /**
   * Matches when every term does.
   *
   * @param terms the conditions; none: everything matches
   */
  record And(List<Filter> terms) implements Filter {
    private static final And ALL = new And(List.of());

    /** Copies the terms. */
    public And {
      terms = List.copyOf(terms);
    }

    @Override
    public boolean test(JsonObject body) {
      for (Filter term : terms) {
        if (!term.test(body)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public List<Filter> conjuncts() {
      return terms.stream().flatMap(term -> term.conjuncts().stream()).toList();
    }
  }

  /**
   * Matches when at least one term does.
   *
   * @param terms the conditions; none: nothing matches
   */
  record Or(List<Filter> terms) implements Filter {
    /** Copies the terms. */
    public Or {
      terms = List.copyOf(terms);
    }

    @Override
    public boolean test(JsonObject body) {
      for (Filter term : terms) {
        if (term.test(body)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Matches when the term does not.
   *
   * @param term the condition
   */
  record Not(Filter term) implements Filter {
    /** Checks that there is a term. */
    public Not {
      Objects.requireNonNull(term, "term");
    }

    @Override
    public boolean test(JsonObject body) {
      return !term.test(body);
    }
  }

  /**
   * Matches when a string or a number anywhere in the item contains the text, without regard to
   * case: the query word {@code q}.
   *
   * @param text what to look for
   */
  record Search(String text) implements Filter {
    /** Checks that there is a text. */
    public Search {
      Objects.requireNonNull(text, "text");
    }

    @Override
    public boolean test(JsonObject body) {
      return Matching.search(body, text);
    }
  }

  /**
   * Compares one field with operands.
   *
   * @param field where the value stands
   * @param operator how to compare
   * @param operands what to compare with: two for {@link Operator#BETWEEN}, one or more for {@link
   *     Operator#IN} and {@link Operator#NIN}, one otherwise
   */
  record Comparison(FieldPath field, Operator operator, List<String> operands) implements Filter {
    /** Checks the number of operands. */
    public Comparison {
      Objects.requireNonNull(field, "field");
      operands = List.copyOf(operands);
      int count = operands.size();
      boolean right =
          switch (operator) {
            case IN, NIN -> count >= 1;
            case BETWEEN -> count == 2;
            default -> count == 1;
          };
      if (!right) {
        throw new IllegalArgumentException(
            operator.word() + " does not take " + count + " operands");
      }
      if (operator == Operator.IS_NULL
          && !operands.contains("true")
          && !operands.contains("false")) {
        throw new IllegalArgumentException("isnull takes true or false");
      }
      operands = new Operands(operator, operands);
    }

    /**
     * The first operand; the only one for most operators.
     *
     * @return the text to compare with
     */
    public String operand() {
      return operands.get(0);
    }

    @Override
    public boolean test(JsonObject body) {
      Optional<JsonValue> found = field.find(body);
      return Matching.compare(found.orElse(JsonNull.NULL), operator, (Operands) operands);
    }
  }
}
