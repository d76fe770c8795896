package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonValue;
import java.util.List;
import java.util.Objects;

/**
 * The place where a list continues.
 *
 * @param path the way in which the list is read, as {@link AccessPath} names it
 * @param lane which of the partitions that are read one after the other, from 0
 * @param marks where in it, as the {@link Rounds} that made the cursor know; none: at its beginning
 */
record Cursor(String path, int lane, List<JsonValue> marks) {
  Cursor {
    Objects.requireNonNull(path, "path");
    marks = List.copyOf(marks);
  }

  /** The beginning of a list. */
  static Cursor start(String path) {
    return new Cursor(path, 0, List.of());
  }

  /** Another place in the same lane. */
  Cursor at(JsonValue... places) {
    return new Cursor(path, lane, List.of(places));
  }
}
