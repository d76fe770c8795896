package dev.backplane.core.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operators and the order mean for plain Java values, said once more for {@link
 * RandomItems}: null is a missing value or JSON's null.
 */
final class PlainValues {
  private PlainValues() {}

  static boolean matches(Object stored, String operator, String a, String b) {
    return switch (operator) {
      case "", "eq" -> equal(stored, a);
      case "or" -> equal(stored, a) || equal(stored, b);
      case "ne" -> !equal(stored, a);
      case "nin" -> !equal(stored, a) && !equal(stored, b);
      case "gt" -> compare(stored, a).filter(order -> order > 0).isPresent();
      case "gte" -> compare(stored, a).filter(order -> order >= 0).isPresent();
      case "lt" -> compare(stored, a).filter(order -> order < 0).isPresent();
      case "lte" -> compare(stored, a).filter(order -> order <= 0).isPresent();
      case "between" -> matches(stored, "gte", a, b) && matches(stored, "lte", b, a);
      case "contains" ->
          (stored instanceof String text && text.contains(a))
              || (stored instanceof List<?> list && list.stream().anyMatch(e -> equal(e, a)));
      case "startsWith" -> stored instanceof String text && text.startsWith(a);
      case "isnull" -> (stored == null) == (a.length() > 1);
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static boolean equal(Object stored, String operand) {
    if (stored instanceof BigDecimal number) {
      return number(operand).filter(other -> other.compareTo(number) == 0).isPresent();
    }
    return (stored instanceof String || stored instanceof Boolean)
        && stored.toString().equals(operand);
  }

  /** How a value stands to an operand; empty where they cannot be compared. */
  private static Optional<Integer> compare(Object stored, String operand) {
    if (stored instanceof String text) {
      return Optional.of(byCodePoint(text, operand));
    }
    return stored instanceof BigDecimal number
        ? number(operand).map(number::compareTo)
        : Optional.empty();
  }

  private static Optional<BigDecimal> number(String text) {
    return text.matches("-?[0-9]+([.][0-9]+)?([eE][0-9]+)?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  static int order(Object left, Object right) {
    if (left instanceof String a && right instanceof String b) {
      return byCodePoint(a, b);
    }
    if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
      return a.compareTo(b);
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return a.compareTo(b);
    }
    return kind(left) - kind(right);
  }

  private static int kind(Object value) {
    List<Class<?>> kinds =
        List.of(Boolean.class, BigDecimal.class, String.class, List.class, Map.class);
    for (int i = 0; i < kinds.size(); i++) {
      if (kinds.get(i).isInstance(value)) {
        return i + 1;
      }
    }
    return 0;
  }

  static int byCodePoint(String left, String right) {
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      if (a[i] != b[i]) {
        return Integer.compare(a[i], b[i]);
      }
    }
    return Integer.compare(a.length, b.length);
  }
}
