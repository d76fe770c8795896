package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What words mean where a schema tells which fields there are. */
class QueryFieldsTest {
  private static final QueryFields CLOSED =
      fields(
          false, "id", "n", "n_gte", "a:b", "o", "o.x", "o.y", "limit", "fields", "meta", "title");
  private static final QueryFields OPEN = fields(true, "id", "n", "n_gte");

  @Test
  void word_whenAFieldHasThatName_isTheField() {
    assertThat(filter("n_gte=1", CLOSED)).isEqualTo(Filter.where("n_gte", Operator.EQ, "1"));
    assertThat(filter("n_gte_gte=1", CLOSED)).isEqualTo(Filter.where("n_gte", Operator.GTE, "1"));
    assertThat(filter("n_lte=1", CLOSED)).isEqualTo(Filter.where("n", Operator.LTE, "1"));
    assertThat(filter("a:b=1", CLOSED)).isEqualTo(Filter.where("a:b", Operator.EQ, "1"));
    assertThat(filter("a:b:gt=1", CLOSED)).isEqualTo(Filter.where("a:b", Operator.GT, "1"));
    assertThat(filter("_where={\"n_gte\":1}", CLOSED))
        .isEqualTo(Filter.where("n_gte", Operator.EQ, "1"));
    assertThat(filter("n_gte=1", QueryFields.ANY)).isEqualTo(Filter.where("n", Operator.GTE, "1"));
  }

  @Test
  void pagingWord_whenAFieldHasThatName_isTheField() {
    ListRequest request = read("limit=2&fields=x&offset=3&_limit=1", CLOSED);

    assertThat(request.filter())
        .isEqualTo(
            Comparisons.all(
                List.of(
                    Filter.where("limit", Operator.EQ, "2"),
                    Filter.where("fields", Operator.EQ, "x"))));
    assertThat(request.paging().offset()).isEqualTo(3);
    assertThat(request.paging().limit()).isEqualTo(1);
    assertThat(request.paging().words()).containsExactlyInAnyOrder("offset", "_limit");
    assertThat(request.projection()).isEqualTo(Projection.ALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nosuch=1",
        "nosuch:gt=1",
        "nosuch_gt=1",
        "o.z=1",
        "o.x.z.z_gt=1&o.q=1",
        "_sort=nosuch",
        "_sort=-nosuch",
        "_fields=id,nosuch",
        "_where={\"nosuch\":1}",
        "_where={\"not\":{\"or\":[{\"nosuch\":1}]}}",
        "filter={\"nosuch\":1}",
        "filter={\"o\":{\"z\":1}}",
        "offset:eq=1"
      })
  void unknownField_whenASchemaNamesAll_isRefusedWithThoseThatExist(String query) {
    assertThatThrownBy(() -> read(query, CLOSED))
        .isInstanceOf(HttpProblem.class)
        .hasMessageContaining("a:b, fields, id, limit, meta, n, n_gte, o, o.x, o.y, title");
    read(query, OPEN);
    read(query, QueryFields.ANY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"o=1", "o.x=1", "meta.any.thing_gte=1", "o.x.z=1", "title_like=a", "q=x"})
  void field_whenItMayBeThere_isAllowed(String query) {
    read(query, CLOSED);
  }

  @Test
  void unknownField_whenTheClientIsLenient_isIgnored() {
    assertThat(QueryReader.list("n=1&nosuch=2", QueryReaderTest.RESOURCE, CLOSED, true).filter())
        .isEqualTo(Filter.where("n", Operator.EQ, "1"));
  }

  private static Filter filter(String query, QueryFields fields) {
    return read(query, fields).filter();
  }

  private static ListRequest read(String query, QueryFields fields) {
    return QueryReader.list(query, QueryReaderTest.RESOURCE, fields, false);
  }

  private static QueryFields fields(boolean open, String... dotted) {
    return new QueryFields(
        Arrays.stream(dotted).map(FieldPath::parse).collect(Collectors.toSet()), open);
  }
}
