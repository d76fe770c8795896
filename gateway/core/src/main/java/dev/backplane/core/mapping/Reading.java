package dev.backplane.core.mapping;

import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one reading of a mapping has at hand: the variables, and the mistakes found so far. */
final class Reading {
  /** A file with more mistakes than this is not a mapping, and nobody reads the rest. */
  static final int MOST_PROBLEMS = 1000;

  private final Map<String, String> environment;
  private final List<Problem> problems;
  private final int[] mistakes;
  private final String where;

  private Reading(
      Map<String, String> environment, List<Problem> problems, int[] mistakes, String where) {
    this.environment = environment;
    this.problems = problems;
    this.mistakes = mistakes;
    this.where = where;
  }

  static Reading of(Map<String, String> environment) {
    return new Reading(environment, new ArrayList<>(), new int[1], "");
  }

  /** The same reading, in a part of the mapping that each message names. */
  Reading in(String part) {
    return new Reading(environment, problems, mistakes, part + ": ");
  }

  void report(Position at, String message) {
    report(Optional.of(at), message);
  }

  void report(String message) {
    report(Optional.empty(), message);
  }

  private void report(Optional<Position> at, String message) {
    if (mistakes[0]++ < MOST_PROBLEMS) {
      problems.add(new Problem(at, where + message));
    }
  }

  /** How many mistakes were reported so far. */
  int mistakes() {
    return mistakes[0];
  }

  /** Everything that was reported, in the order of the file. */
  List<Problem> problems() {
    List<Problem> sorted = new ArrayList<>(problems);
    if (mistakes[0] > MOST_PROBLEMS) {
      String shown = mistakes[0] + " mistakes, of which " + MOST_PROBLEMS + " are shown";
      sorted.add(new Problem(Optional.empty(), shown));
    }
    sorted.sort(Problem.IN_FILE);
    return sorted;
  }

  /** What a scalar stands for, its variables replaced; empty when that is wrong and reported. */
  Optional<JsonValue> value(Yaml.Scalar scalar, String key) {
    if (!scalar.hasVariable()) {
      return Optional.of(scalar.value());
    }
    return new Variables(environment, message -> report(scalar.at(), key + " " + message))
        .replace(scalar.text())
        .map(JsonString::new);
  }
}
