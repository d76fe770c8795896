package dev.backplane.core.mapping;

import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.List;

/** A piece of a YAML document, aliases resolved, and where it stands. */
sealed interface Yaml {
  /** Where it starts. */
  Position at();

  /** How many pieces it is made of, itself included. */
  default int size() {
    return 1;
  }

  /** How many levels of collections it is made of. */
  default int height() {
    return 0;
  }

  /** A piece that was reported as wrong. */
  record Broken(Position at) implements Yaml {}

  /** A list. */
  record Items(List<Yaml> values, Position at, int size, int height) implements Yaml {}

  /** Values by key; each key stands once. */
  record Group(List<Entry> entries, Position at, int size, int height) implements Yaml {}

  /** A key, where it stands, and its value. */
  record Entry(String key, Position at, Yaml value) {}

  /** A single value; {@code plain} when it is neither quoted nor tagged as text. */
  record Scalar(String text, boolean plain, Position at) implements Yaml {
    boolean hasVariable() {
      return text.contains("${");
    }

    /**
     * What the text stands for. The JSON schema of YAML 1.2 rather than its core schema: an account
     * number such as 012345678901 keeps its zero, and {@code 0x10} and {@code .5} stay text.
     */
    JsonValue value() {
      if (!plain) {
        return new JsonString(text);
      }
      return switch (text) {
        case "", "~", "null" -> JsonNull.NULL;
        case "true" -> JsonBoolean.TRUE;
        case "false" -> JsonBoolean.FALSE;
        default -> number();
      };
    }

    private JsonValue number() {
      if (isNumber(text)) {
        var number = JsonNumber.parse(text);
        if (number.isPresent()) {
          return number.get();
        }
      }
      return new JsonString(text);
    }

    /** Whether the text is a number by RFC 8259. */
    private static boolean isNumber(String text) {
      int start = text.startsWith("-") ? 1 : 0;
      int end = digits(text, start);
      if (end == start || (text.charAt(start) == '0' && end > start + 1)) {
        return false;
      }
      if (end < text.length() && text.charAt(end) == '.') {
        int fraction = end + 1;
        end = digits(text, fraction);
        if (end == fraction) {
          return false;
        }
      }
      if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
        int exponent = end + 1;
        if (text.startsWith("+", exponent) || text.startsWith("-", exponent)) {
          exponent++;
        }
        end = digits(text, exponent);
        if (end == exponent) {
          return false;
        }
      }
      return end == text.length();
    }

    private static int digits(String text, int from) {
      int end = from;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        end++;
      }
      return end;
    }

    /** Where it stands; never the text, which may be a secret. */
    @Override
    public String toString() {
      return "Scalar[" + at + "]";
    }
  }
}
