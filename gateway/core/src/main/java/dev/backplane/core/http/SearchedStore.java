package dev.backplane.core.http;

import dev.backplane.core.plugin.OpenStore;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A store as lists see it: it is not told to search where it would find what is hidden, because how
 * much it finds would tell of that. Safe for use by many threads.
 *
 * @param store the store
 * @param hidden what the caller does not get to see of an item
 * @param rows which items are there for the caller; of the others nothing is counted
 */
record SearchedStore(OpenStore store, HiddenFields hidden, Rows rows) {
  /** A page of what matches at least as much. */
  Page list(Query query) {
    if (rows.isNone()) {
      return new Page(List.of(), Optional.empty());
    }
    Filter told = hidden.forStore(query.filter());
    boolean whole = told.equals(query.filter());
    if (whole && !rows.restrict()) {
      return store.list(query);
    }
    Query other =
        new Query(
            rows.and(told), query.order(), query.limit(), query.cursor(), rows.and(query.fields()));
    Page page = store.list(other);
    // what the store says of a weaker filter is not true of this one
    return whole ? page : page.with(Page.Work.UNKNOWN);
  }

  /** How many items match, where the store can tell without searching what is hidden. */
  OptionalLong count(Filter filter) {
    if (rows.isNone()) {
      return OptionalLong.of(0);
    }
    return isTold(filter) && rows.isExact() ? store.count(rows.and(filter)) : OptionalLong.empty();
  }

  /** About how many; what others have is nobody's guide. */
  OptionalLong estimate(Filter filter) {
    return isTold(filter) && !rows.restrict() ? store.estimate(filter) : OptionalLong.empty();
  }

  private boolean isTold(Filter filter) {
    return hidden.forStore(filter).equals(filter);
  }
}
