package dev.backplane.plugin.s3;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended: the key behind which the next one begins, in base64. */
final class Cursor {
  private Cursor() {}

  static String after(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /** The key; it stands under the resource's prefix, as every key does that a page ends with. */
  static String key(String cursor, String prefix) {
    try {
      byte[] utf8 = Base64.getUrlDecoder().decode(cursor);
      String key = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      if (!key.isEmpty() && key.startsWith(prefix)) {
        return key;
      }
    } catch (IllegalArgumentException | CharacterCodingException notOurs) {
      throw foreign();
    }
    throw foreign();
  }

  private static StoreException foreign() {
    return new StoreException(
        Reason.INVALID, "The cursor does not belong to this list: start again without one.");
  }
}
