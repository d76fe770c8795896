package dev.backplane.plugin.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * The version of an item by its content: a hash that equal bodies share, in whatever order their
 * members come and however their numbers are written, so that an item in a list and the item by
 * itself have the same.
 */
final class ContentVersion {
  /** Of 32 bytes; 16 are far more than an accident can hit. */
  private static final int BYTES = 16;

  private static final int SHORT = 6;

  private final StringBuilder canonical = new StringBuilder(256);

  private ContentVersion() {}

  static String of(JsonObject body) {
    ContentVersion version = new ContentVersion();
    version.add(body);
    return hash(version.canonical.toString(), BYTES);
  }

  /** Stands for a text, which may be long, in a cursor. */
  static String shortHash(String text) {
    return hash(text, SHORT);
  }

  private static String hash(String text, int bytes) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Each value says its type and its length first, so that no two values have one text. */
  private void add(JsonValue value) {
    switch (value) {
      case JsonObject object -> add(object.members());
      case JsonArray array -> {
        canonical.append('[').append(array.elements().size()).append(':');
        array.elements().forEach(this::add);
      }
      case JsonString text -> add('"', text.value());
      case JsonNumber number -> add('#', digits(number.value()));
      case JsonBoolean bool -> canonical.append(bool.value() ? 't' : 'f');
      case JsonNull none -> canonical.append('n');
    }
  }

  private void add(Map<String, JsonValue> members) {
    String[] names = members.keySet().toArray(String[]::new);
    Arrays.sort(names);
    canonical.append('{').append(names.length).append(':');
    for (String name : names) {
      add('"', name);
      add(Objects.requireNonNull(members.get(name)));
    }
  }

  private void add(char type, String text) {
    canonical.append(type).append(text.length()).append(':').append(text);
  }

  private static String digits(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
  }
}
