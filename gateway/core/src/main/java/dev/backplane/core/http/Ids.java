package dev.backplane.core.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which texts can be ids: those that every client can put into a path. */
final class Ids {
  private static final int MAX_BYTES = 4096;

  private Ids() {}

  /** Whether a text can be an id, so that a store may be asked for it. */
  static boolean isId(String text) {
    return wrong(text).isEmpty();
  }

  static void check(String id) {
    Optional<String> wrong = wrong(id);
    if (wrong.isPresent()) {
      throw HttpProblem.badRequest(wrong.get());
    }
  }

  private static Optional<String> wrong(String id) {
    if (id.isEmpty()) {
      return Optional.of("The id is empty.");
    }
    if (id.equals(".") || id.equals("..")) {
      return Optional.of("\".\" and \"..\" cannot be ids: no client can send them.");
    }
    if (id.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("The id has a control character.");
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return Optional.of("The id is longer than " + MAX_BYTES + " bytes of UTF-8.");
    }
    return Optional.empty();
  }
}
