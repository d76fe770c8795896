package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.PutResult;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Puts items over others of which the time of creation is kept. A put cannot refer to what it
 * replaces, so that is read first, and the put made on the condition that the time is still the
 * same. Only who creates or deletes the item in between makes it begin again.
 */
final class KeepingWrite {
  private static final int MOST_ATTEMPTS = 10;

  private final TableSettings table;
  private final ItemCodec items;
  private final ConditionalWrite conditional;
  private final StateConditions states;
  private final Timestamps timestamps;
  private final Expiry expiry;

  KeepingWrite(
      TableSettings table, ItemCodec items, ConditionalWrite conditional, StateConditions states) {
    this.table = table;
    this.items = items;
    this.conditional = conditional;
    this.states = states;
    this.timestamps = table.fields().timestamps();
    this.expiry = table.fields().expiry();
  }

  /** Whether a put over another item has to read that. */
  boolean isNeeded() {
    return timestamps.created().isPresent();
  }

  /**
   * Puts an item.
   *
   * @param mustExist whether the put fails where there is none
   */
  PutResult put(
      DynamoDbClient client, Map<String, AttributeValue> item, boolean mustExist, Instant now) {
    Optional<Map<String, AttributeValue>> before = conditional.read(client, items.key(item), now);
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      if (before.isEmpty() && mustExist) {
        return new PutResult.PreconditionFailed(Optional.empty());
      }
      Map<String, AttributeValue> stamped =
          before
              .map(replaced -> timestamps.ofNext(item, replaced, now))
              .orElseGet(() -> timestamps.ofNew(item, now));
      Condition condition =
          before
              .map(replaced -> states.isSame(replaced, now))
              .orElseGet(() -> Puts.isAbsent(table, now));
      try {
        client.putItem(Puts.once(Puts.request(table, stamped, Optional.of(condition))));
        return done(before.isPresent(), stamped);
      } catch (ConditionalCheckFailedException failed) {
        if (Puts.isWritten(table, stamped, failed.item())) {
          return done(before.isPresent(), failed.item());
        }
        Puts.requireOnlyAttempt(failed);
        before = expiry.alive(failed.item(), now);
      }
    }
    throw new StoreException(
        Reason.THROTTLED, "Others create and delete this item all the time: try again.");
  }

  private PutResult done(boolean replaced, Map<String, AttributeValue> stored) {
    return replaced
        ? new PutResult.Replaced(items.read(stored))
        : new PutResult.Created(items.read(stored));
  }
}
