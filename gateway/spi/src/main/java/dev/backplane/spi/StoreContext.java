package dev.backplane.spi;

import java.util.Map;

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

  /**
   * What a backend should be sent along with what it is asked, so that its logs and traces can be
   * told to belong to the client's request: {@code X-Request-Id}, and {@code traceparent} and
   * {@code tracestate} where there is a trace (<a href="https://www.w3.org/TR/trace-context/">W3C
   * Trace Context</a>). For backends that take header fields; asked during a call of the store, by
   * the thread that makes the call.
   *
   * @return values, fit to be sent, by the names of their fields; empty outside of a request
   */
  default Map<String, String> propagated() {
    return Map.of();
  }
}
