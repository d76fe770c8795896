package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.fuzz.Corpus;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Fuzz target: a query is refused or read, and then it is within bounds and means the same in
 * another spelling. An input is a character with flags, the query of a URL in the rest of the line,
 * and behind it, if there is a line break, the body of a {@code _query}.
 */
class QueryFuzzTest {
  static final QueryFields CLOSED =
      new QueryFields(
          Set.of(FieldPath.parse("id"), FieldPath.parse("a"), FieldPath.parse("limit")), false);

  private static final JsonObject ITEM =
      (JsonObject) SimpleRest.json("", "{\"id\":\"1\",\"a\":[1],\"age\":41,\"o\":{\"x\":{}}}");

  @Test
  void corpus_whenReplayed_holds() {
    Corpus.replay(QueryFuzzTest.class, QueryFuzzTest::fuzzerTestOneInput);
  }

  /** Takes an input of the fuzzer, which finds this by its name. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      read(new String(input, StandardCharsets.UTF_8)).ifPresent(QueryFuzzTest::assertBounded);
    }
  }

  /** Reads an input; empty when it is refused. */
  static Optional<ListRequest> read(String input) {
    boolean lenient = (input.charAt(0) & 1) != 0;
    QueryFields fields = (input.charAt(0) & 2) != 0 ? CLOSED : QueryFields.ANY;
    String[] parts = input.substring(1).split("\n", 2);
    try {
      ListRequest request =
          parts.length < 2
              ? QueryReader.list(parts[0], QueryReaderTest.RESOURCE, fields, lenient)
              : QueryReader.list(
                  object(parts[1]), parts[0], QueryReaderTest.RESOURCE, fields, lenient);
      assertReadBack(request.filter(), fields);
      return Optional.of(request);
    } catch (HttpProblem problem) {
      assertThat(problem.status()).isIn(400, 413, 414);
      assertThat(problem.detail()).isNotBlank().hasSizeLessThan(1000);
      return Optional.empty();
    }
  }

  private static void assertReadBack(Filter filter, QueryFields fields) {
    JsonObject body = JsonObject.of("where", FilterSpelling.unambiguous(filter));
    Filter again;
    try {
      again = QueryReader.list(body, "", QueryReaderTest.RESOURCE, fields, false).filter();
    } catch (HttpProblem outOfBounds) {
      return; // this spelling is deeper than others
    }
    assertThat(again).isEqualTo(filter);
  }

  /** What holds for every query that is read. */
  static void assertBounded(ListRequest request) {
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

  /** The body as a request reads it. */
  static JsonObject object(String text) {
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
