package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in, a query is read or refused: mutants of what clients send. A failure names its
 * seed; {@code -Dquery.seed=…} brings it back as the first case.
 */
class QueryFuzzTest {
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

  private static final QueryFields CLOSED =
      new QueryFields(
          Set.of(FieldPath.parse("id"), FieldPath.parse("a"), FieldPath.parse("limit")), false);

  private static final JsonObject ITEM =
      (JsonObject) SimpleRest.json("", "{\"id\":\"1\",\"a\":[1],\"age\":41,\"o\":{\"x\":{}}}");

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
          JsonObject json = object(body);
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
        assertBounded(reader.apply(mutant, random));
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

  private static void assertBounded(ListRequest request) {
    int[] sizes = new int[2];
    measure(request.filter(), 0, sizes);
    assertThat(sizes[0]).isLessThanOrEqualTo(1000);
    assertThat(sizes[1]).isLessThanOrEqualTo(1000);
    assertThat(request.paging().limit()).isBetween(1, 10);
    assertThat(request.order()).hasSizeLessThanOrEqualTo(10);
    assertThat(request.projection().fields()).hasSizeLessThanOrEqualTo(200);
    // no filter that is read fails on an item
    request.projection().apply(ITEM);
    boolean matches = request.filter().test(ITEM);
    assertThat(new Filter.Not(request.filter()).test(ITEM)).isEqualTo(!matches);
  }

  private static void measure(Filter filter, int depth, int[] sizes) {
    assertThat(depth).isLessThanOrEqualTo(2 * 10);
    sizes[0]++;
    switch (filter) {
      case Filter.And and -> and.terms().forEach(term -> measure(term, depth + 1, sizes));
      case Filter.Or or -> or.terms().forEach(term -> measure(term, depth + 1, sizes));
      case Filter.Not not -> measure(not.term(), depth + 1, sizes);
      case Filter.Search search -> assertThat(search.text()).hasSizeLessThanOrEqualTo(2000);
      case Filter.Comparison comparison -> {
        sizes[1] += comparison.operands().size();
        assertThat(comparison.field().segments()).hasSizeLessThanOrEqualTo(32);
      }
    }
  }

  private static QueryFields fields(RandomQueries random) {
    return random.any(List.of(QueryFields.ANY, QueryFields.ANY, CLOSED));
  }

  /** The body as a request reads it. */
  private static JsonObject object(String text) {
    try {
      if (Json.CODEC.read(text.getBytes(StandardCharsets.UTF_8)) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonException malformed) {
      throw HttpProblem.badRequest(String.valueOf(malformed.getMessage()));
    }
    throw HttpProblem.badRequest("The body should be one JSON object.");
  }
}
