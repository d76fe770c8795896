package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonObject;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in, a query is read or refused: mutants of what clients send. A failure names its
 * seed; {@code -Dquery.seed=…} brings it back as the first case.
 */
class QueryMutantsTest {
  private static final int CASES = 20_000;

  private static final List<String> TREES =
      List.of(
          "{\"or\":[{\"age\":{\"gte\":40}},{\"city\":[\"Oslo\",\"Rome\"]}],\"not\":{\"q\":\"x\"}}",
          "{\"and\":[{\"a\":1},{\"b\":null},{\"c\":{\"between\":[1,2.50]}}]}",
          "{\"o\":{\"x\":{\"y\":\"deep\"}},\"n_gte\":1,\"n:lt\":9,\"l\":{\"nin\":[]}}",
          "{\"a\":{\"isnull\":true,\"like\":\"*a*\",\"ilike\":\"B\",\"ne\":null}}",
          "{\"not\":".repeat(9) + "{\"a\":1}" + "}".repeat(9));

  private static final List<String> URLS =
      List.of(
          "_sort=title&_order=ASC&_start=0&_end=10&q=john&author.name_like=ann",
          "id=1&id=2&id=3&_embed=comments",
          "sort=%5B%22title%22%2C%22ASC%22%5D&range=%5B0%2C9%5D&filter=%7B%22id%22%3A%5B1%2C2%5D%7D",
          "sort=[\"id\",\"DESC\"]&range=[0,9]&filter={\"a\":{\"b\":1},\"q\":\"x\"}",
          "_page=2&_per_page=5&views_gte=10&views_lte=20&id_ne=1",
          "_offset=20&_limit=10&_fields=id,address.city&age:gte=40&city:in=Oslo,Rome",
          "limit=3&offset=3&fields=a,b.c&a:between=1,2&b:isnull=true",
          "_cursor=AAAA&_limit=2&name:like=A*n&tags:contains=%C3%BC+%F0%9F%98%80",
          "_where=" + UriText.encode(TREES.get(0)) + "&x=1");

  private static final List<String> BODIES =
      List.of(
          "{\"where\":" + TREES.get(0) + ",\"q\":\"a\",\"sort\":\"-a,b\",\"limit\":5,\"page\":2}",
          "{\"where\":"
              + TREES.get(1)
              + ",\"sort\":[\"a\",\"-b\"],\"offset\":3,\"fields\":[\"a\"]}",
          "{\"where\":" + TREES.get(2) + ",\"cursor\":\"x\",\"limit\":\"3\",\"fields\":\"a,b\"}",
          "{\"where\":" + TREES.get(4) + ",\"q\":[\"a\",1,true],\"page\":null}");

  @Test
  void url_isReadOrRefused() {
    fuzz(
        URLS,
        (url, random) ->
            QueryReader.list(url, QueryReaderTest.RESOURCE, fields(random), random.coin()));
  }

  @Test
  void where_isReadOrRefused() {
    fuzz(
        TREES,
        (tree, random) -> {
          String word = random.any(List.of("_where=", "filter="));
          // a lone surrogate has no encoded form, so that it cannot come this way
          String url = word + UriText.encode(tree);
          return QueryReader.list(url, QueryReaderTest.RESOURCE, fields(random), random.coin());
        });
  }

  @Test
  void body_isReadOrRefused() {
    fuzz(
        BODIES,
        (body, random) -> {
          JsonObject json = QueryFuzzTest.object(body);
          String url = random.coin() ? "" : random.mutated("_cursor=x&_limit=2", URLS);
          return QueryReader.list(
              json, url, QueryReaderTest.RESOURCE, fields(random), random.coin());
        });
  }

  private static void fuzz(
      List<String> corpus, BiFunction<String, RandomQueries, ListRequest> reader) {
    long first = Long.getLong("query.seed", System.nanoTime());
    int read = 0;
    int refused = 0;
    for (long seed = first; seed < first + CASES; seed++) {
      RandomQueries random = new RandomQueries(seed);
      String mutant = random.mutated(random.any(corpus), corpus);
      try {
        QueryFuzzTest.assertBounded(reader.apply(mutant, random));
        read++;
      } catch (HttpProblem problem) {
        assertThat(problem.status()).as(mutant).isIn(400, 413, 414);
        assertThat(problem.detail()).as(mutant).isNotBlank().hasSizeLessThan(1000);
        refused++;
      } catch (AssertionError | RuntimeException | StackOverflowError failure) {
        throw new AssertionError("with -Dquery.seed=" + seed + ": " + mutant, failure);
      }
    }
    // a fuzzer that only ever sees one side of the parser tests little
    assertThat(read).isGreaterThan(CASES / 100);
    assertThat(refused).isGreaterThan(CASES / 100);
  }

  private static QueryFields fields(RandomQueries random) {
    return random.any(List.of(QueryFields.ANY, QueryFields.ANY, QueryFuzzTest.CLOSED));
  }
}
