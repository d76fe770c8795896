package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
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
  private final KeepingWrite keeping;
  private final Timestamps timestamps;
  private final Clock clock;
  private final Condition absent;
  private final Condition present;

  TableWriter(TableSettings table, ItemCodec items, Clock clock) {
    this.table = table;
    this.items = items;
    this.conditional = new ConditionalWrite(table, items);
    this.keeping = new KeepingWrite(table, items, conditional);
    this.timestamps = table.fields().timestamps();
    this.clock = clock;
    List<String> key = List.of(table.keys().partition().name());
    this.absent = Condition.missing(key);
    this.present = Condition.exists(key);
  }

  PutResult put(
      DynamoDbClient client, Map<String, AttributeValue> item, Precondition precondition) {
    Instant now = clock.instant();
    Map<String, AttributeValue> stamped = timestamps.ofNew(item, now);
    boolean keeps = keeping.isNeeded();
    return switch (precondition) {
      case Precondition.Absent none -> put(client, stamped, Optional.of(absent));
      case Precondition.None none ->
          keeps ? keeping.put(client, item, false, now) : put(client, stamped, Optional.empty());
      case Precondition.Exists some ->
          keeps ? keeping.put(client, item, true, now) : put(client, stamped, Optional.of(present));
      case Precondition.Matches matches ->
          isKnown(matches.version()) && !keeps
              ? put(client, stamped, Optional.of(isVersion(matches.version())))
              : conditional.put(client, item, matches.version(), now);
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
    Item stored = items.read(item);
    try {
      Map<String, AttributeValue> before =
          client.putItem(Puts.request(table, item, condition)).attributes();
      return before.isEmpty() ? new PutResult.Created(stored) : new PutResult.Replaced(stored);
    } catch (ConditionalCheckFailedException failed) {
      if (!Puts.isWritten(table, item, failed.item())) {
        return new PutResult.PreconditionFailed(current(failed));
      }
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
