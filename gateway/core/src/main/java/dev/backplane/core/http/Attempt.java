package dev.backplane.core.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * What a write has to know of an earlier try at the same request.
 *
 * @param seed where the ids of new items come from, so that each try gives them the same ones;
 *     empty: the store chooses
 * @param again whether an earlier try may have written already
 */
record Attempt(Optional<String> seed, boolean again) {
  /** The only try at a request. */
  static final Attempt ONLY = new Attempt(Optional.empty(), false);

  /** The same of one operation out of many. */
  Attempt at(int index) {
    return new Attempt(seed.map(text -> derived(text, index)), again);
  }

  private static String derived(String seed, int index) {
    byte[] name = (seed + '/' + index).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }
}
