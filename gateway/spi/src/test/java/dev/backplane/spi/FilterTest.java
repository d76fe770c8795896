package dev.backplane.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final Filter YES = Filter.all();
  private static final Filter NO = new Filter.Or(List.of());
  private static final JsonObject BODY =
      JsonObject.of("a", JsonObject.of("b", JsonNumber.of(1)))
          .with("a.b", new JsonString("dotted"))
          .with("list", JsonArray.of(JsonObject.of("b", JsonNumber.of(1))));

  @Test
  void test_when_terms_are_joined_follows_logic() {
    assertThat(YES.test(BODY)).isTrue();
    assertThat(NO.test(BODY)).isFalse();
    assertThat(new Filter.And(List.of(YES, NO)).test(BODY)).isFalse();
    assertThat(new Filter.And(List.of(YES, YES)).test(BODY)).isTrue();
    assertThat(new Filter.Or(List.of(NO, YES)).test(BODY)).isTrue();
    assertThat(new Filter.Or(List.of(NO, NO)).test(BODY)).isFalse();
    assertThat(new Filter.Not(NO).test(BODY)).isTrue();
    assertThat(new Filter.Not(YES).test(BODY)).isFalse();
  }

  @Test
  void test_when_the_path_is_nested_looks_into_objects_only() {
    assertThat(Filter.where("a.b", Operator.EQ, "1").test(BODY)).isTrue();
    assertThat(Filter.where("a.b", Operator.EQ, "dotted").test(BODY)).isFalse();
    assertThat(Filter.where("list.b", Operator.IS_NULL, "true").test(BODY)).isTrue();
    assertThat(Filter.where("a.b.c", Operator.IS_NULL, "true").test(BODY)).isTrue();
    Filter dotted =
        new Filter.Comparison(new FieldPath(List.of("a.b")), Operator.EQ, List.of("dotted"));
    assertThat(dotted.test(BODY)).isTrue();
  }

  @Test
  void conjuncts_when_ands_are_nested_are_flat() {
    Filter x = Filter.where("x", Operator.EQ, "1");
    Filter or = new Filter.Or(List.of(x, YES));
    assertThat(new Filter.And(List.of(x, new Filter.And(List.of(or, YES)))).conjuncts())
        .containsExactly(x, or);
    assertThat(or.conjuncts()).containsExactly(or);
    assertThat(YES.conjuncts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"EQ, 0", "EQ, 2", "IN, 0", "NIN, 0", "BETWEEN, 1", "BETWEEN, 3", "IS_NULL, 2"})
  void comparison_when_operands_are_too_many_or_few_is_refused(Operator operator, int count) {
    String[] operands = "true,true,true".substring(0, Math.max(0, 5 * count - 1)).split(",");
    List<String> given = count == 0 ? List.of() : List.of(operands);
    assertThatThrownBy(() -> new Filter.Comparison(FieldPath.parse("x"), operator, given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(operator.word() + " does not take " + count + " operands");
  }

  @Test
  void comparison_when_isnull_takes_neither_true_nor_false_is_refused() {
    assertThatThrownBy(() -> Filter.where("x", Operator.IS_NULL, "yes"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comparison_when_its_source_changes_does_not() {
    List<String> operands = new ArrayList<>(List.of("1"));
    Filter filter = new Filter.Comparison(FieldPath.parse("a.b"), Operator.IN, operands);
    operands.set(0, "2");
    assertThat(filter.test(BODY)).isTrue();
  }

  @Test
  void comparison_when_it_says_the_same_is_equal() {
    Filter.Comparison filter =
        new Filter.Comparison(FieldPath.parse("x"), Operator.IN, List.of("1", "b"));
    assertThat(filter)
        .isEqualTo(Filter.where("x", Operator.IN, "1", "b"))
        .hasSameHashCodeAs(Filter.where("x", Operator.IN, "1", "b"))
        .isNotEqualTo(Filter.where("x", Operator.IN, "1", "c"));
    assertThat(filter.operands()).isEqualTo(List.of("1", "b")).hasToString("[1, b]");
    assertThat(List.of("1", "b")).isEqualTo(filter.operands());
    assertThatThrownBy(() -> filter.operands().set(0, "2"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b"})
  void parse_when_a_name_is_empty_is_refused(String dotted) {
    assertThatThrownBy(() -> FieldPath.parse(dotted)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void find_when_the_value_is_null_gives_it() {
    JsonObject body = JsonObject.of("x", JsonNull.NULL);
    assertThat(FieldPath.parse("x").find(body)).contains(JsonNull.NULL);
    assertThat(FieldPath.parse("y").find(body)).isEmpty();
  }

  @Test
  void query_when_derived_changes_one_thing() {
    List<Order> keys = List.of(new Order(FieldPath.parse("x"), true));
    Query query = Query.first(5).filteredBy(NO).orderedBy(keys).limitedTo(7).from("next");
    assertThat(query).isEqualTo(new Query(NO, keys, 7, Optional.of("next"), List.of()));
    assertThatThrownBy(() -> Query.first(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
