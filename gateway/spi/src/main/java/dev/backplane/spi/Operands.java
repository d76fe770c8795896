package dev.backplane.spi;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * What a comparison compares with: texts, as they were given, and what they mean, which is found
 * out once and not again for each item.
 */
final class Operands extends AbstractList<String> implements RandomAccess {
  private final List<String> texts;
  private final List<Optional<JsonNumber>> numbers;
  private final String folded;

  /** Copies the texts, of which there is at least one. */
  Operands(Operator operator, List<String> texts) {
    this.texts = List.copyOf(texts);
    this.numbers =
        switch (operator) {
          case LIKE, ILIKE, STARTS_WITH, ENDS_WITH, IS_NULL -> List.of();
          default -> this.texts.stream().map(JsonNumber::parse).toList();
        };
    this.folded = operator == Operator.ILIKE ? Matching.fold(this.texts.get(0)) : "";
  }

  @Override
  public String get(int index) {
    return texts.get(index);
  }

  @Override
  public int size() {
    return texts.size();
  }

  /** The number that an operand is, if it is one, for an operator that compares with numbers. */
  Optional<JsonNumber> number(int index) {
    return numbers.get(index);
  }

  /** The first of them as {@link Operator#ILIKE} compares with it. */
  String folded() {
    return folded;
  }
}
