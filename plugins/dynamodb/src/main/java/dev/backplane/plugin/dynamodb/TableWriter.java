package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import java.time.Clock;
import java.time.Instant;
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
 * answer, also when a condition failed. An item that has ended counts as none.
 */
final class TableWriter {
  private final TableSettings table;
  private final ItemCodec items;
  private final StateConditions states;
  private final ConditionalWrite conditional;
  private final KeepingWrite keeping;
  private final Expiry expiry;
  private final Clock clock;

  TableWriter(TableSettings table, ItemCodec items, Clock clock) {
    this.table = table;
    this.items = items;
    this.states = new StateConditions(table);
    this.conditional = new ConditionalWrite(table, items, states);
    this.keeping = new KeepingWrite(table, items, conditional, states);
    this.expiry = table.fields().expiry();
    this.clock = clock;
  }

  PutResult put(
      DynamoDbClient client, Map<String, AttributeValue> item, Precondition precondition) {
    Instant now = clock.instant();
    if (precondition instanceof Precondition.Matches matches
        && (keeping.isNeeded() || !states.isKnown(matches.version()))) {
      return conditional.put(client, item, matches.version(), now);
    }
    if (keeping.isNeeded() && !(precondition instanceof Precondition.Absent)) {
      return keeping.put(client, item, precondition instanceof Precondition.Exists, now);
    }
    return putAtOnce(client, item, precondition, now);
  }

  private PutResult putAtOnce(
      DynamoDbClient client,
      Map<String, AttributeValue> item,
      Precondition precondition,
      Instant now) {
    Map<String, AttributeValue> stamped = table.fields().timestamps().ofNew(item, now);
    Item stored = items.read(stamped);
    PutItemRequest put = Puts.request(table, stamped, states.of(precondition, now));
    boolean ofState = precondition instanceof Precondition.Matches;
    try {
      Map<String, AttributeValue> before =
          client.putItem(ofState ? put : Puts.once(put)).attributes();
      return expiry.alive(before, now).isEmpty()
          ? new PutResult.Created(stored)
          : new PutResult.Replaced(stored);
    } catch (ConditionalCheckFailedException failed) {
      if (!Puts.isWritten(table, stamped, failed.item())) {
        Puts.requireOnlyAttempt(failed);
        return new PutResult.PreconditionFailed(current(failed, now));
      }
      Item current = items.read(failed.item()); // with what others have added since
      return precondition instanceof Precondition.Absent
          ? new PutResult.Created(current)
          : new PutResult.Replaced(current);
    }
  }

  DeleteResult delete(
      DynamoDbClient client, Map<String, AttributeValue> key, Precondition precondition) {
    Instant now = clock.instant();
    return switch (precondition) {
      case Precondition.None none -> delete(client, key, states.isPresent(now), now);
      case Precondition.Exists some -> delete(client, key, states.isPresent(now), now);
      case Precondition.Absent none -> refuse(client, key, now);
      case Precondition.Matches matches ->
          states.isKnown(matches.version())
              ? delete(client, key, states.isVersion(matches.version(), now), now)
              : conditional.delete(client, key, matches.version(), now);
    };
  }

  /** On a condition also where none is asked for: without one, several may seem to delete it. */
  private DeleteResult delete(
      DynamoDbClient client, Map<String, AttributeValue> key, Condition condition, Instant now) {
    Aliases aliases = new Aliases();
    DeleteItemRequest.Builder request =
        DeleteItemRequest.builder()
            .tableName(table.table())
            .key(key)
            .conditionExpression(condition.text().apply(aliases))
            .expressionAttributeNames(aliases.names())
            .overrideConfiguration(Puts.oneWait())
            .returnValues(ReturnValue.ALL_OLD)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (!aliases.values().isEmpty()) {
      request.expressionAttributeValues(aliases.values());
    }
    try {
      return new DeleteResult.Deleted(items.read(client.deleteItem(request.build()).attributes()));
    } catch (ConditionalCheckFailedException failed) {
      return current(failed, now)
          .<DeleteResult>map(DeleteResult.PreconditionFailed::new)
          .orElseGet(DeleteResult.Missing::new);
    }
  }

  private DeleteResult refuse(DynamoDbClient client, Map<String, AttributeValue> key, Instant now) {
    return conditional
        .read(client, key, now)
        .<DeleteResult>map(item -> new DeleteResult.PreconditionFailed(items.read(item)))
        .orElseGet(DeleteResult.Missing::new);
  }

  private Optional<Item> current(ConditionalCheckFailedException failed, Instant now) {
    return expiry.alive(failed.item(), now).map(items::read);
  }
}
