package dev.backplane.core.mapping;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Replaces <code>${NAME}</code> and <code>${NAME:default}</code> by the environment's values. The
 * default also counts where the variable is set to nothing, as an unused parameter of a template
 * is. A second dollar before <code>${</code> makes it stand for itself.
 */
final class Variables {
  private static final int LONGEST_NAME = 100;
  private static final String LITERALLY = "; for the characters themselves write $${";

  private final Map<String, String> environment;
  private final Consumer<String> report;

  /** Reports what reads on after the name of the key that has the text. */
  Variables(Map<String, String> environment, Consumer<String> report) {
    this.environment = environment;
    this.report = report;
  }

  /** The text with every variable replaced; empty when one cannot be, and each is reported. */
  Optional<String> replace(String text) {
    StringBuilder replaced = new StringBuilder();
    boolean right = true;
    int from = 0;
    for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
      if (open > from && text.charAt(open - 1) == '$') {
        replaced.append(text, from, open - 1).append("${");
        from = open + 2;
        continue;
      }
      int close = text.indexOf('}', open);
      if (close < 0) {
        report.accept("has a ${ without its }" + LITERALLY);
        return Optional.empty();
      }
      replaced.append(text, from, open);
      Optional<String> value = value(text.substring(open + 2, close));
      value.ifPresent(replaced::append);
      right &= value.isPresent();
      from = close + 1;
    }
    return right
        ? Optional.of(replaced.append(text, from, text.length()).toString())
        : Optional.empty();
  }

  private Optional<String> value(String reference) {
    int colon = reference.indexOf(':');
    String name = colon < 0 ? reference : reference.substring(0, colon);
    if (!isName(name)) {
      report.accept(
          "has ${...} without the name of a variable, which is letters, digits and _" + LITERALLY);
      return Optional.empty();
    }
    String value = environment.get(name);
    if (colon < 0) {
      if (value == null) {
        report.accept(
            "needs the environment variable "
                + name
                + ", which is not set; set it, or give a default: ${"
                + name
                + ":...}");
      }
      return Optional.ofNullable(value);
    }
    String fallback = reference.substring(colon + 1);
    if (fallback.contains("${")) {
      report.accept("has a variable in the default of " + name + "; a default is plain text");
      return Optional.empty();
    }
    return Optional.of(value == null || value.isEmpty() ? fallback : value);
  }

  private static boolean isName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || isDigit(name.charAt(0))) {
      return false;
    }
    return name.chars()
        .allMatch(c -> c == '_' || isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
