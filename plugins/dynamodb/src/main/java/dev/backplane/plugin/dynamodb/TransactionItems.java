package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Precondition;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Makes the parts of a transaction, with conditions as single writes have them. */
final class TransactionItems {
  private static final ReturnValuesOnConditionCheckFailure WHAT_IS_THERE =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;

  private final TableSettings table;
  private final ItemCodec items;
  private final StateConditions states;
  private final Timestamps timestamps;
  private final Instant now;

  TransactionItems(TableSettings table, ItemCodec items, Instant now) {
    this.table = table;
    this.items = items;
    this.states = new StateConditions(table);
    this.timestamps = table.fields().timestamps();
    this.now = now;
  }

  PreparedWrite prepare(Write write) {
    return PreparedWrite.of(write, items);
  }

  /** Whether the item has to be read to know whether the precondition holds. */
  boolean needsState(PreparedWrite prepared) {
    return switch (prepared.write().precondition()) {
      case Precondition.Matches matches -> !states.isKnown(matches.version());
      // never done, so the service is not asked; who asked is told what is there
      case Precondition.Absent absent -> prepared.write() instanceof Write.Delete;
      case Precondition.None none -> keeps(prepared);
      case Precondition.Exists exists -> keeps(prepared);
    };
  }

  /** Whether it is a put over whatever there is, of which the time of creation is kept. */
  boolean keeps(PreparedWrite prepared) {
    Precondition precondition = prepared.write().precondition();
    boolean any =
        precondition instanceof Precondition.None || precondition instanceof Precondition.Exists;
    return any && prepared.attributes().isPresent() && timestamps.created().isPresent();
  }

  /** What a put stores, with its times. */
  Optional<Map<String, AttributeValue>> stored(
      PreparedWrite prepared, Optional<Map<String, AttributeValue>> before) {
    return prepared
        .attributes()
        .map(item ->
            before
                .map(old -> timestamps.ofNext(item, old, now))
                .orElseGet(() -> timestamps.ofNew(item, now)));
  }

  /** Why the write cannot be done with the item as it is. */
  Optional<Refusal> refusal(PreparedWrite prepared, Optional<Map<String, AttributeValue>> item) {
    if (prepared.impossible().isPresent()) {
      return Optional.of(new Refusal.Failed(prepared.impossible().get()));
    }
    boolean deletes = prepared.write() instanceof Write.Delete;
    boolean holds =
        switch (prepared.write().precondition()) {
          case Precondition.None none -> true;
          case Precondition.Absent absent -> item.isEmpty();
          case Precondition.Exists exists -> item.isPresent();
          case Precondition.Matches matches ->
              item.filter(found -> isState(found, matches.version())).isPresent();
        };
    return holds && !(deletes && item.isEmpty())
        ? Optional.empty()
        : Optional.of(new Refusal.PreconditionFailed(item.map(items::read)));
  }

  private boolean isState(Map<String, AttributeValue> item, String version) {
    return items.version(item).equals(version);
  }

  /**
   * The part of the transaction.
   *
   * @param prepared the write
   * @param before the item, where it was read
   */
  TransactWriteItem item(PreparedWrite prepared, Optional<Map<String, AttributeValue>> before) {
    Aliases aliases = new Aliases();
    Optional<String> condition =
        condition(prepared, before).map(test -> test.text().apply(aliases));
    Optional<Map<String, AttributeValue>> stored = stored(prepared, before);
    if (stored.isEmpty()) {
      return TransactWriteItem.builder()
          .delete(delete(prepared.key().orElseThrow(), condition, aliases))
          .build();
    }
    Map<String, AttributeValue> after = stored.get();
    Optional<Difference> difference =
        before
            .filter(old -> !keeps(prepared))
            .map(old -> new Difference(table.keys(), old, after))
            .filter(Difference::fits);
    return difference.isPresent()
        ? TransactWriteItem.builder()
            .update(update(items.key(after), difference.get(), condition, aliases))
            .build()
        : TransactWriteItem.builder().put(put(after, condition, aliases)).build();
  }

  private Optional<Condition> condition(
      PreparedWrite prepared, Optional<Map<String, AttributeValue>> before) {
    if (keeps(prepared)) {
      return Optional.of(
          before.map(old -> states.isSame(old, now)).orElseGet(() -> states.absent(now)));
    }
    if (before.isPresent()) {
      return before.map(states::unchanged);
    }
    return switch (prepared.write().precondition()) {
      case Precondition.None none ->
          prepared.write() instanceof Write.Delete
              ? Optional.of(states.present(now))
              : Optional.empty();
      case Precondition.Absent absent -> Optional.of(states.absent(now));
      case Precondition.Exists exists -> Optional.of(states.present(now));
      case Precondition.Matches matches -> Optional.of(states.isVersion(matches.version(), now));
    };
  }

  private Put put(Map<String, AttributeValue> item, Optional<String> condition, Aliases aliases) {
    return Put.builder()
        .tableName(table.table())
        .item(item)
        .conditionExpression(condition.orElse(null))
        .expressionAttributeNames(names(aliases))
        .expressionAttributeValues(values(aliases))
        .returnValuesOnConditionCheckFailure(WHAT_IS_THERE)
        .build();
  }

  /** Of what differs, so that an attribute that others add meanwhile is not lost. */
  private Update update(
      Map<String, AttributeValue> key,
      Difference difference,
      Optional<String> condition,
      Aliases aliases) {
    return Update.builder()
        .tableName(table.table())
        .key(key)
        .updateExpression(difference.expression(aliases))
        .conditionExpression(condition.orElse(null))
        .expressionAttributeNames(names(aliases))
        .expressionAttributeValues(values(aliases))
        .returnValuesOnConditionCheckFailure(WHAT_IS_THERE)
        .build();
  }

  private Delete delete(
      Map<String, AttributeValue> key, Optional<String> condition, Aliases aliases) {
    return Delete.builder()
        .tableName(table.table())
        .key(key)
        .conditionExpression(condition.orElse(null))
        .expressionAttributeNames(names(aliases))
        .expressionAttributeValues(values(aliases))
        .returnValuesOnConditionCheckFailure(WHAT_IS_THERE)
        .build();
  }

  /** The service refuses names and values that are there and empty. */
  private static @Nullable Map<String, String> names(Aliases aliases) {
    return aliases.names().isEmpty() ? null : aliases.names();
  }

  private static @Nullable Map<String, AttributeValue> values(Aliases aliases) {
    return aliases.values().isEmpty() ? null : aliases.values();
  }
}
