package dev.backplane.spi;

import java.util.Objects;

/**
 * A store could not do what it was asked. The reason decides the HTTP status; the message is for
 * the client and names no table, host, class or secret; the cause is logged and never shown.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. Flows out of plugins and may grow. */
  public enum Reason {
    /** The request cannot be served as it is: the client must change it. 400. */
    INVALID,
    /** The backend's state forbids it, for example a unique value that is taken. 409. */
    CONFLICT,
    /** This store does not do that; the gateway may do it instead, or refuse. 400. */
    UNSUPPORTED,
    /** The backend is asked too much; later it may answer. 503. */
    THROTTLED,
    /** The backend does not answer or answers nonsense. 502. */
    UNAVAILABLE,
    /** The backend did not answer in time; a write may or may not have happened. 504. */
    TIMEOUT
  }

  private final Reason reason;

  /**
   * A failure that needs no further explanation in the log.
   *
   * @param reason why
   * @param message what to tell the client
   */
  public StoreException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * A failure with its cause.
   *
   * @param reason why
   * @param message what to tell the client
   * @param cause what to log
   */
  public StoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
