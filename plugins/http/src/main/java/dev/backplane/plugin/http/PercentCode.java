package dev.backplane.plugin.http;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Texts as parts of a URL, and back. */
final class PercentCode {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** Undoing an encoding more often than any chain of servers does. */
  private static final int MOST_ROUNDS = 6;

  private PercentCode() {}

  /**
   * Encodes everything but RFC 3986's unreserved characters, so that the text is one segment of a
   * path or one value of a query, whatever it holds.
   *
   * @throws StoreException when the text is no Unicode, which no URL can carry
   */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 8);
    ByteBuffer bytes = utf8(text);
    while (bytes.hasRemaining()) {
      byte each = bytes.get();
      if (isUnreserved(each)) {
        encoded.append((char) each);
        continue;
      }
      encoded.append('%');
      HEX.toHexDigits(encoded, each);
    }
    return encoded.toString();
  }

  private static ByteBuffer utf8(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException loneSurrogate) {
      throw new StoreException(
          Reason.INVALID, "A text that is no Unicode cannot be part of a URL.", loneSurrogate);
    }
  }

  private static boolean isUnreserved(byte each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || each == '-'
        || each == '.'
        || each == '_'
        || each == '~';
  }

  /** Undoes {@link #encode}; what is no encoding stays as it is. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      boolean escaped =
          bytes[i] == '%'
              && i + 2 < bytes.length
              && HexFormat.isHexDigit(bytes[i + 1])
              && HexFormat.isHexDigit(bytes[i + 2]);
      if (escaped) {
        decoded.put(
            (byte)
                (HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2])));
        i += 2;
      } else {
        decoded.put(bytes[i]);
      }
    }
    return StandardCharsets.UTF_8.decode(decoded.flip()).toString();
  }

  /**
   * Whether a server, or a proxy before it, that decodes the text once or several times might take
   * a part of it for a step up or on the spot: {@code ..}, {@code %2e%2e/}, {@code ..;x=y/}.
   */
  static boolean climbs(String text) {
    String decoded = text;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      for (String segment : decoded.split("[/\\\\]", -1)) {
        int parameter = segment.indexOf(';');
        String name = parameter < 0 ? segment : segment.substring(0, parameter);
        if (name.equals(".") || name.equals("..")) {
          return true;
        }
      }
      String further = decode(decoded);
      if (further.equals(decoded)) {
        return false;
      }
      decoded = further;
    }
    return true; // nobody means anything good by this
  }
}
