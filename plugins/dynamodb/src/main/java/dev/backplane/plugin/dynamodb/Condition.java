package dev.backplane.plugin.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition of an expression, before it is text.
 *
 * @param operators how many operators and functions it has, which the service limits
 * @param text writes it, with names and values as aliases
 */
record Condition(int operators, Function<Aliases, String> text) {
  /** The service's limits for one expression. */
  static final int MOST_OPERATORS = 300;

  static final int MOST_BYTES = 4096;
  static final int MOST_OPERANDS = 100;

  /** Behind those of a key's condition or an update, aliases may be a few characters longer. */
  private static final int LONGER_ALIASES = 128;

  static Condition compare(List<String> path, String operator, AttributeValue value) {
    return new Condition(
        1, aliases -> aliases.path(path) + " " + operator + " " + aliases.value(value));
  }

  static Condition equal(String attribute, AttributeValue value) {
    return compare(List.of(attribute), "=", value);
  }

  /** Both ends included; the service refuses a first value that is greater than the second. */
  static Condition between(String attribute, AttributeValue least, AttributeValue most) {
    return new Condition(
        1,
        aliases ->
            aliases.name(attribute)
                + " BETWEEN "
                + aliases.value(least)
                + " AND "
                + aliases.value(most));
  }

  static Condition in(List<String> path, List<AttributeValue> values) {
    return new Condition(
        1,
        aliases ->
            values.stream()
                .map(aliases::value)
                .collect(Collectors.joining(", ", aliases.path(path) + " IN (", ")")));
  }

  static Condition exists(List<String> path) {
    return new Condition(1, aliases -> "attribute_exists(" + aliases.path(path) + ")");
  }

  static Condition missing(List<String> path) {
    return new Condition(1, aliases -> "attribute_not_exists(" + aliases.path(path) + ")");
  }

  /** A function of a path and a value, such as {@code begins_with}. */
  static Condition function(String function, List<String> path, AttributeValue value) {
    return new Condition(
        1, aliases -> function + "(" + aliases.path(path) + ", " + aliases.value(value) + ")");
  }

  static Condition isType(List<String> path, AttributeValue.Type type) {
    String name = type == AttributeValue.Type.NUL ? "NULL" : type.name();
    return function("attribute_type", path, AttributeValue.fromS(name));
  }

  /** Without parentheses: the service refuses those that change nothing. */
  static Condition not(Condition condition) {
    return new Condition(
        condition.operators + 1, aliases -> "NOT " + condition.text.apply(aliases));
  }

  static Condition and(List<Condition> conditions) {
    return joined(conditions, " AND ");
  }

  static Condition or(List<Condition> conditions) {
    return joined(conditions, " OR ");
  }

  private static Condition joined(List<Condition> conditions, String word) {
    if (conditions.size() == 1) {
      return conditions.get(0);
    }
    int operators = conditions.size() - 1;
    for (Condition condition : conditions) {
      operators += condition.operators;
    }
    return new Condition(
        operators,
        aliases ->
            conditions.stream()
                .map(condition -> condition.text.apply(aliases))
                .collect(Collectors.joining(word, "(", ")")));
  }

  /** As {@link #fitting}, all of which must hold; empty when there are none. */
  static Optional<Condition> allThatFit(List<Condition> conditions) {
    List<Condition> kept = fitting(conditions);
    return kept.isEmpty() ? Optional.empty() : Optional.of(and(kept));
  }

  /** As many of the conditions as fit into one expression, the first ones first. */
  static List<Condition> fitting(List<Condition> conditions) {
    Aliases tried = new Aliases();
    int bytes = 2;
    int operators = 0;
    List<Condition> kept = new ArrayList<>();
    for (Condition condition : conditions) {
      if (operators + condition.operators + 1 > MOST_OPERATORS) {
        continue;
      }
      Aliases trial = tried.copy();
      int length = condition.text.apply(trial).length() + " AND ".length();
      if (bytes + length > MOST_BYTES - LONGER_ALIASES) {
        continue;
      }
      tried = trial;
      bytes += length;
      operators += condition.operators + 1;
      kept.add(condition);
    }
    return kept;
  }
}
