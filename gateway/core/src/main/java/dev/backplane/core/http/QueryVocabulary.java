package dev.backplane.core.http;

import dev.backplane.spi.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gateway's own words of a query: tells them from fields, and gives each its usual name,
 * whichever of its spellings the client used.
 */
final class QueryVocabulary {
  static final String FILTER = "_filter";

  /** The words that say which part of a list is asked for. */
  static final List<String> PLACES =
      List.of("_cursor", "_end", "_limit", "_offset", "_page", "_start");

  /** The usual name of each reserved word. */
  private static final Map<String, String> RESERVED = new LinkedHashMap<>();

  /** Words without an underscore, which are fields where a schema declares them. */
  private static final Map<String, String> PLAIN =
      Map.of("fields", "_fields", "limit", "_limit", "offset", "_offset");

  static {
    for (String word :
        List.of(
            "_cursor",
            "_embed",
            "_end",
            "_expand",
            "_fields",
            "_limit",
            "_offset",
            "_order",
            "_page",
            "_per_page",
            "_sort",
            "_start",
            "_where")) {
      RESERVED.put(word, word);
    }
    RESERVED.put("_per_page", "_limit");
  }

  private final QueryFields fields;
  private final boolean lenient;

  /**
   * A vocabulary.
   *
   * @param fields the fields of the items
   * @param lenient whether words that mean nothing are ignored instead of refused
   */
  QueryVocabulary(QueryFields fields, boolean lenient) {
    this.fields = fields;
    this.lenient = lenient;
  }

  /** The same words under their usual names; words of fields are kept as they are. */
  QueryWords resolve(QueryWords written) {
    QueryWords words = new QueryWords();
    written.values().forEach((word, values) -> add(word, values, words));
    return words;
  }

  private void add(String word, List<String> values, QueryWords words) {
    if (RESERVED.containsKey(word)) {
      words.add(RESERVED.get(word), word, values);
    } else if (PLAIN.containsKey(word) && !fields.declares(new FieldPath(List.of(word)))) {
      words.add(PLAIN.get(word), word, values);
    } else if (SimpleRest.speaks(word, values)) {
      SimpleRest.add(word, values, words);
    } else if (!word.startsWith("_")) {
      words.add(word, word, values);
    } else if (!lenient) {
      throw unknown(word);
    }
  }

  private static HttpProblem unknown(String word) {
    List<String> known = new ArrayList<>(RESERVED.keySet());
    return HttpProblem.badRequest(
        FieldWords.quoted(word)
            + " is not a word of a list query; there are "
            + String.join(", ", known)
            + ", q, and the fields of the items.");
  }
}
