package dev.backplane.plugin.http;

/**
 * How a REST service does things that each does in its own way.
 *
 * @param pages how its lists are cut
 * @param wrapped whether bodies have the items under {@code data}, and lists what else is to be
 *     said under {@code meta}
 * @param upserts whether PUT creates what is missing; otherwise only with {@code If-None-Match}
 * @param tells whether the answer to a write has the item
 * @param partial whether lists show only a part of the items
 */
record Habits(Pages pages, boolean wrapped, boolean upserts, boolean tells, boolean partial) {
  /** How lists are cut. */
  enum Pages {
    NONE,
    LINK,
    PAGE,
    OFFSET,
    CURSOR
  }

  static Habits of(Pages pages) {
    return new Habits(pages, false, true, true, false);
  }

  Habits wrapping() {
    return new Habits(pages, true, upserts, tells, partial);
  }

  Habits replacingOnly() {
    return new Habits(pages, wrapped, false, tells, partial);
  }

  Habits silent() {
    return new Habits(pages, wrapped, upserts, false, partial);
  }

  Habits showingParts() {
    return new Habits(pages, wrapped, upserts, tells, true);
  }
}
