package dev.backplane.core.schema;

import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the tests of schemas have in common. */
final class SchemaTests {
  private SchemaTests() {}

  static JsonSchema schema(Path directory, String json) throws IOException {
    return new JsonSchemas(Json.CODEC)
        .read(Files.writeString(directory.resolve("schema.json"), json));
  }

  static JsonValue json(String text) {
    return Json.CODEC.read(text.getBytes(StandardCharsets.UTF_8));
  }

  static Map<String, String> check(JsonSchema schema, String body) {
    return check(schema, (JsonObject) json(body));
  }

  static Map<String, String> check(JsonSchema schema, JsonObject body) {
    Map<String, String> found = new LinkedHashMap<>();
    schema
        .check(body, any -> true, 50)
        .forEach(violation ->
            found.merge(violation.pointer(), violation.message(), (a, b) -> a + ", and " + b));
    return found;
  }
}
