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

  /**
   * Estimates how many items match, for less than {@link #count} costs. The gateway never passes it
   * off as exact.
   *
   * @param filter which items
   * @return about how many; empty when this store has no idea. The exact count unless overridden
   * @throws StoreException when the backend fails
   */
  default OptionalLong estimate(Filter filter) {
    return count(filter);
  }
}
