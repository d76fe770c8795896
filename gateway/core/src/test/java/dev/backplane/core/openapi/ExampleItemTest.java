package dev.backplane.core.openapi;

import static dev.backplane.core.openapi.Documents.json;
import static dev.backplane.core.openapi.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.backplane.spi.JsonValue;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleItemTest {
  private static Optional<JsonValue> example(JsonValue schema) {
    return new ExampleItem(Map.of("known", json("{\"type\": \"integer\", \"minimum\": 5}")))
        .of(schema, "readOnly");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "true",
        "{\"type\": \"string\", \"minLength\": 9, \"maxLength\": 10}",
        "{\"type\": \"string\", \"maxLength\": 2}",
        "{\"type\": \"string\", \"maxLength\": 0}",
        "{\"type\": \"string\", \"format\": \"date-time\"}",
        "{\"type\": \"string\", \"format\": \"uuid\", \"minLength\": 36}",
        "{\"type\": \"integer\", \"exclusiveMinimum\": 3}",
        "{\"type\": \"number\", \"exclusiveMaximum\": -3}",
        "{\"type\": [\"integer\", \"null\"], \"maximum\": 0}",
        "{\"type\": \"boolean\"}",
        "{\"type\": \"null\"}",
        "{\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"minItems\": 1}",
        "{\"type\": \"array\", \"maxItems\": 0}",
        "{\"type\": \"array\", \"items\": {\"not\": {}}}",
        "{\"enum\": [3, 4]}",
        "{\"const\": {\"a\": 1}}",
        "{\"pattern\": \"^x+$\", \"examples\": [\"xx\"]}",
        "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"integer\"}, \"b\": {\"not\": {}}},"
            + " \"required\": [\"a\"], \"additionalProperties\": false}",
      })
  void example_isValid(String schema) {
    String example = text(example(json(schema)).orElseThrow());
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON)
                .validate(example, InputFormat.JSON))
        .as(example)
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "false",
        "{\"type\": \"string\", \"pattern\": \"^x+$\"}",
        "{\"type\": \"string\", \"format\": \"unheard-of\"}",
        "{\"type\": \"string\", \"minLength\": 101}",
        "{\"type\": \"string\", \"format\": \"date\", \"minLength\": 20}",
        "{\"type\": \"integer\", \"minimum\": 3, \"maximum\": 2}",
        "{\"type\": \"integer\", \"minimum\": 0.5}",
        "{\"type\": \"number\", \"minimum\": 3, \"exclusiveMaximum\": 3}",
        "{\"type\": \"array\", \"minItems\": 2}",
        "{\"type\": \"object\", \"required\": [\"a\"]}",
        "{\"allOf\": [{\"type\": \"string\"}]}",
        "{\"$ref\": \"#/components/schemas/unknown\"}",
        "{\"type\": \"unheard-of\"}"
      })
  void example_whenItMightNotBeValid_isNone(String schema) {
    assertThat(example(json(schema))).isEmpty();
  }

  @Test
  void example_followsReferences_andLeavesOutWhatIsMarked() {
    JsonValue schema =
        json(
            """
            {"type": "object", "required": ["a", "b"], "properties": {
              "a": {"$ref": "#/components/schemas/known", "description": "A."},
              "b": {"type": "string", "readOnly": true}}}
            """);
    assertThat(example(schema)).hasValue(json("{\"a\": 5}"));
  }

  @Test
  void example_ofASchemaInItself_ends() {
    JsonValue endless =
        json(
            """
            {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/endless"}}}
            """);
    assertThat(new ExampleItem(Map.of("endless", endless)).of(endless, "readOnly")).isPresent();
  }
}
