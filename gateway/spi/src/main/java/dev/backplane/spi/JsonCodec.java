package dev.backplane.spi;

/**
 * Reads and writes JSON text for a plugin that keeps it as text; the gateway provides it, so a
 * plugin needs no JSON library for this.
 *
 * <p>Safe for use by many threads.
 */
public interface JsonCodec {
  /**
   * Reads one JSON value, strictly (RFC 8259: no duplicate names, no trailing text, exact numbers).
   *
   * @param utf8 the text in UTF-8
   * @return the value
   * @throws JsonException when the bytes are not one JSON value
   */
  JsonValue read(byte[] utf8);

  /**
   * Writes a value without white space.
   *
   * @param value the value
   * @return the text in UTF-8
   */
  byte[] write(JsonValue value);
}
