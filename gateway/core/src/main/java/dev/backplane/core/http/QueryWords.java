package dev.backplane.core.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words of a query in their order, each with its values, decoded.
 *
 * @param values the values by word
 */
record QueryWords(Map<String, List<String>> values) {
  private static final int MAX_WORDS = 1000;

  static QueryWords parse(String query) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    if (query.isEmpty()) {
      return new QueryWords(words);
    }
    String[] pairs = query.split("&", MAX_WORDS + 2);
    if (pairs.length > MAX_WORDS) {
      throw HttpProblem.badRequest("The query has more than " + MAX_WORDS + " words.");
    }
    for (String pair : pairs) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = UriText.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : UriText.decodeQuery(pair.substring(equals + 1));
      words.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }
    return new QueryWords(words);
  }

  boolean has(String word) {
    return values.containsKey(word);
  }

  /** All values of a word; none when it is not there. */
  List<String> all(String word) {
    return values.getOrDefault(word, List.of());
  }

  /** The value of a word that may stand once. */
  Optional<String> single(String word) {
    List<String> all = all(word);
    if (all.size() > 1) {
      throw HttpProblem.badRequest(word + " stands in the query more than once.");
    }
    return all.stream().findFirst();
  }

  /** The value of a word as a whole number. */
  int number(String word, int fallback, int least) {
    Optional<String> text = single(word);
    if (text.isEmpty()) {
      return fallback;
    }
    // parseInt would also take a plus sign and the digits of other scripts
    if (text.get().matches("[0-9]{1,10}")) {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= Integer.MAX_VALUE) {
        return (int) number;
      }
    }
    throw HttpProblem.badRequest(word + " should be a whole number from " + least + ".");
  }

  /** The parts of a word that lists names; none when it is not there or empty. */
  List<String> names(String word) {
    List<String> parts = commaSeparated(all(word));
    return parts.equals(List.of("")) ? List.of() : parts;
  }

  static List<String> commaSeparated(List<String> values) {
    List<String> parts = new ArrayList<>();
    for (String value : values) {
      parts.addAll(List.of(value.split(",", -1)));
    }
    return parts;
  }
}
