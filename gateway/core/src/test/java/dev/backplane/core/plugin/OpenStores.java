package dev.backplane.core.plugin;

import dev.backplane.spi.Store;

/** Opens stores that a test has made itself. */
public final class OpenStores {
  private OpenStores() {}

  /** The store, as if a plugin had opened it. */
  public static OpenStore of(Store store) {
    return new OpenStore(
        store,
        new Crossing(
            "things",
            "test",
            "service test",
            new ContextLoader(OpenStores.class.getClassLoader()),
            CallObserver.NONE));
  }
}
