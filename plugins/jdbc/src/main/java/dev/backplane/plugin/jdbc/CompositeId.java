package dev.backplane.plugin.jdbc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The id of a row whose key has several parts: {@code first~second}, as the one of a DynamoDB item
 * is written. In a part, {@code ~}, {@code !} and control characters, which no path can have, are
 * written {@code !XX}, a byte of UTF-8 in hexadecimal. Every key has exactly one id, and no URL has
 * to encode what is added.
 *
 * @param parts two or more
 */
record CompositeId(List<String> parts) {
  private static final char BETWEEN = '~';
  private static final char ESCAPE = '!';
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  CompositeId {
    parts = List.copyOf(parts);
  }

  /** Takes an id apart; empty when it is not one that {@link #text} writes. */
  static Optional<CompositeId> parse(String id, int count) {
    String[] texts = id.split(String.valueOf(BETWEEN), -1);
    if (texts.length != count) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (String text : texts) {
      decode(text).ifPresent(parts::add);
    }
    CompositeId parsed = new CompositeId(parts);
    return parsed.text().equals(id) ? Optional.of(parsed) : Optional.empty();
  }

  String text() {
    return String.join(String.valueOf(BETWEEN), parts.stream().map(CompositeId::encode).toList());
  }

  private static String encode(String part) {
    StringBuilder encoded = new StringBuilder(part.length());
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c != BETWEEN && c != ESCAPE && !Character.isISOControl(c)) {
        encoded.append(c);
        continue;
      }
      for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
        encoded.append(ESCAPE).append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  private static Optional<String> decode(String part) {
    if (part.indexOf(ESCAPE) < 0) {
      return Optional.of(part);
    }
    byte[] in = part.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] != ESCAPE) {
        out.write(in[i]);
        continue;
      }
      if (i + 2 >= in.length
          || !HexFormat.isHexDigit(in[i + 1])
          || !HexFormat.isHexDigit(in[i + 2])) {
        return Optional.empty();
      }
      out.write(HexFormat.fromHexDigit(in[i + 1]) * 16 + HexFormat.fromHexDigit(in[i + 2]));
      i += 2;
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(out.toByteArray()))
              .toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }
}
