package dev.backplane.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Events as AWS documents them. */
final class Fixtures {
  private Fixtures() {}

  static String event(String name) {
    try (InputStream file = Fixtures.class.getResourceAsStream("/events/" + name + ".json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
