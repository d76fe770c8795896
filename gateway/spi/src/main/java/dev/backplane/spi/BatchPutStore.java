package dev.backplane.spi;

import java.util.Map;

/** A store that puts many items at once for less than one {@link #put} each. */
public interface BatchPutStore extends WritableStore {
  /**
   * Puts each of these items as {@link #put} does with {@link Precondition.None}. Each succeeds or
   * fails by itself, and what one call writes may be seen bit by bit. The gateway calls it for new
   * items under random ids, where there is nothing that a precondition would have to protect.
   *
   * @param bodies what to store, by id; one or more, at most 100
   * @return what became of each, by id; of no others
   * @throws StoreException when the backend fails before anything is stored; a failure that comes
   *     later is the outcome of those that it hits
   */
  Map<String, PutOutcome> putAll(Map<String, JsonObject> bodies);
}
