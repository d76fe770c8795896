package dev.backplane.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.FieldPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShapeTest {
  @TempDir Path directory;

  @Test
  void field_isWhatAllSchemasAboutItSay() throws IOException {
    Shape shape =
        shape(
            """
            {"$ref": "#/$defs/base", "properties": {"a": {"$ref": "#/$defs/ro"}},
             "allOf": [{"properties": {"b": {"writeOnly": true}}}],
             "oneOf": [{"properties": {"c": {"readOnly": true, "default": 1}}}, {"properties": {"d": true}}],
             "$defs": {"base": {"properties": {"e": {"default": 5}}}, "ro": {"readOnly": true}}}\
            """);
    assertThat(shape.names()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    assertThat(shape.field("a").orElseThrow().isReadOnly()).isTrue();
    assertThat(shape.field("b").orElseThrow().isWriteOnly()).isTrue();
    assertThat(shape.field("c").orElseThrow().isReadOnly()).isTrue();
    assertThat(shape.field("d")).isPresent();
    assertThat(shape.field("f")).isEmpty();
    assertThat(shape.knows("f")).isFalse();
    assertThat(shape.defaults()).containsExactly(java.util.Map.entry("e", SchemaTests.json("5")));
    assertThat(shape.hides()).isTrue();
    assertThat(shape.field("a").orElseThrow().hides()).isFalse();
  }

  @Test
  void fields_areKnownByPattern_orWhereThereIsRoom() throws IOException {
    Shape shape =
        shape(
            """
            {"properties": {"open": {"properties": {"a": true}, "additionalProperties": true},
              "typed": {"additionalProperties": {"properties": {"x": {"writeOnly": true}}}},
              "free": {"type": "object"}, "closed": {"properties": {"a": true}}},
             "patternProperties": {"^x-": {"readOnly": true}}}\
            """);
    assertThat(shape.knows("x-y")).isTrue();
    assertThat(shape.field("x-y").orElseThrow().isReadOnly()).isTrue();
    assertThat(shape.knows("y")).isFalse();
    assertThat(shape.at("/open").orElseThrow().knows("b")).isTrue();
    assertThat(shape.at("/typed/any/x").orElseThrow().isWriteOnly()).isTrue();
    assertThat(shape.at("/free").orElseThrow().knows("b")).isTrue();
    assertThat(shape.at("/closed").orElseThrow().knows("b")).isFalse();
    assertThat(shape.isClosed()).isFalse();
  }

  @Test
  void shape_ofASchemaThatRefersToItself_isFinite() throws IOException {
    Shape shape =
        shape(
            """
            {"properties": {"name": true, "secret": {"writeOnly": true}, "parent": {"$ref": "#"},
              "children": {"type": "array", "prefixItems": [{"properties": {"first": true}}],
                           "items": {"$ref": "#"}}}}\
            """);
    assertThat(shape.at("/parent/parent/children/7/parent")).isEqualTo(shape.at("/parent"));
    assertThat(shape.at("/children/0").orElseThrow().names()).containsExactly("first");
    assertThat(shape.at("/children/1/secret").orElseThrow().isWriteOnly()).isTrue();
    assertThat(shape.paths())
        .contains(FieldPath.parse("name"), FieldPath.parse("parent.parent.name"))
        .doesNotContain(FieldPath.parse("secret"))
        .hasSizeLessThan(100);
  }

  @Test
  void mapping_addsToTheSchema_alsoInsideOfLists_andClosesNothing() throws IOException {
    List<FieldPath> secrets = List.of(FieldPath.parse("cards.number"));
    Shape free = Shape.of(Optional.empty(), List.of(FieldPath.parse("by")), secrets);
    assertThat(free.at("/by").orElseThrow().isReadOnly()).isTrue();
    assertThat(free.at("/cards/number").orElseThrow().isWriteOnly()).isTrue();
    assertThat(free.at("/cards/3/number").orElseThrow().isWriteOnly()).isTrue();
    assertThat(free.knows("other")).isTrue();
    JsonSchema schema = SchemaTests.schema(directory, "{\"properties\": {\"a\": true}}");
    Shape closed = Shape.of(Optional.of(schema), List.of(), secrets);
    assertThat(closed.knows("other")).isFalse();
    assertThat(closed.knows("cards")).isTrue();
  }

  @Test
  void shape_isContradictory_whenAFieldCanNeitherBeSetNorSeen() throws IOException {
    assertThat(shape("{\"properties\": {\"a\": {\"readOnly\": true}}}").isContradictory())
        .isFalse();
    assertThat(
            shape("{\"items\": {\"allOf\": [{\"readOnly\": true}, {\"writeOnly\": true}]}}")
                .isContradictory())
        .isTrue();
  }

  private Shape shape(String json) throws IOException {
    return Shape.of(Optional.of(SchemaTests.schema(directory, json)), List.of(), List.of());
  }
}
