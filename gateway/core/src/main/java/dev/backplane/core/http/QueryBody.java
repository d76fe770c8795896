package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON body of {@code POST /api/{resource}/_query}: the words of a list query as members, and
 * {@code where}, a condition as in {@code _where}.
 */
final class QueryBody {
  static final String WHERE = "where";

  /** The words that the members stand for. */
  private static final Map<String, String> MEMBERS =
      new TreeMap<>(
          Map.of(
              "cursor", "_cursor",
              "embed", "_embed",
              "expand", "_expand",
              "fields", "_fields",
              "limit", "_limit",
              "offset", "_offset",
              "page", "_page",
              "q", "q",
              "sort", "_sort"));

  private final JsonObject body;
  private final boolean lenient;

  QueryBody(JsonObject body, boolean lenient) {
    this.body = body;
    this.lenient = lenient;
  }

  /**
   * The words of a request.
   *
   * @param url the words of its URL, which may say which part of the list is asked for, as the
   *     links to other pages do; the body has no say in that then
   * @return the words of both
   */
  QueryWords words(QueryWords url) {
    QueryWords words = new QueryWords();
    body.members().forEach((name, value) -> add(name, value, words));
    boolean linked = url.values().keySet().stream().anyMatch(QueryVocabulary.PLACES::contains);
    if (linked) {
      QueryVocabulary.PLACES.forEach(words::remove);
    }
    url.values()
        .forEach((word, values) -> {
          if (QueryVocabulary.PLACES.contains(word)) {
            words.add(word, url.spelling(word), values);
          } else if (!lenient) {
            throw HttpProblem.badRequest(
                FieldWords.quoted(url.spelling(word))
                    + " belongs in the body; the URL of a _query may have "
                    + String.join(", ", QueryVocabulary.PLACES)
                    + ".");
          }
        });
    return words;
  }

  private void add(String name, JsonValue value, QueryWords words) {
    String word = MEMBERS.get(name);
    if (word != null) {
      if (value != JsonNull.NULL) {
        words.add(word, '"' + name + '"', texts(name, value));
      }
    } else if (!name.equals(WHERE) && !lenient) {
      throw HttpProblem.badRequest(
          FieldWords.quoted(name)
              + " is not a member of a _query; there are "
              + String.join(", ", MEMBERS.keySet())
              + " and where.");
    }
  }

  private static List<String> texts(String name, JsonValue value) {
    List<JsonValue> values = value instanceof JsonArray array ? array.elements() : List.of(value);
    List<String> texts = new ArrayList<>();
    for (JsonValue each : values) {
      texts.add(
          each.text()
              .orElseThrow(() ->
                  HttpProblem.badRequest(
                      '"' + name + "\" should be a text or a number, or a list of texts.")));
    }
    return texts;
  }
}
