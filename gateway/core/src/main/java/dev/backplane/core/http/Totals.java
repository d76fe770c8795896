package dev.backplane.core.http;

import dev.backplane.core.http.Cursors.Place;
import dev.backplane.core.mapping.Count;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds out how many items a list has that a store pages: exactly where the store can, or the
 * gateway within the scan limit, and as an estimate beyond. Reads on with the scan that read the
 * page. For one request on one thread.
 */
final class Totals {
  private final SearchedStore store;
  private final Filter filter;
  private final ListScan scan;

  Totals(SearchedStore store, Filter filter, ListScan scan) {
    this.store = store;
    this.filter = filter;
    this.scan = scan;
  }

  /**
   * Counts.
   *
   * @param wanted how
   * @param items the page that the scan has read
   * @param from where the page began, when it was not reached from the beginning of the list
   */
  Total total(Count wanted, List<Item> items, Optional<Place> from) {
    if (wanted == Count.NONE) {
      return Total.NONE;
    }
    // of a cursor only this page is certain: what came before it may be gone
    long certain = (long) items.size() + (from.isPresent() ? 0 : scan.skipped());
    boolean more = scan.next().isPresent();
    if (!more && from.isEmpty()) {
      return Total.exact(certain);
    }
    long seen = certain + from.map(Place::index).orElse(0) + (more ? 1 : 0);
    if (wanted == Count.ESTIMATED) {
      OptionalLong estimate = store.estimate(filter);
      if (estimate.isPresent()) {
        return Total.estimated(Math.max(estimate.getAsLong(), seen));
      }
    }
    return exactly(certain, seen, from.isPresent());
  }

  private Total exactly(long certain, long seen, boolean anew) {
    OptionalLong counted = store.count(filter);
    if (counted.isPresent()) {
      return Total.exact(Math.max(counted.getAsLong(), certain));
    }
    ListScan.Counted read = anew ? scan.countAnew() : scan.countRest(certain);
    if (read.whole()) {
      return Total.exact(Math.max(read.number(), certain));
    }
    long least = Math.max(read.number(), seen);
    return Total.estimated(Math.max(store.estimate(filter).orElse(0), least));
  }
}
