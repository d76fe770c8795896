package dev.backplane.server;

/**
 * What a server takes on at once.
 *
 * @param limits how often may be asked
 * @param requests how many requests may be answered at once
 * @param connections how many connections may be open
 */
record Bounds(Limits limits, int requests, int connections) {
  private static final int MOST_REQUESTS = 1024;
  private static final int LEAST_REQUESTS = 16;
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int LEAST_CONNECTIONS = 256;

  /** For what a connection holds while a request arrives: buffers and headers. */
  private static final int BYTES_A_CONNECTION = 128 * 1024;

  /** Without limits, and with as much at once as any memory that is usual holds. */
  static Bounds usual() {
    return new Bounds(new Limits(), MOST_REQUESTS, MOST_CONNECTIONS);
  }

  /**
   * How many requests a memory has room for: in a quarter of it, as many bodies of the largest size
   * as are held while they arrive.
   */
  static int requests(long memory, int maxBodySize) {
    return Math.clamp(memory / 4 / maxBodySize, LEAST_REQUESTS, MOST_REQUESTS);
  }

  /** How many connections a memory has room for. */
  static int connections(long memory) {
    return Math.clamp(memory / BYTES_A_CONNECTION, LEAST_CONNECTIONS, MOST_CONNECTIONS);
  }
}
