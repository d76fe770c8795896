package dev.backplane.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.core.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas that stop the start, and what is said of them. */
class JsonSchemasTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          {"type": "text"}                                 ! /type should be one of array, boolean
          {"properties": {"a": {"minimum": "1"}}}          ! /properties/a/minimum should be a number
          {"properties": {"a": {"pattern": "("}}}          ! /properties/a/pattern should be a regular expression
          {"patternProperties": {"(": true}}               ! /patternProperties has a name in it that should be a regular expression
          {"required": "a"}                                ! /required should be an array
          {"multipleOf": 0}                                ! /multipleOf should be greater than 0
          [1]                                              ! it should be an object or true or false
          1                                                ! it should be an object or true or false
          {"type":                                         ! cannot be read: The JSON ends before it is complete.
          {"a": 1, "a": 2}                                 ! cannot be read: An object has a name twice at line 1
          {"$schema": "http://json-schema.org/draft-07/schema#"} ! another draft; "$schema" should be https://json-schema.org/draft/2020-12/schema
          {"$ref": "https://example.com/a.json"}           ! never reads a schema from the network
          {"items": {"$ref": "other.json"}}                ! "other.json", which is neither in the file nor in a file beside it
          {"items": {"$ref": "#/$defs/a"}}                 ! "#/$defs/a", which is neither in the file nor
          {"type": "object", "items": {"$ref": "#/type"}}  ! "#/type", which is no schema
          {"items": {"$ref": "#/allOf"}, "allOf": [true]}  ! "#/allOf", which is no schema
          {"properties": {"a#b": {"minimum": "1"}}}        ! /properties/a#b/minimum should be a number
          {"items": {"$ref": "#a"}}                        ! "#a", which is neither in the file nor
          {"items": {"$ref": "../outside.json"}}           ! "../outside.json", which is neither in the file nor
          {"items": {"$ref": "parts"}}                     ! "parts", which is neither in the file nor
          {"items": {"$ref": "a%00b.json"}}                ! "a%00b.json", which is neither in the file nor
          {"items": {"multipleOf": 1e-999999999}}          ! a number of more than 400 digits
          {"enum": ["a", {"b": [1e999999999]}]}            ! a number of more than 400 digits
          {"items": {"$ref": "broken.json"}}               ! cannot be read: There is no JSON
          {"items": {"$ref": "invalid.json"}}              ! /type should be one of array, boolean
          {"$ref": "#"}                                    ! refers to itself without end
          {"$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"not": {"$ref": "#/$defs/a"}}}} ! refers to itself without end
          {"$defs": {"a": {"$id": "x.json"}, "b": {"$id": "x.json", "type": "null"}}} ! an "$id" that another schema has, too
          """)
  void read_whenASchemaCannotBeUsed_saysWhy(String schema, String message) throws IOException {
    Path inside = Files.createDirectory(directory.resolve("inside"));
    Files.createDirectory(inside.resolve("parts"));
    Files.writeString(directory.resolve("outside.json"), "{}");
    Files.writeString(inside.resolve("broken.json"), "");
    Files.writeString(inside.resolve("invalid.json"), "{\"type\": \"text\"}");
    assertThatThrownBy(() -> SchemaTests.schema(inside, schema))
        .isInstanceOfSatisfying(
            SchemaException.class,
            wrong -> assertThat(wrong.problems()).anyMatch(problem -> problem.contains(message)));
  }

  @Test
  void read_whenThereIsNoFile_saysSo() throws IOException {
    JsonSchemas schemas = new JsonSchemas(Json.CODEC);
    assertThatThrownBy(() -> schemas.read(directory.resolve("none.json")))
        .hasMessage("names a file that does not exist");
    assertThatThrownBy(() -> schemas.read(directory))
        .hasMessage("names a directory; a schema is a file");
    Path large = Files.write(directory.resolve("large.json"), new byte[4 * 1024 * 1024 + 1]);
    assertThatThrownBy(() -> schemas.read(large))
        .hasMessage("names a file that is larger than 4 MB");
  }

  @Test
  void read_whenSeveralResourcesHaveTheSameFile_readsItOnce() throws IOException {
    Path file = Files.writeString(directory.resolve("schema.json"), "{}");
    JsonSchemas schemas = new JsonSchemas(Json.CODEC);
    assertThat(schemas.read(file)).isSameAs(schemas.read(directory.resolve("./schema.json")));
  }

  @Test
  void read_whenTwoFilesHaveTheSameId_saysSo_andAFileThatTwoReferToIsNoSuchCase()
      throws IOException {
    Files.writeString(directory.resolve("shared.json"), "{\"$id\": \"https://a.example/shared\"}");
    JsonSchemas schemas = new JsonSchemas(Json.CODEC);
    String refers = "{\"$id\": \"https://a.example/%s\", \"$ref\": \"%s\"}";
    for (String name : new String[] {"a", "b"}) {
      Path file = directory.resolve(name + ".json");
      Files.writeString(file, refers.formatted(name, "shared.json"));
      schemas.read(file);
    }
    Path copy = Files.writeString(directory.resolve("c.json"), refers.formatted("a", "a"));
    assertThatThrownBy(() -> schemas.read(copy)).hasMessageContaining("another schema has");
  }

  @Test
  void references_inValues_areNoReferences() throws IOException {
    JsonSchema schema =
        SchemaTests.schema(
            directory,
            """
            {"const": {"$ref": "https://example.com/"}, "examples": [{"$ref": "none.json"}],
             "default": {"$ref": "#/none"}, "properties": {"$ref": {"type": "string"}}}\
            """);
    assertThat(SchemaTests.check(schema, "{\"$ref\": \"https://example.com/\"}")).isEmpty();
  }
}
