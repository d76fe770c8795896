package dev.backplane.plugin.http;

import dev.backplane.plugin.http.Lister.Stretch;
import dev.backplane.spi.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Reads lists whose pages begin behind a number of items. Safe for use by many threads.
 *
 * @param lister fetches the pages
 */
record CountedPages(Lister lister) {
  /** How far back the last items that were given are searched for. */
  private static final List<Integer> STEPS_BACK = List.of(1, 20, 200);

  /**
   * Goes on behind the last items that were given, which are searched for near the place where they
   * were: items before it may have gone since, and others come.
   */
  Stretch list(String path, Cursor cursor, int limit, Deadline deadline) {
    int offset = CursorCodec.number(cursor.position(), 0);
    int examined = 0;
    for (int back : cursor.anchors().isEmpty() ? List.<Integer>of() : STEPS_BACK) {
      int start = Math.max(0, offset - back);
      FetchedPage page = fetch(path, start, limit + offset - start, deadline);
      examined += page.bodies().size();
      Optional<Integer> from = lister.behind(cursor.anchors(), page.bodies());
      if (from.isPresent()) {
        boolean rest = from.get() < page.bodies().size() || isLast(page, start);
        return rest
            ? counted(page, start, from.get(), cursor, limit).examining(examined)
            : from(path, start + from.get(), cursor, limit, examined, deadline);
      }
      if (start == 0) {
        break;
      }
    }
    // the first page, or all of them are gone: the count is the best that is left
    return from(path, offset, cursor, limit, examined, deadline);
  }

  private Stretch from(
      String path, int offset, Cursor cursor, int limit, int examined, Deadline deadline) {
    FetchedPage page = fetch(path, offset, limit, deadline);
    return counted(page, offset, 0, cursor, limit).examining(examined + page.bodies().size());
  }

  private FetchedPage fetch(String path, int offset, int size, Deadline deadline) {
    int capped = lister.paging().parameters().capped(size);
    return lister.fetch(path, Integer.toString(offset), capped, deadline);
  }

  private boolean isLast(FetchedPage page, int start) {
    return lister.paging().style().next(Integer.toString(start), page).isEmpty();
  }

  private Stretch counted(FetchedPage page, int start, int from, Cursor cursor, int limit) {
    List<JsonObject> bodies = page.bodies();
    int to = (int) Math.min((long) from + limit, bodies.size());
    List<JsonObject> given = bodies.subList(from, to);
    if (to == bodies.size() && isLast(page, start)) {
      return new Stretch(given, Optional.empty(), bodies.size());
    }
    Cursor next = new Cursor(Integer.toString(start + to), 0, 0, lister.anchors(cursor, given));
    return new Stretch(given, Optional.of(next), bodies.size());
  }
}
