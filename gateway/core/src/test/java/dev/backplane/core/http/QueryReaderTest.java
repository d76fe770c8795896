package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.core.http.ListRequest.Form;
import dev.backplane.core.http.ListRequest.Paging;
import dev.backplane.core.mapping.Count;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryReaderTest {
  static final ResourceMapping RESOURCE =
      new ResourceMapping(
          "things",
          "memory",
          JsonObject.empty(),
          Map.of(),
          "id",
          Set.of(),
          Optional.empty(),
          new ResourceMapping.Lists(3, 10, 100, Count.EXACT),
          ResourceMapping.Writes.DEFAULT,
          ResourceMapping.Bodies.DEFAULT,
          Optional.empty(),
          Map.of(),
          Optional.empty());

  @Test
  void list_whenFieldsAreNamed_comparesThem() {
    assertThat(filter("a=1")).isEqualTo(Filter.where("a", Operator.EQ, "1"));
    assertThat(filter("a=1&a=2")).isEqualTo(Filter.where("a", Operator.IN, "1", "2"));
    assertThat(filter("a.b:gte=x%26y")).isEqualTo(Filter.where("a.b", Operator.GTE, "x&y"));
    assertThat(filter("a:in=")).isEqualTo(Filter.where("a", Operator.IN, ""));
    assertThat(filter("a:in=1,2")).isEqualTo(Filter.where("a", Operator.IN, "1", "2"));
    assertThat(filter("a:between=1,2")).isEqualTo(Filter.where("a", Operator.BETWEEN, "1", "2"));
    assertThat(filter("q=ann")).isEqualTo(new Filter.Search("ann"));
    assertThat(filter("a=1&b:gt=2"))
        .isEqualTo(
            new Filter.And(
                List.of(Filter.where("a", Operator.EQ, "1"), Filter.where("b", Operator.GT, "2"))));
  }

  @Test
  void list_whenNothingIsNamed_matchesEverything() {
    assertThat(filter("")).isEqualTo(Filter.all());
    assertThat(filter("&_limit=2&")).isEqualTo(Filter.all());
  }

  @Test
  void list_whenSorted_readsBothSpellings() {
    List<Order> keys =
        List.of(new Order(FieldPath.parse("a"), true), new Order(FieldPath.parse("b.c"), false));

    assertThat(read("_sort=-a,b.c").order()).isEqualTo(keys);
    assertThat(read("_sort=a,b.c&_order=desc,asc").order()).isEqualTo(keys);
    assertThat(read("_sort=a&_order=DESC").order()).isEqualTo(keys.subList(0, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "'', CURSOR, 0, 3",
    "_limit=7, CURSOR, 0, 7",
    "_page=1, PAGE, 0, 3",
    "_page=3&_limit=4, PAGE, 8, 4",
    "_page=3&_per_page=4, PAGE, 8, 4",
    "_start=4, START, 4, 3",
    "_start=4&_end=9, START, 4, 5",
    "_end=9, START, 0, 9",
    "_start=4&_limit=2, START, 4, 2",
    "_offset=5, OFFSET, 5, 3",
    "_offset=5&_limit=10, OFFSET, 5, 10",
    "id=1&id=2&id=3&id=4&id=5, CURSOR, 0, 5",
    "'id:in=1,2,3,4,5', CURSOR, 0, 5",
    "'filter={\"id\":[1,2,3,4,5]}', CURSOR, 0, 5",
    "'_where={\"id\":{\"in\":[1,2,3,4]}}', CURSOR, 0, 4",
    "id=1&id=2&id=3&id=4&_limit=2, CURSOR, 0, 2",
    "limit=7, CURSOR, 0, 7",
    "offset=5&limit=10, OFFSET, 5, 10",
    "offset=5&_limit=10, OFFSET, 5, 10",
    "'range=[0,9]', RANGE, 0, 10",
    "'range=[5, 6]', RANGE, 5, 2"
  })
  void list_whenPaged_readsEveryForm(String query, Form form, int offset, int limit) {
    Paging paging = read(query).paging();
    assertThat(new Paging(paging.form(), paging.offset(), paging.limit(), paging.cursor()))
        .isEqualTo(new Paging(form, offset, limit, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_limit=0",
        "_limit=-1",
        "_limit=x",
        "_limit=11",
        "_limit=1&_limit=2",
        "_limit=1&_per_page=2",
        "_page=0",
        "_page=99999999999",
        "_page=2147483647&_limit=10",
        "_offset=-1",
        "_start=5&_end=5",
        "_start=5&_end=4",
        "_start=0&_end=11",
        "_page=1&_offset=1",
        "_page=1&_cursor=x",
        "_start=1&_page=1",
        "_nonsense=1",
        "a:nonsense=1",
        "a:between=1",
        "a:between=1,2,3",
        "a:isnull=maybe",
        "a..b=1",
        ".a=1",
        "=1",
        ":gt=1",
        "_sort=a&_order=up",
        "_sort=a&_order=asc,desc",
        "_sort=-",
        "_sort=a,,b",
        "_fields=a,,b",
        "a=%zz",
        "id=1&id=2&id=3&id=4&id=5&id=6&id=7&id=8&id=9&id=10&id=11"
      })
  void list_whenAWordIsWrong_isABadRequest(String query) {
    assertThatThrownBy(() -> read(query))
        .isInstanceOfSatisfying(
            HttpProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @Test
  void list_whenTheUrlIsTooLong_saysWhatToDo() {
    assertThatThrownBy(() -> read("a=1&".repeat(2501)))
        .hasMessageContaining("10000 characters")
        .hasMessageContaining("_query");
  }

  @Test
  void neededFields_whenProjected_includeWhatIsTestedAndSorted() {
    assertThat(read("_fields=a&b=1&_sort=c").neededFields())
        .containsExactly(FieldPath.parse("a"), FieldPath.parse("b"), FieldPath.parse("c"));
    assertThat(read("b=1").neededFields()).isEmpty();
    assertThat(read("_fields=a&q=x").neededFields()).isEmpty();
  }

  private static Filter filter(String query) {
    return read(query).filter();
  }

  private static ListRequest read(String query) {
    return QueryReader.list(query, RESOURCE, QueryFields.ANY, false);
  }
}
