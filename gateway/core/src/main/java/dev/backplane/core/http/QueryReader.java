package dev.backplane.core.http;

import dev.backplane.core.http.FieldWords.FieldWord;
import dev.backplane.core.http.ListRequest.Paging;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a client asks of a list or an item, in any spelling; one for each query. */
final class QueryReader {
  private static final List<String> OF_ITEM = List.of("_fields", "_expand", "_embed");

  private final QueryWords words;
  private final FieldWords names;
  private final QueryBounds bounds;
  private final boolean lenient;

  private QueryReader(QueryWords words, QueryFields fields, QueryBounds bounds, boolean lenient) {
    this.words = words;
    this.names = new FieldWords(fields, bounds);
    this.bounds = bounds;
    this.lenient = lenient;
  }

  /** Reads the query of a request for a list: of the URL, and of the body of a POST. */
  static ListRequest list(Exchange exchange, ServedResource resource) {
    boolean lenient = isLenient(exchange);
    QueryFields fields = resource.queryFields();
    return exchange.method().equals("POST")
        ? list(exchange.body(), exchange.query(), resource.mapping(), fields, lenient)
        : list(exchange.query(), resource.mapping(), fields, lenient);
  }

  /** Reads the query of a URL. */
  static ListRequest list(
      String query, ResourceMapping resource, QueryFields fields, boolean lenient) {
    QueryWords words = new QueryVocabulary(fields, lenient).resolve(QueryWords.parse(query));
    return new QueryReader(words, fields, QueryBounds.ofUrl(resource), lenient)
        .list(resource, Optional.empty());
  }

  /** Reads the body of a {@code _query}, and the query of its URL. */
  static ListRequest list(
      JsonObject body,
      String query,
      ResourceMapping resource,
      QueryFields fields,
      boolean lenient) {
    QueryWords url = new QueryVocabulary(fields, lenient).resolve(QueryWords.parse(query));
    QueryWords words = new QueryBody(body, lenient).words(url);
    return new QueryReader(words, fields, QueryBounds.ofBody(resource), lenient)
        .list(resource, body.get(QueryBody.WHERE).filter(where -> where != JsonNull.NULL));
  }

  /** Reads the query of a single item, where only a few words mean anything. */
  static ItemRequest item(Exchange exchange, ServedResource resource) {
    boolean lenient = isLenient(exchange);
    QueryFields fields = resource.queryFields();
    QueryWords words =
        new QueryVocabulary(fields, lenient).resolve(QueryWords.parse(exchange.query()));
    for (String word : words.values().keySet()) {
      if (!OF_ITEM.contains(word) && !lenient) {
        throw HttpProblem.badRequest(
            FieldWords.quoted(words.spelling(word))
                + " is not a word of a single item's query, which may have "
                + String.join(", ", OF_ITEM)
                + ".");
      }
    }
    QueryBounds bounds = QueryBounds.ofUrl(resource.mapping());
    return new ItemRequest(
        new QueryReader(words, fields, bounds, lenient).projection(), RelationWords.of(words));
  }

  private static boolean isLenient(Exchange exchange) {
    Preferences preferences = exchange.preferences();
    for (String handling : List.of("lenient", "strict")) {
      if (preferences.has("handling", handling)) {
        preferences.applied("handling", handling);
      }
    }
    return preferences.has("handling", "lenient");
  }

  private ListRequest list(ResourceMapping resource, Optional<JsonValue> where) {
    Filter filter = filter(where);
    Paging paging = new PagingReader(resource, words, filter).paging();
    return new ListRequest(
        filter,
        new OrderReader(words, names).order(bounds),
        paging,
        projection(),
        RelationWords.of(words));
  }

  private Filter filter(Optional<JsonValue> where) {
    List<Filter> terms = new ArrayList<>();
    where.ifPresent(json -> terms.add(tree(QueryBody.WHERE, json)));
    words
        .values()
        .forEach((word, values) -> {
          if (word.equals("_where") || word.equals(QueryVocabulary.FILTER)) {
            String spelling = words.spelling(word);
            values.forEach(json -> terms.add(tree(spelling, SimpleRest.json(spelling, json))));
          } else if (word.equals("q")) {
            values.forEach(text -> terms.add(new Comparisons(bounds).search(text)));
          } else if (!word.startsWith("_")) {
            resolve(word).ifPresent(field -> terms.add(comparison(field, values)));
          }
        });
    return Comparisons.all(terms);
  }

  private Filter tree(String spelling, JsonValue json) {
    boolean nested = spelling.equals("filter");
    return new ConditionReader(spelling, names, bounds, nested).read(json);
  }

  private Optional<FieldWord> resolve(String word) {
    try {
      return Optional.of(names.resolve(word));
    } catch (HttpProblem unknown) {
      if (lenient) {
        return Optional.empty();
      }
      throw unknown;
    }
  }

  private Filter comparison(FieldWord field, List<String> values) {
    List<String> operands =
        switch (field.operator()) {
          case IN, NIN, BETWEEN -> QueryWords.commaSeparated(values);
          default -> values;
        };
    return new Comparisons(bounds).compare(field, operands);
  }

  private Projection projection() {
    List<String> fields = words.names("_fields");
    bounds.fields(fields.size());
    return fields.isEmpty()
        ? Projection.ALL
        : new Projection(fields.stream().map(names::field).toList());
  }
}
