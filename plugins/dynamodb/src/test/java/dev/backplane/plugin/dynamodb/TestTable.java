package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

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
    TableSettings table = settings(name, settings);
    Map<String, AttributeDefinition> attributes = new LinkedHashMap<>();
    define(table.keys(), attributes);
    List<GlobalSecondaryIndex> globals = new ArrayList<>();
    List<LocalSecondaryIndex> locals = new ArrayList<>();
    for (AccessPath path : table.indexes().declared().orElse(List.of())) {
      define(path.keys(), attributes);
      Projection projection =
          Projection.builder()
              .projectionType(path.whole() ? ProjectionType.ALL : ProjectionType.KEYS_ONLY)
              .build();
      if (path.global()) {
        globals.add(
            GlobalSecondaryIndex.builder()
                .indexName(path.index())
                .keySchema(path.keys().elements())
                .projection(projection)
                .build());
      } else {
        locals.add(
            LocalSecondaryIndex.builder()
                .indexName(path.index())
                .keySchema(path.keys().elements())
                .projection(projection)
                .build());
      }
    }
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(table.keys().elements())
            .attributeDefinitions(attributes.values());
    if (!globals.isEmpty()) {
      request.globalSecondaryIndexes(globals);
    }
    if (!locals.isEmpty()) {
      request.localSecondaryIndexes(locals);
    }
    return request.build();
  }

  private static void define(KeySchema keys, Map<String, AttributeDefinition> attributes) {
    keys.attributes()
        .forEach(key ->
            attributes.putIfAbsent(
                key.name(),
                AttributeDefinition.builder()
                    .attributeName(key.name())
                    .attributeType(key.type().scalar())
                    .build()));
  }
}
