package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.PutResult;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Writes on the condition that an item still is in the state that a version names. The version is a
 * hash, which the service cannot compute: so the item is read, its hash compared, and the write
 * made on the condition that every attribute is still as it was read. That also notices a program
 * that changes an item and leaves our version attribute as it was.
 *
 * <p>No condition can say "and no other attributes". A put is therefore an update of what differs:
 * an attribute that somebody adds between the read and the write stays, instead of being lost.
 */
final class ConditionalWrite {
  private final TableSettings table;
  private final ItemCodec items;
  private final StateConditions states;
  private final Expiry expiry;

  ConditionalWrite(TableSettings table, ItemCodec items, StateConditions states) {
    this.table = table;
    this.items = items;
    this.states = states;
    this.expiry = table.fields().expiry();
  }

  PutResult put(
      DynamoDbClient client, Map<String, AttributeValue> item, String version, Instant now) {
    Optional<Map<String, AttributeValue>> before = read(client, items.key(item), now);
    if (before.isEmpty()) {
      return new PutResult.PreconditionFailed(Optional.empty());
    }
    if (!items.version(before.get()).equals(version)) {
      return new PutResult.PreconditionFailed(before.map(items::read));
    }
    Map<String, AttributeValue> after = table.fields().timestamps().ofNext(item, before.get(), now);
    try {
      return new PutResult.Replaced(replace(client, before.get(), after));
    } catch (ConditionalCheckFailedException failed) {
      Map<String, AttributeValue> current = failed.item();
      if (Puts.isWritten(table, item, current)) {
        return new PutResult.Replaced(items.read(current));
      }
      Puts.requireOnlyAttempt(failed);
      return new PutResult.PreconditionFailed(expiry.alive(current, now).map(items::read));
    }
  }

  DeleteResult delete(
      DynamoDbClient client, Map<String, AttributeValue> key, String version, Instant now) {
    Optional<Map<String, AttributeValue>> before = read(client, key, now);
    if (before.isEmpty()) {
      return new DeleteResult.Missing();
    }
    if (!items.version(before.get()).equals(version)) {
      return new DeleteResult.PreconditionFailed(items.read(before.get()));
    }
    Aliases aliases = new Aliases();
    DeleteItemRequest request =
        DeleteItemRequest.builder()
            .tableName(table.table())
            .key(key)
            .conditionExpression(states.isUnchanged(before.get()).text().apply(aliases))
            .expressionAttributeNames(aliases.names())
            .expressionAttributeValues(aliases.values())
            .returnValues(ReturnValue.ALL_OLD)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    try {
      return new DeleteResult.Deleted(items.read(client.deleteItem(request).attributes()));
    } catch (ConditionalCheckFailedException failed) {
      return expiry
          .alive(failed.item(), now)
          .<DeleteResult>map(item -> new DeleteResult.PreconditionFailed(items.read(item)))
          .orElseGet(DeleteResult.Missing::new);
    }
  }

  /** The item, unless it has ended. Always consistently: a write relies on it. */
  Optional<Map<String, AttributeValue>> read(
      DynamoDbClient client, Map<String, AttributeValue> key, Instant now) {
    Map<String, AttributeValue> item =
        client
            .getItem(request -> request.tableName(table.table()).key(key).consistentRead(true))
            .item();
    return expiry.alive(item, now);
  }

  private Item replace(
      DynamoDbClient client,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after) {
    Aliases aliases = new Aliases();
    String condition = states.isUnchanged(before).text().apply(aliases);
    Difference difference = new Difference(table.keys(), before, after);
    if (!difference.fits()) {
      return replaceWhole(client, before, after);
    }
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(table.table())
            .key(items.key(before))
            .updateExpression(difference.expression(aliases))
            .conditionExpression(condition)
            .expressionAttributeNames(aliases.names())
            .expressionAttributeValues(aliases.values())
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return items.read(client.updateItem(request).attributes());
  }

  /** For items with so many attributes that one expression cannot name them. */
  private Item replaceWhole(
      DynamoDbClient client,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after) {
    client.putItem(Puts.request(table, after, Optional.of(states.isUnchanged(before))));
    return items.read(after);
  }
}
