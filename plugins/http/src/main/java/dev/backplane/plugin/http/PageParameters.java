package dev.backplane.plugin.http;

import dev.backplane.spi.FieldPath;
import java.util.Optional;

/**
 * How pages are asked for, and how their end is known.
 *
 * @param parameter the parameter that says which page
 * @param size the parameter that says how many items
 * @param most of how many items the backend's largest page is, where the mapping says it
 * @param nextIn where a body says what the next page is
 */
record PageParameters(
    String parameter, Optional<String> size, Optional<Integer> most, Optional<FieldPath> nextIn) {
  /** Many backends refuse to be asked for more than this at once. */
  private static final int USUAL_MOST = 100;

  QueryString sized(String path, int items) {
    QueryString query = new QueryString(path);
    return size.isEmpty() ? query : query.add(size.get(), Integer.toString(items));
  }

  /** Where a page is that has a number, or begins behind a number of items. */
  String at(String path, int items, int page) {
    return sized(path, items).add(parameter, Integer.toString(page)).toString();
  }

  /** How many items to ask for at most. */
  int capped(int limit) {
    return Math.min(limit, most.orElse(USUAL_MOST));
  }

  /**
   * Whether no page comes behind one. A page that is shorter than asked for says so only where the
   * mapping says how large pages are: a backend may have a maximum of its own, and what is behind
   * it would be lost.
   *
   * @param page the page
   * @param before how many items the pages before it have
   */
  boolean isLast(FetchedPage page, long before) {
    int items = page.bodies().size();
    return items == 0
        || (most.isPresent() && size.isPresent() && items < page.asked())
        || (page.total().isPresent() && before + items >= page.total().getAsLong());
  }
}
