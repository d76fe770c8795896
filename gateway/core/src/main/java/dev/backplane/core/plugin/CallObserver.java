package dev.backplane.core.plugin;

import java.util.function.Consumer;

/** Is told of each call of a store that does work. */
@FunctionalInterface
public interface CallObserver {
  /** Takes no notice. */
  CallObserver NONE = (resource, service, operation) -> error -> {};

  /**
   * See {@code StoreObserver} of the core.
   *
   * @param resource the resource that the store is of
   * @param service the service that opened the store
   * @param operation the method that is called
   * @return is told how it ended
   */
  Consumer<String> begin(String resource, String service, String operation);
}
