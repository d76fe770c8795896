package dev.backplane.core;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Is told of each call of a store that does work: reads, counts, writes and the start. For metrics
 * and traces. Called by the thread that makes the call, before and after it; should be quick and
 * not throw. Safe for use by many threads.
 */
@FunctionalInterface
public interface StoreObserver {
  /** Takes no notice, and takes no time. */
  StoreObserver NONE = (resource, service, operation) -> error -> {};

  /**
   * A call begins.
   *
   * @param resource the resource that the store is of, as in the mapping
   * @param service the service that opened the store, as in the mapping
   * @param operation the method of the SPI that is called, for example {@code getAll}
   * @return is told, once and by the same thread, how the call ended: with nothing where it gave an
   *     answer, or else with a word for the failure: the reason of a {@code StoreException} in
   *     lower case, or {@code fatal} where the process is at its end
   */
  Consumer<String> begin(String resource, String service, String operation);

  /**
   * What ties a backend's work to the call that this thread is at: a trace.
   *
   * @return values by the names of header fields, such as {@code traceparent}; empty where there is
   *     no trace, so that the client's is passed on
   */
  default Map<String, String> propagated() {
    return Map.of();
  }
}
