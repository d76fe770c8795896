package dev.backplane.spi;

/**
 * A store that knows how to ask whether its backend would serve it. Of others, the gateway reads an
 * item that there is none of, which tells nothing where {@link Store#get} need not ask the backend:
 * of an id that no item can have, for example.
 */
public interface CheckableStore extends Store {
  /**
   * Asks the backend for as little as shows that it answers, lets this store in and has what the
   * store's items are kept in. Changes nothing. The gateway calls it every few seconds at most, one
   * call at a time, and interrupts it when it takes more than a second or two.
   *
   * @throws StoreException when the backend would fail calls of this store, with the reason that
   *     those calls would give
   */
  void check();
}
