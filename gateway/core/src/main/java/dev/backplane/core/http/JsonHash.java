package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;

/**
 * Names a value by a hash: the same for values that are equal, however a store spells or orders
 * them.
 */
final class JsonHash {
  private static final int BYTES = 16;

  private final MessageDigest digest;

  private JsonHash(MessageDigest digest) {
    this.digest = digest;
  }

  /** The name, which can be part of an entity tag. */
  static String of(JsonValue value) {
    try {
      JsonHash hash = new JsonHash(MessageDigest.getInstance("SHA-256"));
      hash.add(value);
      byte[] bytes = Arrays.copyOf(hash.digest.digest(), BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private void add(JsonValue value) {
    switch (value) {
      case JsonObject object -> {
        begin('{', object.members().size());
        new TreeMap<>(object.members())
            .forEach((name, member) -> {
              text('"', name);
              add(member);
            });
      }
      case JsonArray array -> {
        begin('[', array.elements().size());
        array.elements().forEach(this::add);
      }
      case JsonString(String text) -> text('"', text);
      case JsonNumber number -> text('1', number.value().stripTrailingZeros().toString());
      case JsonBoolean truth -> begin('b', truth == JsonBoolean.TRUE ? 1 : 0);
      case JsonNull nothing -> begin('0', 0);
    }
  }

  private void text(char kind, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    begin(kind, bytes.length);
    digest.update(bytes);
  }

  /** What it is and how long, so that no two bodies are hashed alike. */
  private void begin(char kind, int length) {
    digest.update((byte) kind);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
  }
}
