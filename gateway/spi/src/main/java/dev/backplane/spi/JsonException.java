package dev.backplane.spi;

/** Bytes that should be JSON are not; the message says what is wrong, and where. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the defect.
   *
   * @param message what is wrong and where, fit for a client to read
   */
  public JsonException(String message) {
    super(message);
  }
}
