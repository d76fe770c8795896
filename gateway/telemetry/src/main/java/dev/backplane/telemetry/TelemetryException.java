package dev.backplane.telemetry;

/** The variables of OpenTelemetry say something that cannot be done; the message is for people. */
public final class TelemetryException extends Exception {
  private static final long serialVersionUID = 1L;

  TelemetryException(String message) {
    super(message);
  }

  TelemetryException(String message, Throwable cause) {
    super(message, cause);
  }
}
