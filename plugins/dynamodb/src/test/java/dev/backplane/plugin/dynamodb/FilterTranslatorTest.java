package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Operator;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class FilterTranslatorTest {
  private static final TableSettings TABLE =
      TestTable.settings("users", JsonObject.of("key", new JsonString("pk")));

  private final FilterTranslator translator = new FilterTranslator(TABLE, Set.of());
  private final Aliases aliases = new Aliases();

  @Test
  void translate_when_equal_gives_the_operand_in_each_type_that_it_can_have() {
    assertThat(text(Filter.where("a", Operator.EQ, "x1"))).contains("#n0 IN (:v0)");
    assertThat(aliases.names()).containsOnly(Map.entry("#n0", "a"));
    assertThat(text(Filter.where("a", Operator.EQ, "9"))).contains("#n0 IN (:v1, :v2)");
    assertThat(aliases.values().get(":v2")).isEqualTo(AttributeValue.fromN("9"));
    // four letters are base64 as well
    assertThat(text(Filter.where("a", Operator.EQ, "true"))).contains("#n0 IN (:v3, :v4, :v5)");
    assertThat(aliases.values().get(":v4")).isEqualTo(AttributeValue.fromBool(true));
    assertThat(aliases.values().get(":v5"))
        .isEqualTo(
            AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode("true"))));
  }

  @Test
  void translate_when_the_operand_looks_like_an_expression_keeps_it_a_value() {
    String attack = "x) OR attribute_exists(#n0";
    assertThat(
            text(
                new Filter.Comparison(
                    new FieldPath(List.of(attack)), Operator.EQ, List.of(attack))))
        .contains("#n0 IN (:v0)");
    assertThat(aliases.names()).containsEntry("#n0", attack);
    assertThat(aliases.values()).containsEntry(":v0", AttributeValue.fromS(attack));
  }

  @Test
  void translate_when_a_path_has_segments_gives_each_an_alias() {
    assertThat(text(Filter.where("size.name", Operator.IS_NULL, "true")))
        .contains("(attribute_not_exists(#n0.#n1) OR attribute_type(#n0.#n1, :v0))");
    FieldPath dotted = new FieldPath(List.of("a.b[0]"));
    assertThat(text(new Filter.Comparison(dotted, Operator.EQ, List.of("x1"))))
        .contains("#n2 IN (:v1)");
    assertThat(aliases.names()).containsEntry("#n2", "a.b[0]");
  }

  @Test
  void translate_when_a_term_cannot_be_said_leaves_it_out_in_the_safe_direction() {
    Filter said = Filter.where("a", Operator.EQ, "x1");
    Filter unsaid = new Filter.Search("x");

    assertThat(text(new Filter.And(List.of(said, unsaid)))).contains("#n0 IN (:v0)");
    assertThat(text(new Filter.Or(List.of(said, unsaid)))).isEmpty();
    assertThat(text(new Filter.Not(unsaid))).isEmpty();
    // weaker under NOT would lose items, stronger does not
    assertThat(text(new Filter.Not(new Filter.And(List.of(said, unsaid))))).isEmpty();
    assertThat(text(new Filter.Not(new Filter.Or(List.of(said, unsaid)))))
        .contains("NOT #n0 IN (:v1)");
    assertThat(text(new Filter.Not(Filter.where("a", Operator.ENDS_WITH, "x")))).isEmpty();
    assertThat(text(new Filter.Not(Filter.where("a", Operator.LIKE, "x*y")))).isEmpty();
  }

  @Test
  void translate_when_under_not_lets_binary_values_through() {
    assertThat(text(Filter.where("a", Operator.GT, "x")))
        .contains("(#n0 > :v0 OR attribute_type(#n0, :v1))");
    assertThat(text(new Filter.Not(Filter.where("a", Operator.GT, "x")))).contains("NOT #n0 > :v2");
  }

  @Test
  void translate_when_the_field_is_the_gateways_own_says_nothing() {
    for (String field : List.of("id", "pk", "_version", "id.x")) {
      assertThat(text(Filter.where(field, Operator.EQ, "x"))).as(field).isEmpty();
    }
  }

  @Test
  void allThatFit_when_there_are_too_many_terms_keeps_the_first() {
    List<Condition> many =
        IntStream.range(0, 400)
            .mapToObj(i -> Condition.equal("attribute" + i, AttributeValue.fromS("x")))
            .toList();
    Condition fitting = Condition.allThatFit(many).orElseThrow();
    String text = fitting.text().apply(aliases);

    assertThat(fitting.operators()).isBetween(200, Condition.MOST_OPERATORS);
    assertThat(text.length()).isLessThanOrEqualTo(Condition.MOST_BYTES);
    assertThat(aliases.names()).containsValue("attribute0").doesNotContainValue("attribute399");
    // every alias that is given is used: the service refuses others
    assertThat(aliases.values().keySet()).allMatch(text::contains);
  }

  @Test
  void allThatFit_when_one_term_is_too_long_keeps_the_others() {
    Filter wide =
        new Filter.Comparison(
            FieldPath.parse("a"), Operator.IN, Collections.nCopies(2_000, "operand"));
    Filter small = Filter.where("b", Operator.EQ, "x1");
    List<Condition> conditions =
        List.of(
            translator.translate(wide).orElseThrow(), translator.translate(small).orElseThrow());
    Condition fitting = Condition.allThatFit(conditions).orElseThrow();

    assertThat(fitting.text().apply(aliases)).isEqualTo("#n0 IN (:v0)");
    assertThat(aliases.names()).containsEntry("#n0", "b");
  }

  @Test
  void in_when_there_are_more_operands_than_one_takes_is_split() {
    Filter in =
        new Filter.Comparison(FieldPath.parse("a"), Operator.IN, Collections.nCopies(150, "x1"));
    assertThat(text(in).orElseThrow()).startsWith("(#n0 IN (").contains(") OR #n0 IN (");
  }

  private Optional<String> text(Filter filter) {
    return translator.translate(filter).map(condition -> condition.text().apply(aliases));
  }
}
