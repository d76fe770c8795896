package dev.backplane.core.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes filters and malformed queries up, the same ones for the same seed.
 *
 * <p>A generator of our own, not jqwik: its releases are built on version 1 of the JUnit Platform,
 * it is only maintained, and its authors ask that coding agents do not use it.
 */
final class RandomQueries {
  private static final List<String> NAMES =
      List.of("a", "n", "id", "title", "o.x", "o.x.y", "first_name", "ü", "漢😀", "a-b", "A", "x y");
  private static final List<String> VALUES =
      List.of(
          "",
          "1",
          "-9.50",
          "1e3",
          "true",
          "null",
          "Oslo",
          "a&b=c+d",
          "100%",
          "ü-漢-😀",
          "a*b",
          "\"",
          "\\",
          "{}",
          "[1]",
          "a;b|c",
          " ",
          "\t\n",
          "0".repeat(50));
  private static final List<String> TOKENS =
      List.of(
          "&",
          "=",
          "%",
          "%2",
          "%00",
          "%FF",
          "+",
          "_",
          ":",
          ".",
          ",",
          "-",
          "[",
          "]",
          "{",
          "}",
          "\"",
          "\\",
          "\\ud800",
          "null",
          "1e999999999",
          "99999999999",
          "_where=",
          "filter=",
          "q=",
          ":in=",
          "_like=",
          "_sort=",
          "range=[",
          "\u0000",
          "\ud83d",
          "é",
          "\"and\":",
          "\"not\":{",
          "_limit=",
          "_cursor=",
          "{\"or\":[",
          "..");

  /** One fewer than a filter may have, so that a query has room for one of its own. */
  private static final int MOST_SEARCHES = QueryBounds.MAX_SEARCHES - 1;

  private final Random random;
  private int searches;

  RandomQueries(long seed) {
    this.random = new Random(seed);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A tree as the gateway reads one: no AND directly in an AND, no AND or OR of one term. */
  Filter tree(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(6)) {
      case 1 -> Comparisons.all(some(() -> tree(depth - 1)));
      case 2 -> Comparisons.any(some(() -> tree(depth - 1)));
      case 3 -> new Filter.Not(tree(depth - 1));
      case 4 -> ++searches > MOST_SEARCHES ? comparison() : new Filter.Search("q" + any(VALUES));
      default -> comparison();
    };
  }

  Filter.Comparison comparison() {
    Operator operator = any(List.of(Operator.values()));
    if (Comparisons.isSearch(operator) && ++searches > MOST_SEARCHES) {
      operator = Operator.EQ;
    }
    List<String> operands =
        switch (operator) {
          case IN, NIN -> some(() -> any(VALUES));
          case BETWEEN -> List.of(any(VALUES), any(VALUES));
          case IS_NULL -> List.of(Boolean.toString(coin()));
          default -> List.of(any(VALUES));
        };
    return new Filter.Comparison(FieldPath.parse(any(NAMES)), operator, operands);
  }

  <T> List<T> some(Supplier<T> each) {
    List<T> made = new ArrayList<>();
    do {
      made.add(each.get());
    } while (made.size() < 5 && random.nextInt(3) > 0);
    return made;
  }

  /**
   * A text with a few accidents: something lost, doubled, moved, or put where it does not belong.
   */
  String mutated(String text, List<String> others) {
    StringBuilder mutant = new StringBuilder(text);
    for (int times = random.nextInt(6); times >= 0; times--) {
      int at = random.nextInt(mutant.length() + 1);
      int end = Math.min(mutant.length(), at + random.nextInt(6));
      switch (random.nextInt(7)) {
        case 0 -> mutant.delete(at, end);
        case 1 -> mutant.insert(at, mutant.substring(at, end));
        case 2 -> mutant.insert(at, any(TOKENS));
        case 3 -> mutant.replace(at, end, any(TOKENS));
        case 4 -> mutant.insert(at, (char) random.nextInt(0x250));
        case 5 -> mutant.insert(at, any(TOKENS).repeat(random.nextInt(300)));
        default -> mutant.append('&').append(any(others));
      }
    }
    return mutant.toString();
  }
}
