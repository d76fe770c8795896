package dev.backplane.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonObject;
import dev.harrel.jsonschema.Error;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies with more mistakes than anyone needs to be told of. */
class ManyMistakesTest {
  private static final int MANY = 50_000;
  private static final int MOST = 40_000;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          {"items": {"type": "string"}}                         ! array  ! 1
          {"prefixItems": [true], "items": false}               ! array  ! 1
          {"items": {"items": {"items": {"type": "string"}}}}   ! array  ! [[1, 2], [3]]
          {"items": {"prefixItems": [{"type": "string"}]}}      ! array  ! [1]
          {"items": {"$ref": "#/$defs/wrong"}}                  ! array  ! {"a": 1}
          {"allOf": [true, {"items": {"type": "string"}}]}      ! array  ! 1
          {"unevaluatedItems": {"type": "string"}}              ! array  ! 1
          {"prefixItems": [true], "unevaluatedItems": false}    ! array  ! 1
          {"items": {"anyOf": [{"type": "string"}, {"items": {"type": "string"}}]}} ! array  ! [1]
          {"additionalProperties": {"type": "string"}}          ! object ! 1
          {"additionalProperties": false}                       ! object ! 1
          {"patternProperties": {"^f": {"type": "string"}}}     ! object ! 1
          {"patternProperties": {"^x": true}, "additionalProperties": false} ! object ! 1
          {"unevaluatedProperties": false}                      ! object ! 1
          {"unevaluatedProperties": {"type": "string"}}         ! object ! 1
          """)
  void check_whenThereAreTooManyMistakes_stopsWhenItHasEnough(
      String schema, String kind, String value) throws IOException {
    JsonSchema read = schema(schema);
    JsonObject body = body(kind.equals("array") ? array(value) : "{" + members(value) + "}");
    assertThat(read.errors(body, Checking.bounded())).hasSizeBetween(50, MOST);
    assertThat(read.check(body, any -> true, 50)).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void check_whenMistakesStandInATree_stopsWhenItHasEnough() throws IOException {
    JsonSchema schema = schema("{\"$ref\": \"#/$defs/tree\"}");
    String tree = "{}";
    for (int depth = 0; depth < 16; depth++) {
      tree = "{\"n\": 1, \"a\": " + tree + ", \"b\": " + tree + "}";
    }
    JsonObject body = body(tree);
    assertThat(schema.errors(body, Checking.bounded())).hasSizeBetween(50, MOST);
    assertThat(schema.check(body, any -> true, 50)).hasSize(50);
  }

  @Test
  void check_whenPlacesAreLong_stopsBeforeTheyFillTheMemory() throws IOException {
    JsonSchema schema = schema("{\"additionalProperties\": {\"items\": {\"type\": \"string\"}}}");
    String name = "n".repeat(40_000);
    JsonObject body = body("{\"" + name + "\": " + array("1") + "}");
    long characters =
        schema.errors(body, Checking.bounded()).stream()
            .map(Error::getInstanceLocation)
            .mapToLong(String::length)
            .sum();
    assertThat(characters).isLessThan(6_000_000);
    assertThat(schema.check(body, any -> true, 40)).hasSize(40);
  }

  @Test
  void check_whenNamesAreWrong_tellsItOfTheObject_andGoesOn() throws IOException {
    JsonSchema schema =
        schema("{\"items\": {\"propertyNames\": {\"maxLength\": 2}, \"minProperties\": 1}}");
    JsonObject body = body("[{" + members("1") + "}, {}, {\"abc\": 1}]");
    assertThat(SchemaTests.check(schema, body)).containsOnlyKeys("/v/0", "/v/1", "/v/2");
  }

  @Test
  void check_whenWhatIsWrongWouldBeRightAsAnotherKind_tellsOnlyOfWhatIsWrong() throws IOException {
    JsonSchema schema =
        schema(
            """
            {"items": {"oneOf": [{"items": {"type": "string"}}, {"items": {"type": "integer"}}],
                       "maxItems": 3}}\
            """);
    String right = "[1, 2, 3],".repeat(MANY);
    JsonObject body = body("[" + right + "[1, 2, 3, 4],".repeat(60) + "[]]");
    List<String> places =
        schema.check(body, any -> true, 50).stream().map(Violation::pointer).toList();
    assertThat(places)
        .containsExactlyElementsOf(
            IntStream.range(MANY, MANY + 50).mapToObj(i -> "/v/" + i).toList());
  }

  @Test
  void check_whenEnoughWasFound_isStillRightAboutWhatIsRight() throws IOException {
    JsonSchema schema =
        schema(
            """
            {"not": {"items": {"type": "string"}},
             "anyOf": [{"items": {"type": "string"}}, {"items": {"maximum": 1}}],
             "if": {"items": {"type": "string"}}, "then": false,
             "contains": {"const": 2}, "minContains": 0, "maxContains": 0}\
            """);
    assertThat(schema.check(body(array("1")), any -> true, 50)).isEmpty();
    assertThat(SchemaTests.check(schema, body("[2]"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, MANY})
  void check_whenAllThatWasFoundFirstDoesNotCount_findsWhatDoes(int first) throws IOException {
    JsonSchema schema = schema("{\"items\": {\"required\": [\"a\"], \"maxProperties\": 0}}");
    JsonObject body = body("[" + "{},".repeat(first) + "{\"b\": 1}]");
    assertThat(schema.check(body, found -> found.kind() != Violation.Kind.MISSING, 50))
        .extracting(Violation::pointer)
        .containsExactly("/v/" + first);
    assertThat(schema.check(body, found -> found.kind() == Violation.Kind.UNKNOWN, 50)).isEmpty();
  }

  private JsonSchema schema(String json) throws IOException {
    return SchemaTests.schema(
        directory,
        """
        {"properties": {"v": %s},
         "$defs": {"wrong": {"properties": {"a": {"type": "string"}}},
                   "tree": {"properties": {"n": {"type": "string"}, "a": {"$ref": "#/$defs/tree"},
                                           "b": {"$ref": "#/$defs/tree"}}}}}\
        """
            .formatted(json));
  }

  private static JsonObject body(String value) {
    return (JsonObject) SchemaTests.json("{\"v\": " + value + "}");
  }

  private static String array(String value) {
    return "[" + (value + ",").repeat(MANY) + value + "]";
  }

  private static String members(String value) {
    return IntStream.range(0, MANY)
        .mapToObj(i -> "\"f" + i + "\": " + value)
        .collect(Collectors.joining(","));
  }
}
