package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Writes items: each test and its write are one request. What was there comes back in the same
 * answer, also when a condition failed.
 */
final class TableWriter {
  private final TableSettings table;
  private final ItemCodec items;
  private final ConditionalWrite conditional;

  TableWriter(TableSettings table, ItemCodec items) {
    this.table = table;
    this.items = items;
    this.conditional = new ConditionalWrite(table, items);
  }

  PutResult put(
      DynamoDbClient client, Map<String, AttributeValue> item, Precondition precondition) {
    return switch (precondition) {
      case Precondition.None none -> put(client, item, Optional.empty());
      case Precondition.Absent absent -> put(client, item, Optional.of(isMissing()));
      case Precondition.Exists exists -> put(client, item, Optional.of(isThere()));
      case Precondition.Matches matches -> conditional.put(client, item, matches.version());
    };
  }

  private PutResult put(
      DynamoDbClient client, Map<String, AttributeValue> item, Optional<Condition> condition) {
    PutItemRequest.Builder request =
        PutItemRequest.builder()
            .tableName(table.table())
            .item(item)
            .returnValues(ReturnValue.ALL_OLD)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    condition.ifPresent(test -> {
      Aliases aliases = new Aliases();
      request
          .conditionExpression(test.text().apply(aliases))
          .expressionAttributeNames(aliases.names());
    });
    Item stored = items.read(item);
    try {
      Map<String, AttributeValue> before = client.putItem(request.build()).attributes();
      return before.isEmpty() ? new PutResult.Created(stored) : new PutResult.Replaced(stored);
    } catch (ConditionalCheckFailedException failed) {
      Optional<Item> current = current(failed);
      // an attempt of this very write got through and only its answer was lost
      return current.equals(Optional.of(stored))
          ? new PutResult.Created(stored)
          : new PutResult.PreconditionFailed(current);
    }
  }

  DeleteResult delete(DynamoDbClient client, AttributeValue key, Precondition precondition) {
    return switch (precondition) {
      case Precondition.None none -> delete(client, key);
      case Precondition.Exists exists -> delete(client, key);
      case Precondition.Absent absent -> refuse(client, key);
      case Precondition.Matches matches -> conditional.delete(client, key, matches.version());
    };
  }

  /** On a condition also where none is asked for: without one, several may seem to delete it. */
  private DeleteResult delete(DynamoDbClient client, AttributeValue key) {
    Aliases aliases = new Aliases();
    DeleteItemRequest request =
        DeleteItemRequest.builder()
            .tableName(table.table())
            .key(items.keyMap(key))
            .conditionExpression(isThere().text().apply(aliases))
            .expressionAttributeNames(aliases.names())
            .returnValues(ReturnValue.ALL_OLD)
            .build();
    try {
      return new DeleteResult.Deleted(items.read(client.deleteItem(request).attributes()));
    } catch (ConditionalCheckFailedException missing) {
      return new DeleteResult.Missing();
    }
  }

  private DeleteResult refuse(DynamoDbClient client, AttributeValue key) {
    return conditional
        .read(client, key)
        .<DeleteResult>map(item -> new DeleteResult.PreconditionFailed(items.read(item)))
        .orElseGet(DeleteResult.Missing::new);
  }

  private Optional<Item> current(ConditionalCheckFailedException failed) {
    return failed.item().isEmpty() ? Optional.empty() : Optional.of(items.read(failed.item()));
  }

  private Condition isMissing() {
    return Condition.missing(List.of(table.key()));
  }

  private Condition isThere() {
    return Condition.exists(List.of(table.key()));
  }
}
