package dev.backplane.core.http;

import dev.backplane.core.plugin.OpenStore;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import java.util.OptionalLong;

/**
 * A store as lists see it: it is not told to search where it would find what is hidden, because how
 * much it finds would tell of that. Safe for use by many threads.
 *
 * @param store the store
 * @param hidden what no client gets to see
 */
record SearchedStore(OpenStore store, HiddenFields hidden) {
  /** A page of what matches at least as much. */
  Page list(Query query) {
    Filter told = hidden.forStore(query.filter());
    if (told.equals(query.filter())) {
      return store.list(query);
    }
    Query weaker = new Query(told, query.order(), query.limit(), query.cursor(), query.fields());
    // what the store says of a weaker filter is not true of this one
    return store.list(weaker).with(Page.Work.UNKNOWN);
  }

  /** How many items match, where the store can tell without searching what is hidden. */
  OptionalLong count(Filter filter) {
    return isTold(filter) ? store.count(filter) : OptionalLong.empty();
  }

  /** About how many. */
  OptionalLong estimate(Filter filter) {
    return isTold(filter) ? store.estimate(filter) : OptionalLong.empty();
  }

  private boolean isTold(Filter filter) {
    return hidden.forStore(filter).equals(filter);
  }
}
