package dev.backplane.spi;

import java.util.OptionalLong;

/** A store that can count without reading every item through {@link #list}. */
public interface CountableStore extends Store {
  /**
   * Counts the items that match, exactly as {@link Filter#test} would.
   *
   * @param filter which items
   * @return how many; empty when this store cannot tell exactly for this filter
   * @throws StoreException when the backend fails
   */
  OptionalLong count(Filter filter);
}
