package dev.backplane.core.openapi;

import static dev.backplane.core.openapi.Documents.at;
import static dev.backplane.core.openapi.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedSchemaTest {
  private static final String SCHEMA =
      """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://example.com/schemas/book",
        "properties": {
          "place": {"$ref": "%s"},
          "anchored": {"$anchor": "here", "type": "string"},
          "tags": {"type": ["array", "null"]}
        },
        "$defs": {
          "money": {"$dynamicAnchor": "cash", "properties": {"amount": {"type": "number"}}},
          "a/b c": {"type": "string"},
          "a_b c": {"type": "string"},
          "own": {"$id": "own", "$ref": "#inner", "$defs": {"x": {"$anchor": "inner"}}}
        }
      }
      """;

  private static Map<String, JsonValue> embed(String reference) {
    Map<URI, JsonValue> files = new LinkedHashMap<>();
    files.put(URI.create("file:/dir/book.json"), json(SCHEMA.formatted(reference)));
    files.put(
        URI.create("https://example.com/schemas/sub/other.json"),
        json("{\"$defs\": {\"money\": {\"$ref\": \"../book#/$defs/money\"}}}"));
    return EmbeddedSchema.components("books", files);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          # books
          #/properties/tags books/properties/tags
          #/$defs/money books.money
          #/$defs/money/properties/amount books.money/properties/amount
          #here books/properties/anchored
          #cash books.money
          book books
          book#/$defs/money books.money
          https://example.com/schemas/book#cash books.money
          own books.own
          own#inner books.own/$defs/x
          own#/$defs/x books.own/$defs/x
          #/$defs/a~1b%20c books.a_b_c
          #/$defs/a_b%20c books.a_b_c_
          sub/other.json books.other
          sub/other.json#/$defs/money books.money_
          """)
  void reference_leadsToWhereItsTargetIs(String reference, String target) {
    JsonValue place = at(embed(reference).get("books"), "/properties/place");
    assertThat(place)
        .isEqualTo(JsonObject.of("$ref", new JsonString("#/components/schemas/" + target)));
  }

  @ParameterizedTest
  @CsvSource({"missing.json", "#missing", "https://example.com/other", "'::bad'"})
  void reference_whenItLeadsOut_allowsAnything(String reference) {
    assertThat(at(embed(reference).get("books"), "/properties/place"))
        .isEqualTo(JsonObject.empty());
  }

  @Test
  void references_ofOtherFiles_leadBack() {
    assertThat(embed("#").get("books.money_"))
        .isEqualTo(json("{\"$ref\": \"#/components/schemas/books.money\"}"));
  }

  @Test
  void schema_losesItsIdentity_andKeepsItsData() {
    Map<String, JsonValue> components = embed("#");
    assertThat(components.keySet())
        .containsExactly(
            "books",
            "books.money",
            "books.a_b_c",
            "books.a_b_c_",
            "books.own",
            "books.other",
            "books.money_");
    assertThat(Documents.text(new JsonObject(components)))
        .doesNotContain("$id", "$schema", "$anchor", "$dynamicAnchor");
    assertThat(at(components.get("books"), "/properties/tags"))
        .isEqualTo(json("{\"type\": [\"array\", \"null\"], \"items\": {}}"));
    JsonValue data = json("{\"const\": {\"$ref\": \"#\", \"$id\": \"x\"}}");
    assertThat(EmbeddedSchema.components("x", Map.of(URI.create("file:/x"), data)).get("x"))
        .isEqualTo(data);
  }

  @Test
  void schema_mayBeTrue() {
    assertThat(EmbeddedSchema.components("x", Map.of(URI.create("file:/x"), json("true"))))
        .containsExactly(Map.entry("x", json("true")));
  }
}
