package dev.backplane.core.contract;

/** A way into a running gateway: a socket to the server, or events to the function. */
public interface Client extends AutoCloseable {
  /** What not every way hands over as the client sent it. */
  enum Feature {
    /**
     * The path arrives as it was sent. An HTTP API hands it over decoded, so that {@code %2F} looks
     * like a slash, {@code %3F} ends it, and a malformed path never gets as far as the gateway.
     */
    RAW_PATH,
    /**
     * A URL with a malformed percent-encoding gets as far as the gateway. API Gateway answers it
     * itself, or hands over what it made of it.
     */
    MALFORMED_URL,
    /**
     * A body that is not UTF-8 arrives as it was sent. All that send events to a function hand JSON
     * over as text, in which other characters stand for what could not be decoded.
     */
    RAW_BODY,
    /**
     * Several headers, or several parameters of a query, that have one name arrive. A load balancer
     * hands only the last one over, unless it is told to do otherwise.
     */
    REPEATED_VALUES
  }

  /**
   * Sends a request and waits for the answer; any thread.
   *
   * @param request what to send, byte for byte
   * @return what came back
   */
  Answer send(Request request);

  /**
   * Whether this way hands something over unchanged.
   *
   * @param feature what a rule depends on
   * @return whether the rule applies here
   */
  default boolean can(Feature feature) {
    return true;
  }

  /** Stops the gateway. */
  @Override
  void close();
}
