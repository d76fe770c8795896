package dev.backplane.testkit;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;

/** JSON as it is written in a test. */
final class Json {
  private Json() {}

  /** Reads an object; single quotes stand for double ones, to be readable in Java. */
  static JsonObject of(String text) {
    return (JsonObject) value(text);
  }

  /** Reads any value; single quotes stand for double ones. */
  static JsonValue value(String text) {
    return new StrictJson().read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
