package dev.backplane.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          {"type": "string"}                  ! 1            ! should be a string
          {"type": ["string", "null"]}        ! 1            ! should be a string or null
          {"type": "boolean"}                 ! 1            ! should be true or false
          {"type": "object"}                  ! []           ! should be an object
          {"const": 5}                        ! 6            ! should be 5
          {"enum": ["a", "b"]}                ! "c"          ! should be one of a, b
          {"minimum": 3}                      ! 2            ! should be at least 3
          {"exclusiveMinimum": 3}             ! 3            ! should be greater than 3
          {"maximum": 1e3}                    ! 1001         ! should be at most 1000
          {"exclusiveMaximum": 3}             ! 3            ! should be less than 3
          {"multipleOf": 0.01}                ! 0.015        ! should be a multiple of 0.01
          {"minLength": 1}                    ! ""           ! should not be empty
          {"maxLength": 2}                    ! "abc"        ! should have at most 2 characters
          {"maxLength": 1}                    ! "😀😀"        ! should have at most 1 character
          {"pattern": "^a$"}                  ! "b"          ! should match ^a$
          {"pattern": "^a$"}                  ! "a\\n"       ! should match ^a$
          {"format": "email"}                 ! "a"          ! should be an email address
          {"minItems": 1}                     ! []           ! should have at least 1 element
          {"uniqueItems": true}               ! [1, 1.0]     ! should not have the same element twice
          {"contains": {"const": 1}}          ! [2]          ! should have an element of a kind that has to be there
          {"minProperties": 1}                ! {}           ! should have at least 1 field
          {"propertyNames": {"maxLength": 1}} ! {"ab": 1}    ! has a name in it that should have at most 1 character
          {"not": {"type": "string"}}         ! "a"          ! should not be what is ruled out here
          false                               ! 1            ! is not a field that may be here
          {"anyOf": [{"type": "string"}, {"type": "null"}]}                   ! 1   ! should be a string or null
          {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]} ! "x" ! should be a date such as 2026-01-31
          {"oneOf": [{"const": 1}, {"const": 2}]}                             ! 3   ! should be 1 or 2
          {"oneOf": [{"minimum": 1}, {"minimum": 2}]}                         ! 3   ! should be of one of the kinds that may be here only
          {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}               ! {}  ! should be of a kind that may be here
          {"if": {"minimum": 5}, "then": {"multipleOf": 5}}                   ! 6   ! should be a multiple of 5
          {"allOf": [{"minimum": 5}, {"maximum": 3}]}                         ! 4   ! should be at least 5, and should be at most 3
          """)
  void check_whenAValueIsWrong_saysWhatIsWanted(String schema, String value, String message)
      throws IOException {
    JsonSchema whole = schema("{\"properties\": {\"v\": " + schema + "}}");
    assertThat(SchemaTests.check(whole, "{\"v\": " + value + "}"))
        .containsExactlyEntriesOf(Map.of("/v", message));
  }

  @Test
  void check_whenFieldsAreMissing_namesEachAtItsPlace() throws IOException {
    JsonSchema schema =
        schema(
            """
            {"required": ["a/b", "line\\nfeed", "~", "back\\\\n"],
             "dependentRequired": {"x": ["y"]}}\
            """);
    assertThat(SchemaTests.check(schema, "{\"x\": 1}"))
        .containsOnlyKeys("/a~1b", "/line\nfeed", "/~0", "/back\\n", "/y")
        .containsValue("is required");
  }

  @Test
  void check_whenSeveralKindsArePossible_tellsOfTheOneThatWasMeant() throws IOException {
    JsonSchema schema =
        schema(
            """
            {"properties": {"v": {"oneOf": [
              {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer"}}},
              {"type": "array", "items": {"type": "string"}}]}}}\
            """);
    assertThat(SchemaTests.check(schema, "{\"v\": {\"x\": \"1\"}}"))
        .containsExactlyEntriesOf(Map.of("/v/x", "should be an integer"));
    assertThat(SchemaTests.check(schema, "{\"v\": [\"a\", 1]}"))
        .containsExactlyEntriesOf(Map.of("/v/1", "should be a string"));
    assertThat(SchemaTests.check(schema, "{\"v\": 1}"))
        .containsExactlyEntriesOf(Map.of("/v", "should be an object or an array"));
    assertThat(SchemaTests.check(schema, "{\"v\": []}")).isEmpty();
  }

  @Test
  void check_whenElementsAreOfSeveralKinds_tellsOfEachAsWhatItWasMeantToBe() throws IOException {
    JsonSchema schema =
        schema(
            """
            {"properties": {"v": {"items": {"anyOf": [
              {"type": "object", "properties": {"x": {"type": "integer"}}},
              {"type": "array", "items": {"type": "string"}}]}}}}\
            """);
    assertThat(
            SchemaTests.check(schema, "{\"v\": [{\"x\": \"1\"}, [\"a\", 1], {\"x\": \"2\"}, 3]}"))
        .containsExactly(
            Map.entry("/v/0/x", "should be an integer"),
            Map.entry("/v/1/1", "should be a string"),
            Map.entry("/v/2/x", "should be an integer"),
            Map.entry("/v/3", "should be an object or an array"));
  }

  @Test
  void check_goesByPatternsOfNames_andByWhatTheyLeave() throws IOException {
    JsonSchema schema =
        schema(
            """
            {"properties": {"a": true}, "patternProperties": {"^x-": {"type": "string"}},
             "additionalProperties": false}\
            """);
    assertThat(SchemaTests.check(schema, "{\"a\": 1, \"x-y\": \"\"}")).isEmpty();
    assertThat(SchemaTests.check(schema, "{\"a\": 1, \"x-y\": 1, \"b\": 1}"))
        .containsOnly(
            Map.entry("/x-y", "should be a string"),
            Map.entry("/b", "is not a field that may be here"));
    JsonSchema rest =
        schema(
            """
            {"allOf": [{"properties": {"a": true}}, {"patternProperties": {"^x-": true}}],
             "unevaluatedProperties": false}\
            """);
    assertThat(SchemaTests.check(rest, "{\"a\": 1, \"x-y\": 1}")).isEmpty();
    assertThat(SchemaTests.check(rest, "{\"b\": 1}")).containsOnlyKeys("/b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#", "a#b", "##", "~", "~2", "/", "%", "%23", "+", " ", "?", "^", "|", "{}", "ü", "😀"
      })
  void check_whenANameHasACharacterThatMeansSomethingInAPlace_goesByItAsByAnyOther(String name)
      throws IOException {
    JsonObject keywords =
        (JsonObject)
            SchemaTests.json(
                """
                {"properties": {"p": {"const": 1}}, "patternProperties": {"^x": {"const": 2}},
                 "additionalProperties": {"const": 3}, "propertyNames": {"maxLength": 2},
                 "allOf": [{"$ref": "#/$defs/NAME"}]}\
                """);
    JsonObject schema =
        JsonObject.of("properties", JsonObject.of(name, keywords))
            .with("patternProperties", JsonObject.of(Pattern.quote(name) + "#", keywords))
            .with("$defs", JsonObject.of(name, SchemaTests.json("{\"minProperties\": 1}")));
    String text = new String(Json.CODEC.write(schema), StandardCharsets.UTF_8);
    JsonSchema read = schema(text.replace("/NAME", "/" + inAReference(name)));
    JsonValue right = SchemaTests.json("{\"p\": 1, \"x\": 2, \"y\": 3}");
    JsonValue wrong = SchemaTests.json("{\"p\": 0, \"x\": 0, \"long\": 3}");
    assertThat(SchemaTests.check(read, JsonObject.of(name, right).with(name + "#", right)))
        .isEmpty();
    for (String member : List.of(name, name + "#")) {
      String place = Violation.member("", member);
      assertThat(SchemaTests.check(read, JsonObject.of(member, wrong)))
          .containsOnly(
              Map.entry(place + "/p", "should be 1"),
              Map.entry(place + "/x", "should be 2"),
              Map.entry(place, "has a name in it that should have at most 2 characters"));
      assertThat(SchemaTests.check(read, JsonObject.of(member, SchemaTests.json("{}"))))
          .containsOnlyKeys(place);
    }
  }

  private static String inAReference(String name) {
    String escaped = Violation.member("", name).substring(1);
    return URLEncoder.encode(escaped, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%2B", "+"); // which may stand as it is, and is no space
  }

  @Test
  void check_whenAFieldHasTheNameOfAKeyword_isAFieldLikeAnyOther() throws IOException {
    JsonSchema schema =
        schema(
            """
            {"properties": {"propertyNames": {"minimum": 1}, "anyOf": {"items": {"const": 1}},
                            "$ref": {"type": "null"}}}\
            """);
    assertThat(SchemaTests.check(schema, "{\"propertyNames\": 0, \"anyOf\": [2], \"$ref\": 1}"))
        .containsOnly(
            Map.entry("/propertyNames", "should be at least 1"),
            Map.entry("/anyOf/0", "should be 1"),
            Map.entry("/$ref", "should be null"));
  }

  @Test
  void check_comparesNumbersToTheLastDigit() throws IOException {
    JsonSchema schema =
        schema(
            """
            {"properties": {"n": {"maximum": 12345678901234567890123456789012345678,
             "enum": [1.10, 12345678901234567890123456789012345678]}}}\
            """);
    assertThat(SchemaTests.check(schema, "{\"n\": 12345678901234567890123456789012345678}"))
        .isEmpty();
    assertThat(SchemaTests.check(schema, "{\"n\": 1.1000}")).isEmpty();
    assertThat(SchemaTests.check(schema, "{\"n\": 12345678901234567890123456789012345679}"))
        .containsOnlyKeys("/n");
  }

  @Test
  void check_whenANumberCouldTakeTimeWithItsDigits_refusesItUntested() throws IOException {
    JsonSchema schema = schema("{\"properties\": {\"n\": {\"items\": {\"multipleOf\": 3}}}}");
    assertThat(SchemaTests.check(schema, "{\"n\": [3, 1e400000000, 1e-400000000]}"))
        .containsOnlyKeys("/n/1", "/n/2")
        .containsValue("should be a number of at most 400 digits");
    assertThat(SchemaTests.check(schema, "{\"n\": [3e398]}")).isEmpty();
  }

  @Test
  void check_whenTextsAreManyAndLong_matchesThemAll() throws IOException {
    JsonSchema schema =
        schema(
            """
            {"properties": {"v": {"items": {"pattern": "^(?=.*x)(?=.*y)(?=.*z)[a-z ]+$"}}}}\
            """);
    String text = '"' + "some words ".repeat(180) + "xyz\"";
    String body = "{\"v\": [" + (text + ',').repeat(499) + text + "]}";
    assertThat(SchemaTests.check(schema, body)).isEmpty();
  }

  @Test
  void check_whenAPatternWouldBeTriedForEver_givesUp() throws IOException {
    JsonSchema schema =
        schema(
            """
            {"properties": {"v": {"pattern": "^(.*?,){20}P$"}, "w": {"pattern": "^(a|b)*$"}},
             "patternProperties": {"^(.*?,){20}P$": true}}\
            """);
    JsonObject body =
        JsonObject.of("v", new JsonString(",".repeat(60)))
            .with("w", new JsonString("ab".repeat(50_000)));
    assertThat(SchemaTests.check(schema, body))
        .containsEntry("/v", "takes too long to be matched; make it shorter")
        .containsKey("/w");
    assertThat(SchemaTests.check(schema, JsonObject.of(",".repeat(60), body)))
        .containsExactlyEntriesOf(Map.of("", "has names that take too long to be matched"));
  }

  @Test
  void check_whenElementsWereMadeToHaveTheSameHash_isNotSlowedDown() throws IOException {
    JsonSchema schema = schema("{\"properties\": {\"v\": {\"uniqueItems\": true}}}");
    StringBuilder list = new StringBuilder("{\"v\": [");
    for (int i = 0; i < 1 << 14; i++) {
      StringBuilder same = new StringBuilder();
      for (int bit = 0; bit < 14; bit++) {
        same.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      list.append(i == 0 ? "" : ",").append('"').append(same).append('"');
    }
    assertThat(SchemaTests.check(schema, list + "]}")).isEmpty();
    assertThat(SchemaTests.check(schema, list + ",\"AaAaAaAaAaAaAaAaAaAaAaAaAaAa\"]}"))
        .containsOnlyKeys("/v");
  }

  @Test
  void check_tellsEqualFromUnequal_whatTheyAreMadeOf() throws IOException {
    JsonSchema schema = schema("{\"properties\": {\"v\": {\"uniqueItems\": true}}}");
    String unequal =
        "[1, \"1\", [1], [\"1\"], {\"a\": 1}, {\"a\": \"1\"}, null, \"null\", true,"
            + " [\"a\", \"b\"], [\"a\\\", \\\"b\"], {}, []]";
    assertThat(SchemaTests.check(schema, "{\"v\": " + unequal + "}")).isEmpty();
    for (String equal :
        new String[] {
          "[1, 1.00]",
          "[{\"a\": 1, \"b\": 2}, {\"b\": 2.0, \"a\": 1}]",
          "[[null], [null]]",
          "[1e2, 100]"
        }) {
      assertThat(SchemaTests.check(schema, "{\"v\": " + equal + "}")).containsOnlyKeys("/v");
    }
  }

  @Test
  void references_leadWithinTheFile_andToFilesBesideIt() throws IOException {
    Files.createDirectory(directory.resolve("parts"));
    Files.writeString(
        directory.resolve("parts/address.json"),
        "{\"properties\": {\"city\": {\"$ref\": \"text.json#/$defs/text\"}, \"in\": {\"$ref\": \"#\"}}}");
    Files.writeString(
        directory.resolve("parts/text.json"), "{\"$defs\": {\"text\": {\"type\": \"string\"}}}");
    JsonSchema schema =
        schema(
            """
            {"$id": "https://example.com/schemas/user.json",
             "properties": {"a": {"$ref": "parts/address.json"}, "b": {"$ref": "#b"},
                            "c": {"$ref": "user.json#/$defs/c%20d"}, "d": {"$ref": "#"}},
             "$defs": {"b": {"$anchor": "b", "type": "boolean"}, "c d": {"type": "integer"}}}\
            """);
    String body =
        "{\"a\": {\"city\": 1, \"in\": {\"in\": {\"city\": 2}}}, \"b\": 1, \"c\": \"\","
            + " \"d\": {\"d\": {\"b\": 1}}}";
    assertThat(SchemaTests.check(schema, body))
        .containsOnlyKeys("/a/city", "/a/in/in/city", "/b", "/c", "/d/d/b");
  }

  private JsonSchema schema(String json) throws IOException {
    return SchemaTests.schema(directory, json);
  }
}
