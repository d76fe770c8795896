package dev.backplane.spi;

import java.util.Optional;

/**
 * Reads the items of one resource; what {@link Service#open} returns. A store that also writes
 * implements {@link WritableStore}; other abilities are further interfaces such as {@link
 * CountableStore}. What a store implements decides what the gateway offers to clients.
 *
 * <p>The gateway calls a store from many threads at once. Calls block until they are done; one that
 * cannot be done throws {@link StoreException}. Nothing is null, in or out.
 */
public interface Store extends AutoCloseable {
  /**
   * Reads one item, as of the last write that this store acknowledged where the backend can tell.
   *
   * @param id the id, exactly as it was written: any text but the empty one
   * @return the item; empty when there is none
   * @throws StoreException when the backend fails
   */
  Optional<Item> get(String id);

  /**
   * Reads one page of items. Following {@link Page#next} to the end meets every item that matches
   * and was there throughout exactly once.
   *
   * @param query which items, in which order, how many, from where
   * @return the page; may hold items that do not match the filter, never lacks one that does
   * @throws StoreException when the backend fails, or {@link StoreException.Reason#UNSUPPORTED} for
   *     an order, {@link StoreException.Reason#INVALID} for a cursor
   */
  Page list(Query query);

  /**
   * Gives back connections, threads and files. Called once, when no call is running and none will
   * follow. Does nothing unless overridden.
   */
  @Override
  default void close() {}
}
