package dev.backplane.core.mapping;

import java.util.Optional;

/**
 * One mistake that stops the start, for the person who wrote the mapping or dropped in a plugin.
 *
 * @param position where in the mapping; empty when it is about the whole
 * @param message one sentence: what is wrong, what was expected, which names exist; never a value
 */
public record Problem(Optional<Position> position, String message) {
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
