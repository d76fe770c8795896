package dev.backplane.core.openapi;

import static dev.backplane.core.openapi.Documents.all;
import static dev.backplane.core.openapi.Documents.at;
import static dev.backplane.core.openapi.Documents.json;
import static dev.backplane.core.openapi.Documents.names;
import static dev.backplane.core.openapi.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
  private static final JsonValue SCHEMA =
      json(
          """
          {
            "type": "object",
            "required": ["title", "secret"],
            "properties": {
              "title": {"type": "string"},
              "filter": {"type": "integer"},
              "secret": {"type": "string"},
              "price": {"$ref": "#/$defs/price"}
            },
            "additionalProperties": false,
            "$defs": {"price": {"type": "object", "properties": {"amount": {"type": "number"}}}}
          }
          """);

  @TempDir private Path directory;

  private JsonObject document(String mapping) throws Exception {
    return Documents.of(directory, mapping, Map.of(URI.create("file:/books.json"), SCHEMA));
  }

  @Test
  void document_whenAllIsServed_hasEveryOperation() throws Exception {
    JsonObject document = document("resources: {notes: memory}");
    assertThat(names(document, "/paths/~1api~1notes")).containsExactly("get", "post");
    assertThat(names(document, "/paths/~1api~1notes~1{id}"))
        .containsExactly("parameters", "get", "put", "patch", "delete");
    assertThat(names(document, "/paths"))
        .contains("/api/notes/_query", "/api/notes/_bulk", "/api/ping", "/health/ready");
  }

  @Test
  void document_whenOnlyRead_hasNoWrites() throws Exception {
    JsonObject document =
        document(
            """
            resources:
              notes: {service: memory, disabled: [create, replace, update, delete]}
              nothing: {service: memory, disabled: [list, get, create, replace, update, delete]}
            """);
    assertThat(names(document, "/paths/~1api~1notes")).containsExactly("get");
    assertThat(names(document, "/paths"))
        .contains("/api/notes/_query")
        .noneMatch(path -> path.contains("_bulk") || path.contains("nothing"));
    assertThat(all(document, "Location")).isEmpty();
    assertThat(names(document, "/components/responses")).doesNotContain("Conflict");
    assertThat(((JsonArray) at(document, "/tags")).elements()).hasSize(2);
  }

  @Test
  void put_whenItOnlyCreates_mayBeNotAllowed() throws Exception {
    String put = "/paths/~1api~1notes~1{id}/put/responses";
    JsonObject whole = document("resources: {notes: memory}");
    assertThat(names(whole, put)).contains("200", "201", "404").doesNotContain("405", "428");
    JsonObject creating = document("resources: {notes: {service: memory, disabled: [replace]}}");
    assertThat(names(creating, put)).contains("201", "405").doesNotContain("200", "204", "404");
    JsonObject replacing = document("resources: {notes: {service: memory, disabled: [create]}}");
    assertThat(names(replacing, put)).contains("200", "404", "405").doesNotContain("201");
  }

  @Test
  void document_followsTheSettingsOfTheMapping() throws Exception {
    JsonObject document =
        document(
            """
            idempotency: {resource: kept}
            resources:
              kept: memory
              notes:
                service: memory
                description: 'What costs $${this} and $1'
                id: sku
                require-match: true
                count: none
                cache-control: max-age=5
                max-page-size: 7
                page-size: 3
                max-bulk-size: 9
            """);
    String item = "/paths/~1api~1notes~1{id}";
    assertThat(names(document, item + "/delete/responses")).contains("428");
    assertThat(text(at(document, item + "/patch/parameters")))
        .contains("If-Match-Needed", "Idempotency-Key");
    assertThat(names(document, "/paths/~1api~1notes/get/responses/200/headers"))
        .contains("Cache-Control", "Backplane-Plan")
        .doesNotContain("X-Total-Count");
    assertThat(text(at(document, "/paths/~1api~1notes/get/parameters")))
        .contains("\"name\":\"sku\"", "\"maximum\":7,\"default\":3");
    assertThat(text(at(document, "/paths/~1api~1notes~1_bulk"))).contains("\"maxItems\":9");
    assertThat(text(at(document, "/tags"))).contains("What costs ${this} and $1");
    assertThat(names(document, "/components/schemas/notes/properties")).containsExactly("sku");
  }

  @Test
  void bulk_offersToWriteAllOrNothing_whereTheStoreCan() throws Exception {
    String mapping = "resources: {notes: {service: memory, max-bulk-size: 50}}";
    String bulk = "/paths/~1api~1notes~1_bulk/post";
    JsonObject single = document(mapping);
    assertThat(text(at(single, bulk))).doesNotContain("_atomic", "NothingWritten");
    assertThat(names(single, bulk + "/responses")).doesNotContain("409", "503");
    for (int most : new int[] {25, 50, 100}) {
      JsonObject atomic = Documents.of(directory, mapping, Map.of(), OptionalInt.of(most));
      assertThat(text(at(atomic, bulk + "/parameters")))
          .contains("_atomic", "At most " + Math.min(most, 50) + " at once");
      assertThat(names(atomic, bulk + "/responses")).contains("409", "422", "503", "504");
      assertThat(names(atomic, "/components/responses")).contains("NothingWritten");
    }
  }

  @Test
  void relations_haveRoutes_andWordsThatLeadNoFurtherThanOneMore() throws Exception {
    JsonObject document =
        document(
            """
            resources:
              posts:
                service: memory
                relations:
                  author: {resource: users, field: by}
              users:
                service: memory
                max-page-size: 11
                page-size: 2
                relations:
                  posts: {resource: posts, foreign-field: by}
            """);
    String route = "/paths/~1api~1users~1{id}~1posts/get";
    assertThat(at(document, route + "/operationId"))
        .isEqualTo(new JsonString("getUsersItem.posts"));
    assertThat(at(document, route + "/tags")).isEqualTo(json("[\"users\"]"));
    assertThat(text(at(document, route + "/responses/200/content")))
        .contains("#/components/schemas/posts");
    assertThat(text(at(document, "/paths/~1api~1posts~1{id}~1author/get/responses/200/content")))
        .contains("#/components/schemas/users")
        .doesNotContain("maxItems");
    assertThat(text(at(document, "/paths/~1api~1posts/get/parameters")))
        .contains("\"_expand\"", "\"_embed\"", "[\"author\",\"author.posts\"]");
    assertThat(text(at(document, "/paths/~1api~1users/get/parameters")))
        .contains("\"_embed\"", "[\"posts\",\"posts.author\"]")
        .doesNotContain("\"_expand\"");
    assertThat(text(at(document, "/paths/~1api~1posts~1{id}/get/responses/200/headers")))
        .contains("ETag-Unless-Expanded");
  }

  @Test
  void schema_isEmbedded_andItsFieldsAreWords() throws Exception {
    JsonObject document =
        document(
            """
            resources:
              books:
                service: memory
                schema: books.json
                read-only: [price.amount]
                write-only: [secret]
            """);
    JsonObject book = (JsonObject) at(document, "/components/schemas/books");
    assertThat(at(book, "/properties/price"))
        .isEqualTo(
            json(
                """
                {"$ref": "#/components/schemas/books.price",
                 "properties": {"amount": {"readOnly": true}}}
                """));
    assertThat(at(book, "/properties/secret/writeOnly")).isEqualTo(json("true"));
    assertThat(names(book, "/properties")).contains("id");
    String words = text(at(document, "/paths/~1api~1books/get/parameters"));
    assertThat(words)
        .contains("\"name\":\"filters\"", "\"name\":\"filter\"", "\"name\":\"title\"")
        .doesNotContain("\"name\":\"secret\"", "\"name\":\"price\"");
    assertThat(names(document, "/paths/~1api~1books/post/responses")).contains("422");
  }

  @Test
  void references_leadSomewhere_andComponentsAreUsed() throws Exception {
    JsonObject document =
        document("resources: {notes: memory, books: {service: memory, schema: books.json}}");
    List<String> references =
        all(document, "$ref").stream().map(reference -> reference.text().orElseThrow()).toList();
    assertThat(references).allSatisfy(reference -> at(document, reference.substring(1)));
    for (String kind : names(document, "/components")) {
      for (String name : names(document, "/components/" + kind)) {
        assertThat(references).contains("#/components/" + kind + "/" + name);
      }
    }
    assertThat(text(document)).doesNotContain("x-when", "x-use", "${");
  }

  @Test
  void examples_areValid() throws Exception {
    JsonObject document =
        document("resources: {notes: memory, books: {service: memory, schema: books.json}}");
    List<JsonValue> contents = all(document, "content");
    assertThat(contents).hasSizeGreaterThan(20);
    int examples = 0;
    for (JsonValue content : contents) {
      for (JsonValue media : ((JsonObject) content).members().values()) {
        JsonValue schema = at(media, "/schema");
        for (JsonValue example : all(media, "examples").stream().limit(1).toList()) {
          for (JsonValue each : ((JsonObject) example).members().values()) {
            assertThat(violations(document, schema, at(each, "/value"))).isEmpty();
            examples++;
          }
        }
      }
    }
    assertThat(examples).isGreaterThan(20);
  }

  private static List<?> violations(JsonObject document, JsonValue schema, JsonValue value) {
    JsonObject whole =
        JsonObject.of("components", at(document, "/components"))
            .with("allOf", JsonArray.of(schema));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text(whole), InputFormat.JSON)
        .validate(text(value), InputFormat.JSON);
  }
}
