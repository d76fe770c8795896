package dev.backplane.spi;

import java.util.List;
import java.util.Objects;

/**
 * A store could not do what it was asked. The reason decides the HTTP status; the message is for
 * the client and names no table, host, class or secret; the cause is logged and never shown.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. Flows out of plugins and may grow. */
  public enum Reason {
    /**
     * The request cannot be served as it is: the client must change it. 400; 422 where {@link
     * StoreException#fields} says which fields of a body are at fault.
     */
    INVALID,
    /**
     * The backend's state forbids it, for example a unique value that is taken, whose field {@link
     * StoreException#fields} names. 409.
     */
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

  /** An array, as lists need not be serializable. */
  private final String[] fields;

  /**
   * A failure that needs no further explanation in the log.
   *
   * @param reason why
   * @param message what to tell the client
   */
  public StoreException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.fields = new String[0];
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
    this.fields = new String[0];
  }

  private StoreException(StoreException about, List<String> fields) {
    super(about.getMessage(), about.getCause());
    this.reason = about.reason;
    this.fields = fields.toArray(String[]::new);
  }

  /**
   * The same failure, told of some fields of the body that was to be stored.
   *
   * @param names the members at fault, dotted where they are nested; none: no field in particular
   * @return the failure, to throw
   */
  public StoreException about(List<String> names) {
    return new StoreException(this, List.copyOf(names));
  }

  /**
   * Why.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Which fields of a body it is about.
   *
   * @return the members, dotted where they are nested; none where it is about no field
   */
  public List<String> fields() {
    return List.of(fields);
  }
}
