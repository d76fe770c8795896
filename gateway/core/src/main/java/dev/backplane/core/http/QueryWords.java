package dev.backplane.core.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The words of a query in their order, each with its values, decoded; and how the client spelled
 * them, for words that have several spellings. For one query on one thread.
 */
final class QueryWords {
  /** Made once: every page of a list is asked for with a number. */
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,10}");

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Map<String, String> spellings = new HashMap<>();

  /** Reads the query of a URL; every word is spelled as it is. */
  static QueryWords parse(String query) {
    QueryBounds.checkUrl(query);
    QueryWords words = new QueryWords();
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = UriText.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : UriText.decodeQuery(pair.substring(equals + 1));
      words.values.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }
    return words;
  }

  /** Adds a word under its usual name, which must not be there in another spelling. */
  void add(String word, String spelling, List<String> all) {
    if (values.containsKey(word)) {
      throw HttpProblem.badRequest("Use " + spelling(word) + " or " + spelling + ", not both.");
    }
    values.put(word, List.copyOf(all));
    spellings.put(word, spelling);
  }

  void remove(String word) {
    values.remove(word);
    spellings.remove(word);
  }

  Map<String, List<String>> values() {
    return Collections.unmodifiableMap(values);
  }

  boolean has(String word) {
    return values.containsKey(word);
  }

  /** The word as the client wrote it. */
  String spelling(String word) {
    return spellings.getOrDefault(word, word);
  }

  /** All values of a word; none when it is not there. */
  List<String> all(String word) {
    return values.getOrDefault(word, List.of());
  }

  /** The value of a word that may stand once. */
  Optional<String> single(String word) {
    List<String> all = all(word);
    if (all.size() > 1) {
      throw HttpProblem.badRequest(spelling(word) + " stands in the query more than once.");
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
    if (WHOLE.matcher(text.get()).matches()) {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= Integer.MAX_VALUE) {
        return (int) number;
      }
    }
    throw HttpProblem.badRequest(
        spelling(word) + " should be a whole number from " + least + "." + asField(spelling(word)));
  }

  /** What to do where a word was meant as a field, which one without an underscore can be. */
  static String asField(String spelling) {
    return spelling.startsWith("_") || spelling.startsWith("\"")
        ? ""
        : " A field of this name is compared with \"" + spelling + ":eq\".";
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
