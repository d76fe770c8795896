package dev.backplane.telemetry;

/** Why a connection was closed before anything was done for it. */
public enum ConnectionRefusal {
  /** Its address connects more often than it may. */
  RATE("rate"),
  /** There are as many connections as there may be, of all or of its address. */
  OVERLOAD("overload");

  private final String word;

  ConnectionRefusal(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
