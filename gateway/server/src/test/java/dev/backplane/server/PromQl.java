package dev.backplane.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus names. Each word of it is known to be something, or is a metric,
 * so that no metric is overlooked; what is not understood is refused.
 */
final class PromQl {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|(?<range>\\[(?:\\$?\\w+)(?::\\w*)?\\])"
              + "|(?<number>[0-9.]+(?:e[-+]?[0-9]+)?)|(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "|(?<sign>==|!=|>=|<=|=~|!~|[-+*/%^<>=(){},]))");
  private static final Set<String> FUNCTIONS =
      Set.of(
          "sum",
          "min",
          "max",
          "avg",
          "count",
          "rate",
          "increase",
          "resets",
          "absent",
          "time",
          "histogram_quantile");
  private static final Set<String> LISTS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

  private final List<String> tokens = new ArrayList<>();
  private final Map<String, Set<String>> metrics = new LinkedHashMap<>();
  private final Set<String> labels = new LinkedHashSet<>();
  private int at;

  private PromQl(String expression) {
    Matcher token = TOKEN.matcher(expression);
    int end = 0;
    while (end < expression.stripTrailing().length()) {
      if (!token.find(end) || token.start() != end) {
        throw new IllegalArgumentException(
            "not understood from " + expression.substring(end) + " of " + expression);
      }
      tokens.add(token.group().strip());
      end = token.end();
    }
    while (at < tokens.size()) {
      next();
    }
  }

  static PromQl parse(String expression) {
    return new PromQl(expression);
  }

  /** The metrics, each with the labels that are compared. */
  Map<String, Set<String>> metrics() {
    return metrics;
  }

  /** The labels by which results are put together. */
  Set<String> labels() {
    return labels;
  }

  private void next() {
    String token = tokens.get(at++);
    if (LISTS.contains(token)) {
      expect("(");
      while (!peek().equals(")")) {
        labels.add(word());
        if (peek().equals(",")) {
          at++;
        }
      }
      expect(")");
      return;
    }
    if (token.equals("{")) {
      throw new IllegalArgumentException("a selector without a metric");
    }
    if (!isWord(token) || WORDS.contains(token)) {
      return;
    }
    boolean isCalled = peek().equals("(") || LISTS.contains(peek());
    if (isCalled) {
      if (!FUNCTIONS.contains(token)) {
        throw new IllegalArgumentException(token + " is no function that is known here");
      }
      return;
    }
    Set<String> compared = metrics.computeIfAbsent(token, name -> new LinkedHashSet<>());
    if (peek().equals("{")) {
      at++;
      while (!peek().equals("}")) {
        compared.add(word());
        at += 2; // the comparison and the text
        if (peek().equals(",")) {
          at++;
        }
      }
      at++;
    }
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private void expect(String token) {
    if (!peek().equals(token)) {
      throw new IllegalArgumentException(token + " expected before " + peek());
    }
    at++;
  }

  private String word() {
    String word = peek();
    if (!isWord(word)) {
      throw new IllegalArgumentException("a label expected before " + word);
    }
    at++;
    return word;
  }

  private static boolean isWord(String token) {
    return token.matches("[a-zA-Z_:][a-zA-Z0-9_:]*");
  }
}
