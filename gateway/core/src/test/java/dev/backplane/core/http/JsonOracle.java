package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What JSON is, written down once more from RFC 8259 and the gateway's bounds, without a library:
 * the other opinion when {@link Json} is fuzzed. Slow, and for one text.
 */
final class JsonOracle {
  private static final int MOST_LEVELS = 100;
  private static final int MOST_DIGITS = 1000;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+");

  /** A text is no JSON, or is out of the gateway's bounds. */
  private static final class NoJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoJsonException() {
      super("no JSON", null, false, false);
    }
  }

  private final String text;
  private int at;

  private JsonOracle(String text) {
    this.text = text;
  }

  /** The value; empty when the gateway should refuse the text. */
  static Optional<JsonValue> read(byte[] utf8) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      JsonOracle oracle = new JsonOracle(text);
      JsonValue value = oracle.value(0);
      oracle.space();
      return oracle.at == text.length() ? Optional.of(value) : Optional.empty();
    } catch (CharacterCodingException | NoJsonException refused) {
      return Optional.empty();
    }
  }

  private JsonValue value(int level) {
    space();
    return switch (peek()) {
      case '{' -> object(deeper(level));
      case '[' -> array(deeper(level));
      case '"' -> new JsonString(string());
      case 't' -> word("true", JsonBoolean.TRUE);
      case 'f' -> word("false", JsonBoolean.FALSE);
      case 'n' -> word("null", JsonNull.NULL);
      default -> number();
    };
  }

  private static int deeper(int level) {
    require(level < MOST_LEVELS);
    return level + 1;
  }

  private JsonValue object(int level) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    at++;
    space();
    while (peek() != '}') {
      require(members.isEmpty() || take(','));
      space();
      require(peek() == '"');
      String name = string();
      space();
      require(take(':'));
      require(members.put(name, value(level)) == null);
      space();
    }
    at++;
    JsonObject.Builder object = JsonObject.builder();
    members.forEach(object::put);
    return object.build();
  }

  private JsonValue array(int level) {
    List<JsonValue> elements = new ArrayList<>();
    at++;
    space();
    while (peek() != ']') {
      require(elements.isEmpty() || take(','));
      elements.add(value(level));
      space();
    }
    at++;
    return new JsonArray(elements);
  }

  private String string() {
    StringBuilder read = new StringBuilder();
    at++;
    while (peek() != '"') {
      char c = text.charAt(at++);
      require(c >= ' ');
      read.append(c == '\\' ? escape() : c);
    }
    at++;
    // half of a surrogate pair has no form in UTF-8
    require(StandardCharsets.UTF_8.newEncoder().canEncode(read));
    return read.toString();
  }

  private char escape() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        require(text.length() - at >= 4);
        String digits = text.substring(at, at + 4);
        require(digits.matches("[0-9a-fA-F]{4}"));
        at += 4;
        yield (char) Integer.parseInt(digits, 16);
      }
      default -> throw new NoJsonException();
    };
  }

  private JsonValue word(String word, JsonValue value) {
    require(text.startsWith(word, at));
    at += word.length();
    require(at == text.length() || !Character.isJavaIdentifierPart(text.charAt(at)));
    return value;
  }

  private JsonValue number() {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    require(matcher.lookingAt());
    String digits = matcher.group();
    at = matcher.end();
    require(digits.chars().filter(c -> c >= '0' && c <= '9').count() <= MOST_DIGITS);
    try {
      BigDecimal number = new BigDecimal(digits);
      require(Math.abs((long) number.scale()) <= 1_000_000_000);
      return new JsonNumber(number);
    } catch (NumberFormatException exponent) {
      throw new NoJsonException();
    }
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    require(at < text.length());
    return text.charAt(at);
  }

  private boolean take(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private static void require(boolean right) {
    if (!right) {
      throw new NoJsonException();
    }
  }
}
