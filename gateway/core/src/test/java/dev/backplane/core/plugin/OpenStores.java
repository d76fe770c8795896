package dev.backplane.core.plugin;

import dev.backplane.spi.Store;

/** Opens stores that a test has made itself. */
public final class OpenStores {
  private OpenStores() {}

  /** The store, as if a plugin had opened it. */
  public static OpenStore of(Store store) {
    return of(store, "test", OpenStores.class.getClassLoader());
  }

  /**
   * The same for a service of a certain name.
   *
   * @param loader the plugin's
   */
  static OpenStore of(Store store, String service, ClassLoader loader) {
    return new OpenStore(
        store,
        new Crossing(
            "things", service, "service " + service, new ContextLoader(loader), CallObserver.NONE));
  }
}
