package dev.backplane.core.mapping;

import java.util.Comparator;
import java.util.Optional;

/**
 * One mistake that stops the start, for the person who wrote the mapping or dropped in a plugin.
 *
 * @param position where in the mapping; empty when it is about the whole
 * @param message one sentence: what is wrong, what was expected, which names exist; never a value
 */
public record Problem(Optional<Position> position, String message) {
  /** Sorts into the order in which to report: the whole first, then from the top down. */
  public static final Comparator<Problem> IN_FILE =
      Comparator.comparing(problem -> problem.position().orElse(new Position(0, 0)));

  /**
   * As a compiler would print it.
   *
   * @param file the mapping's name as the user gave it
   * @return for example {@code mapping.yaml:12:5: resource "users": "tabel" is not a setting}
   */
  public String describe(String file) {
    return position
        .map(at -> file + ":" + at.line() + ":" + at.column() + ": " + message)
        .orElse(file + ": " + message);
  }
}
