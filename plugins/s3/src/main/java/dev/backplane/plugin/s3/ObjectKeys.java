package dev.backplane.plugin.s3;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Ids in the keys of objects: the prefix, the id, the suffix. Most ids stand there as they are; in
 * others {@code !} and two hexadecimal digits stand for each byte of a character that has a meaning
 * in a key or none in the XML of a listing. Every id has one key, and every key at most one id.
 */
record ObjectKeys(String prefix, String suffix) {
  private static final int MOST_BYTES = 1024; // the service's
  private static final char ESCAPE = '!';

  /** The key of an item; empty for an id that no key can hold. */
  Optional<String> key(String id) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
      return Optional.empty(); // half of a surrogate pair
    }
    String key = prefix + encode(id) + suffix;
    return Optional.of(key)
        .filter(whole -> whole.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES);
  }

  /** The key of an item that is to be written. */
  String keyToWrite(String id) {
    return key(id)
        .orElseThrow(() ->
            new StoreException(
                Reason.INVALID,
                "The id is too long for the backend of this resource, or not Unicode."));
  }

  /** The id in a key; empty when the key is not one that {@link #key} makes. */
  Optional<String> id(String key) {
    int end = key.length() - suffix.length();
    if (!key.startsWith(prefix) || !key.endsWith(suffix) || end <= prefix.length()) {
      return Optional.empty();
    }
    String id = decode(key.substring(prefix.length(), end));
    // written otherwise than we would: two keys must not be one item
    return key(id).filter(key::equals).map(same -> id);
  }

  /** What the keys of all items begin with whose ids begin with a text. */
  String beginning(String start) {
    if (isDots(start) || !StandardCharsets.UTF_8.newEncoder().canEncode(start)) {
      return prefix; // what comes behind the dots decides whether they are escaped
    }
    return prefix + encode(start);
  }

  /** Not characters, and so in no XML. */
  static boolean isForbidden(int point) {
    return point == 0xFFFE || point == 0xFFFF;
  }

  private static String encode(String id) {
    boolean dots = isDots(id);
    StringBuilder text = new StringBuilder(id.length());
    id.codePoints()
        .forEach(point -> {
          if (dots
              || point == ESCAPE
              || point == '/'
              || Character.isISOControl(point)
              || isForbidden(point)) {
            escape(point, text);
          } else {
            text.appendCodePoint(point);
          }
        });
    return text.toString();
  }

  /** Programs that take a key for a path take these for a directory. */
  private static boolean isDots(String id) {
    return id.equals(".") || id.equals("..");
  }

  private static void escape(int point, StringBuilder text) {
    for (byte each : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
      text.append(ESCAPE).append("%02X".formatted(each & 0xFF));
    }
  }

  /** The reverse of {@link #encode} for what that makes; anything for anything else. */
  private static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] id = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte next = bytes[i];
      if (next == ESCAPE && i + 2 < bytes.length) {
        next = (byte) (Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16));
        i += 2;
      }
      id[length++] = next;
    }
    return new String(id, 0, length, StandardCharsets.UTF_8);
  }
}
