package dev.backplane.lambda;

/**
 * An event is an HTTP request, but one with a body that cannot be read; the message is for the
 * client.
 */
final class EventException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Event.Format format;

  EventException(Event.Format format, String message) {
    super(message);
    this.format = format;
  }

  /** How the answer has to look. */
  Event.Format format() {
    return format;
  }
}
