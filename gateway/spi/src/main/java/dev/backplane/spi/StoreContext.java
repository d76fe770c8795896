package dev.backplane.spi;

/**
 * What a service gets to know when it opens a store. The gateway and the testkit implement it;
 * plugins only read it, so it may grow.
 */
public interface StoreContext {
  /**
   * The resource's name in the mapping, as in {@code /api/users}.
   *
   * @return for example {@code users}
   */
  String resource();

  /**
   * The member of an item's body that holds the id.
   *
   * @return {@code id} unless the mapping says otherwise
   */
  String idField();

  /**
   * The settings of the service and of the resource in one; the resource's win.
   *
   * @return the settings; a key that {@link Service#open} does not ask for stops the start
   */
  Settings settings();

  /**
   * Reads and writes JSON text.
   *
   * @return the codec; may be kept
   */
  JsonCodec json();
}
