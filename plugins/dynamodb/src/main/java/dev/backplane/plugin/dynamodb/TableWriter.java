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
  private final Condition absent;
  private final Condition present;

  TableWriter(TableSettings table, ItemCodec items) {
    this.table = table;
    this.items = items;
    this.conditional = new ConditionalWrite(table, items);
    List<String> key = List.of(table.keys().partition().name());
    this.absent = Condition.missing(key);
    this.present = Condition.exists(key);
  }

  PutResult put(
      DynamoDbClient client, Map<String, AttributeValue> item, Precondition precondition) {
    return switch (precondition) {
      case Precondition.None none -> put(client, item, Optional.empty());
      case Precondition.Absent none -> put(client, item, Optional.of(absent));
      case Precondition.Exists some -> put(client, item, Optional.of(present));
      case Precondition.Matches matches ->
          isKnown(matches.version())
              ? put(client, item, Optional.of(isVersion(matches.version())))
              : conditional.put(client, item, matches.version());
    };
  }

  /** Whether the version attribute alone tells the state of an item. */
  private boolean isKnown(String version) {
    return !table.shared() && ItemCodec.isOurs(version);
  }

  private Condition isVersion(String version) {
    return Condition.equal(table.version(), AttributeValue.fromS(version));
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
      if (!aliases.values().isEmpty()) {
        request.expressionAttributeValues(aliases.values());
      }
    });
    Item stored = items.read(item);
    try {
      Map<String, AttributeValue> before = client.putItem(request.build()).attributes();
      return before.isEmpty() ? new PutResult.Created(stored) : new PutResult.Replaced(stored);
    } catch (ConditionalCheckFailedException failed) {
      Optional<Item> current = current(failed);
      if (!current.equals(Optional.of(stored))) {
        return new PutResult.PreconditionFailed(current);
      }
      // an attempt of this very write got through and only its answer was lost
      return condition.equals(Optional.of(absent))
          ? new PutResult.Created(stored)
          : new PutResult.Replaced(stored);
    }
  }

  DeleteResult delete(
      DynamoDbClient client, Map<String, AttributeValue> key, Precondition precondition) {
    return switch (precondition) {
      case Precondition.None none -> delete(client, key, present);
      case Precondition.Exists some -> delete(client, key, present);
      case Precondition.Absent none -> refuse(client, key);
      case Precondition.Matches matches ->
          isKnown(matches.version())
              ? delete(client, key, isVersion(matches.version()))
              : conditional.delete(client, key, matches.version());
    };
  }

  /** On a condition also where none is asked for: without one, several may seem to delete it. */
  private DeleteResult delete(
      DynamoDbClient client, Map<String, AttributeValue> key, Condition condition) {
    Aliases aliases = new Aliases();
    DeleteItemRequest.Builder request =
        DeleteItemRequest.builder()
            .tableName(table.table())
            .key(key)
            .conditionExpression(condition.text().apply(aliases))
            .expressionAttributeNames(aliases.names())
            .returnValues(ReturnValue.ALL_OLD)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (!aliases.values().isEmpty()) {
      request.expressionAttributeValues(aliases.values());
    }
    try {
      return new DeleteResult.Deleted(items.read(client.deleteItem(request.build()).attributes()));
    } catch (ConditionalCheckFailedException failed) {
      return current(failed)
          .<DeleteResult>map(DeleteResult.PreconditionFailed::new)
          .orElseGet(DeleteResult.Missing::new);
    }
  }

  private DeleteResult refuse(DynamoDbClient client, Map<String, AttributeValue> key) {
    return conditional
        .read(client, key)
        .<DeleteResult>map(item -> new DeleteResult.PreconditionFailed(items.read(item)))
        .orElseGet(DeleteResult.Missing::new);
  }

  private Optional<Item> current(ConditionalCheckFailedException failed) {
    return failed.item().isEmpty() ? Optional.empty() : Optional.of(items.read(failed.item()));
  }
}
