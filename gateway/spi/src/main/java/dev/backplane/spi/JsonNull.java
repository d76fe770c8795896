package dev.backplane.spi;

/** The JSON value {@code null}. */
public enum JsonNull implements JsonValue {
  /** The only null there is. */
  NULL;

  @Override
  public String toString() {
    return "null";
  }
}
