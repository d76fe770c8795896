package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** A table as a resource of CloudFormation, which says the same as the request that makes it. */
final class TableTemplate {
  private static final int LONGEST_LOGICAL_ID = 200;

  private TableTemplate() {}

  /** What the table is called in a template: {@code my-users} is {@code MyUsersTable}. */
  static String logicalId(TableDefinition table) {
    StringBuilder id = new StringBuilder();
    for (String word : table.name().split("[^a-zA-Z0-9]+", -1)) {
      if (!word.isEmpty()) {
        id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    id.setLength(Math.min(id.length(), LONGEST_LOGICAL_ID));
    return id + "Table";
  }

  static JsonObject resource(TableDefinition table) {
    CreateTableRequest request = table.request();
    JsonObject.Builder properties =
        JsonObject.builder()
            .put("TableName", text(request.tableName()))
            .put("BillingMode", text(request.billingModeAsString()))
            .put("AttributeDefinitions", array(request.attributeDefinitions(), TableTemplate::of))
            .put("KeySchema", keys(request.keySchema()));
    if (request.hasGlobalSecondaryIndexes()) {
      properties.put(
          "GlobalSecondaryIndexes",
          array(
              request.globalSecondaryIndexes(),
              index -> index(index.indexName(), index.keySchema(), index.projection())));
    }
    if (request.hasLocalSecondaryIndexes()) {
      properties.put(
          "LocalSecondaryIndexes",
          array(
              request.localSecondaryIndexes(),
              index -> index(index.indexName(), index.keySchema(), index.projection())));
    }
    table
        .ttl()
        .ifPresent(attribute ->
            properties.put(
                "TimeToLiveSpecification",
                JsonObject.of("AttributeName", text(attribute)).with("Enabled", JsonBoolean.TRUE)));
    properties
        .put(
            "PointInTimeRecoverySpecification",
            JsonObject.of("PointInTimeRecoveryEnabled", JsonBoolean.TRUE))
        .put("SSESpecification", JsonObject.of("SSEEnabled", JsonBoolean.TRUE));
    return JsonObject.of("Type", text("AWS::DynamoDB::Table"))
        // the data outlives a stack that is removed, or a table that has to be replaced
        .with("DeletionPolicy", text("Retain"))
        .with("UpdateReplacePolicy", text("Retain"))
        .with("Properties", properties.build());
  }

  private static JsonValue index(
      String name, List<KeySchemaElement> elements, Projection projection) {
    return JsonObject.of("IndexName", text(name))
        .with("KeySchema", keys(elements))
        .with(
            "Projection",
            JsonObject.of("ProjectionType", text(projection.projectionTypeAsString())));
  }

  private static JsonValue of(AttributeDefinition attribute) {
    return JsonObject.of("AttributeName", text(attribute.attributeName()))
        .with("AttributeType", text(attribute.attributeTypeAsString()));
  }

  private static JsonValue keys(List<KeySchemaElement> elements) {
    return array(
        elements,
        element ->
            JsonObject.of("AttributeName", text(element.attributeName()))
                .with("KeyType", text(element.keyTypeAsString())));
  }

  private static <T> JsonArray array(List<T> elements, Function<T, JsonValue> each) {
    return new JsonArray(elements.stream().map(each).toList());
  }

  private static JsonString text(String text) {
    return new JsonString(text);
  }
}
