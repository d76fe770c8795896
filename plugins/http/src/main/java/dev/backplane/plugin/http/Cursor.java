package dev.backplane.plugin.http;

import java.util.List;

/**
 * Where a list goes on.
 *
 * @param position which of the backend's pages, as its {@link PageStyle} writes it; empty: the
 *     first
 * @param size of how many items that page was asked for; 0: any number
 * @param skip how many of its items were given already
 * @param anchors what stands for the ids of the last of them, by which the place is found when
 *     others have come or gone
 */
record Cursor(String position, int size, int skip, List<String> anchors) {
  /** The beginning of a list. */
  static final Cursor START = new Cursor("", 0, 0, List.of());

  Cursor {
    anchors = List.copyOf(anchors);
  }
}
