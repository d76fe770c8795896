package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What holds for every filter, tried on random ones. A failure names its seed; {@code
 * -Dquery.seed=…} brings it back as the first case.
 */
class QueryPropertyTest {
  private static final int CASES = 5000;

  @Test
  void tree_whenSpelledAsJson_isReadBack() {
    forEachSeed(random -> {
      Filter tree = random.tree(4);
      String json = FilterSpelling.json(tree);

      assertThat(url("_where=" + UriText.encode(json))).isEqualTo(tree);
      assertThat(url("filter=" + UriText.encode(json))).isEqualTo(tree);
      assertThat(body(JsonObject.of("where", FilterSpelling.tree(tree)))).isEqualTo(tree);
      assertThat(body(JsonObject.of("where", (JsonObject) SimpleRest.json("where", json))))
          .isEqualTo(tree);
    });
  }

  @Test
  void conjunction_whenSpelledInAnyWay_isTheSameFilter() {
    forEachSeed(random -> {
      List<Filter.Comparison> terms = distinct(random.some(random::comparison));
      List<String> words = new ArrayList<>();
      JsonObject.Builder members = JsonObject.builder();
      JsonObject.Builder operators = JsonObject.builder();
      for (Filter.Comparison term : terms) {
        words.add(FilterSpelling.word(term, random.coin()));
        members.putAll(FilterSpelling.member(term));
        operators.putAll(FilterSpelling.tree(term));
      }
      Filter all = Comparisons.all(List.copyOf(terms));
      JsonObject where = members.build();
      String json = UriText.encode(text(where));

      assertThat(url(String.join("&", words))).isEqualTo(all);
      assertThat(url("_where=" + json)).isEqualTo(all);
      assertThat(url("filter=" + json)).isEqualTo(all);
      assertThat(url("_where=" + UriText.encode(text(operators.build())))).isEqualTo(all);
      assertThat(body(JsonObject.of("where", where))).isEqualTo(all);
    });
  }

  @Test
  void links_whenFollowed_keepTheFilter() {
    forEachSeed(random -> {
      String json = FilterSpelling.json(random.tree(3));
      String query = "_where=" + UriText.encode(json) + "&q=a%20b&x_gte=1&x=1&x=2";
      StringBuilder again = new StringBuilder();
      QueryWords.parse(query)
          .values()
          .forEach((word, values) ->
              values.forEach(value ->
                  again
                      .append(UriText.encode(word))
                      .append('=')
                      .append(UriText.encode(value))
                      .append('&')));

      assertThat(url(again + "_limit=1")).isEqualTo(url(query));
    });
  }

  /** One term for each field, as a later member of a name would stand in for the one before. */
  private static List<Filter.Comparison> distinct(List<Filter.Comparison> terms) {
    Set<String> fields = new LinkedHashSet<>();
    return terms.stream().filter(term -> fields.add(term.field().toString())).toList();
  }

  private static void forEachSeed(Consumer<RandomQueries> property) {
    long first = Long.getLong("query.seed", System.nanoTime());
    for (long seed = first; seed < first + CASES; seed++) {
      try {
        property.accept(new RandomQueries(seed));
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("with -Dquery.seed=" + seed, failure);
      }
    }
  }

  private static String text(JsonObject json) {
    return new String(Json.CODEC.write(json), StandardCharsets.UTF_8);
  }

  private static Filter url(String query) {
    return QueryReader.list(query, QueryReaderTest.RESOURCE, QueryFields.ANY, false).filter();
  }

  private static Filter body(JsonObject body) {
    JsonObject whole = body.with("q", new JsonString(""));
    return QueryReader.list(whole, "", QueryReaderTest.RESOURCE, QueryFields.ANY, false).filter();
  }
}
