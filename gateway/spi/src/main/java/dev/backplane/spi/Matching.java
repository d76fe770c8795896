package dev.backplane.spi;

import java.util.Locale;
import java.util.Optional;

/** What the operators mean, in one place for the gateway, the stores and the testkit. */
final class Matching {
  private Matching() {}

  static boolean compare(JsonValue stored, Operator operator, Operands operands) {
    String operand = operands.get(0);
    return switch (operator) {
      case EQ -> equal(stored, operands, 0);
      case NE -> !equal(stored, operands, 0);
      case IN -> in(stored, operands);
      case NIN -> !in(stored, operands);
      case GT -> rank(stored, operands, 0) > 0;
      case GTE -> rank(stored, operands, 0) >= 0 && comparable(stored, operands, 0);
      case LT -> rank(stored, operands, 0) < 0;
      case LTE -> rank(stored, operands, 0) <= 0 && comparable(stored, operands, 0);
      case BETWEEN ->
          comparable(stored, operands, 0)
              && comparable(stored, operands, 1)
              && rank(stored, operands, 0) >= 0
              && rank(stored, operands, 1) <= 0;
      case LIKE -> stored instanceof JsonString text && like(text.value(), operand);
      case ILIKE ->
          stored instanceof JsonString text && like(fold(text.value()), operands.folded());
      case CONTAINS -> contains(stored, operands);
      case STARTS_WITH -> stored instanceof JsonString text && text.value().startsWith(operand);
      case ENDS_WITH -> stored instanceof JsonString text && text.value().endsWith(operand);
      case IS_NULL -> (stored == JsonNull.NULL) == operand.equals("true");
    };
  }

  static boolean search(JsonValue value, String text) {
    return containsFolded(value, fold(text));
  }

  /** Strings by code point: the order of their UTF-8 bytes, unlike {@link String#compareTo}. */
  static int compareText(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // surrogates stand for code points above every other char
        boolean high = Character.isSurrogate(a);
        return high == Character.isSurrogate(b) ? Character.compare(a, b) : high ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static boolean equal(JsonValue stored, Operands operands, int index) {
    return switch (stored) {
      case JsonString text -> text.value().equals(operands.get(index));
      case JsonNumber number -> operands.number(index).filter(number::equals).isPresent();
      case JsonBoolean bool -> bool.toString().equals(operands.get(index));
      case JsonNull none -> false;
      case JsonArray array -> false;
      case JsonObject object -> false;
    };
  }

  private static boolean in(JsonValue stored, Operands operands) {
    for (int i = 0; i < operands.size(); i++) {
      if (equal(stored, operands, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean comparable(JsonValue stored, Operands operands, int index) {
    return stored instanceof JsonString
        || (stored instanceof JsonNumber && operands.number(index).isPresent());
  }

  /** How the stored value stands to the operand; 0 where they cannot be compared. */
  private static int rank(JsonValue stored, Operands operands, int index) {
    return switch (stored) {
      case JsonString text -> compareText(text.value(), operands.get(index));
      case JsonNumber number -> {
        Optional<JsonNumber> other = operands.number(index);
        yield other.isPresent() ? number.value().compareTo(other.get().value()) : 0;
      }
      case JsonBoolean bool -> 0;
      case JsonNull none -> 0;
      case JsonArray array -> 0;
      case JsonObject object -> 0;
    };
  }

  private static boolean contains(JsonValue stored, Operands operands) {
    return switch (stored) {
      case JsonString text -> TextSearch.contains(text.value(), operands.get(0));
      case JsonArray array -> array.elements().stream().anyMatch(each -> equal(each, operands, 0));
      case JsonNumber number -> false;
      case JsonBoolean bool -> false;
      case JsonNull none -> false;
      case JsonObject object -> false;
    };
  }

  private static boolean containsFolded(JsonValue value, String folded) {
    return switch (value) {
      case JsonString text -> TextSearch.contains(fold(text.value()), folded);
      case JsonNumber number -> number.toString().contains(folded);
      case JsonArray array ->
          array.elements().stream().anyMatch(each -> containsFolded(each, folded));
      case JsonObject object ->
          object.members().values().stream().anyMatch(each -> containsFolded(each, folded));
      case JsonBoolean bool -> false;
      case JsonNull none -> false;
    };
  }

  static String fold(String text) {
    // lower case depends on the place in a word only for sigma, and a part has other places
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('ς', 'σ');
  }

  /** Each text between two stars is looked for once, behind the one before. */
  private static boolean like(String text, String pattern) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return text.equals(pattern);
    }
    int last = pattern.lastIndexOf('*');
    int end = text.length() - (pattern.length() - last - 1);
    if (star > end || !text.startsWith(pattern.substring(0, star))) {
      return false;
    }
    int at = star;
    while (star < last) {
      int next = pattern.indexOf('*', star + 1);
      String part = pattern.substring(star + 1, next);
      int found = TextSearch.find(text, part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
      star = next;
    }
    return at <= end && text.startsWith(pattern.substring(last + 1), end);
  }
}
