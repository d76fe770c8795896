package dev.backplane.core.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986), done exactly once in each direction. */
final class UriText {
  private static final String UNRESERVED = "-._~!$'()*,:@";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private UriText() {}

  /** Decodes a path segment, in which a plus sign is a plus sign. */
  static String decodeSegment(String raw) {
    return decode(raw, false);
  }

  /** Decodes a name or value of a query, in which a plus sign is a space. */
  static String decodeQuery(String raw) {
    return decode(raw, true);
  }

  /** Encodes any text as one path segment or one value of a query. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isAlphanumeric(c) || UNRESERVED.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return encoded.toString();
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static String decode(String raw, boolean plusIsSpace) {
    boolean plain = raw.indexOf('%') < 0 && !(plusIsSpace && raw.indexOf('+') >= 0) && isAscii(raw);
    if (plain) {
      return raw;
    }
    byte[] in = raw.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      byte b = in[i];
      if (b == '%') {
        if (i + 2 >= in.length) {
          throw malformed();
        }
        int high = Character.digit((char) in[i + 1], 16);
        int low = Character.digit((char) in[i + 2], 16);
        if (high < 0 || low < 0) {
          throw malformed();
        }
        out[length++] = (byte) (high * 16 + low);
        i += 2;
      } else {
        out[length++] = plusIsSpace && b == '+' ? (byte) ' ' : b;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(out, 0, length)).toString();
    } catch (CharacterCodingException notText) {
      throw malformed();
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static HttpProblem malformed() {
    return HttpProblem.badRequest(
        "The URL has a malformed percent-encoding: write %25 for a percent sign, and other"
            + " characters as UTF-8.");
  }
}
