package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** Tables, as a mapping's settings say them. */
final class TestTable {
  private TestTable() {}

  /** Settings in JSON, with single quotes. */
  static JsonObject json(String text) {
    return (JsonObject)
        TestContext.of(JsonObject.empty(), Path.of(""))
            .json()
            .read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** A table whose key is the text in "id". */
  static TableSettings settings(String table) {
    return settings(table, JsonObject.empty());
  }

  static TableSettings settings(String table, JsonObject more) {
    JsonObject settings =
        JsonObject.builder().put("table", new JsonString(table)).putAll(more).build();
    return TableSettings.read(TestContext.of(settings, Path.of("")));
  }

  /** What makes a table that fits the settings. */
  static CreateTableRequest definition(String name, JsonObject settings) {
    return TableDefinition.of(settings(name, settings)).request();
  }
}
