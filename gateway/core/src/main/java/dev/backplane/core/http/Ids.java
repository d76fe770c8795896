package dev.backplane.core.http;

import java.nio.charset.StandardCharsets;

/** Which texts can be ids: those that every client can put into a path. */
final class Ids {
  private static final int MAX_BYTES = 1024;

  private Ids() {}

  static void check(String id) {
    if (id.isEmpty()) {
      throw HttpProblem.badRequest("The id is empty.");
    }
    if (id.equals(".") || id.equals("..")) {
      throw HttpProblem.badRequest("\".\" and \"..\" cannot be ids: no client can send them.");
    }
    if (id.chars().anyMatch(Character::isISOControl)) {
      throw HttpProblem.badRequest("The id has a control character.");
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw HttpProblem.badRequest("The id is longer than " + MAX_BYTES + " bytes of UTF-8.");
    }
  }
}
