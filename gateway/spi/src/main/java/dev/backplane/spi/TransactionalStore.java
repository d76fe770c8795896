package dev.backplane.spi;

import java.util.List;

/** A store that does several writes as one: all of them, or none. */
public interface TransactionalStore extends WritableStore {
  /**
   * How many writes can be done as one. Asked for often; it is always the same.
   *
   * @return 1 or more; 100 unless overridden
   */
  default int mostWrites() {
    return 100;
  }

  /**
   * Does all of these writes, or none. Testing all preconditions and writing are one atomic step:
   * of two calls that rely on the same state of an item, one succeeds, and what two calls write to
   * the same items is never mixed. Whether a reader may see some of the writes before the others is
   * the backend's affair.
   *
   * @param writes one or more, at most {@link #mostWrites}, each about another item
   * @return what happened
   * @throws StoreException when the backend fails; nothing was written then, unless no answer came
   *     ({@link StoreException.Reason#TIMEOUT}, {@link StoreException.Reason#UNAVAILABLE}), after
   *     which all or none may have been
   */
  WriteAllResult writeAll(List<Write> writes);
}
