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
  private final boolean keeps;

  TransactionItems(TableSettings table, ItemCodec items) {
    this.table = table;
    this.items = items;
    this.states = new StateConditions(table);
    this.keeps = table.fields().timestamps().created().isPresent();
  }

  /** Whether the item has to be read before it can be written, or be refused. */
  boolean needsItem(PreparedWrite prepared) {
    boolean puts = prepared.write() instanceof Write.Put;
    return switch (prepared.write().precondition()) {
      case Precondition.Matches matches -> (puts && keeps) || !states.isKnown(matches.version());
      // a delete of what is absent is never done, so the service is not asked
      case Precondition.Absent absent -> !puts;
      case Precondition.None none -> puts && keeps;
      case Precondition.Exists exists -> puts && keeps;
    };
  }

  /** Why the write cannot be done with the item as it is; empty when it can. */
  Optional<Refusal> refusal(PreparedWrite prepared, Optional<Map<String, AttributeValue>> item) {
    if (prepared.impossible().isPresent()) {
      return Optional.of(new Refusal.Failed(prepared.impossible().get()));
    }
    boolean holds =
        switch (prepared.write().precondition()) {
          case Precondition.None none -> true;
          case Precondition.Absent absent -> item.isEmpty();
          case Precondition.Exists exists -> item.isPresent();
          case Precondition.Matches matches ->
              item.filter(it -> items.version(it).equals(matches.version())).isPresent();
        };
    boolean missing = prepared.write() instanceof Write.Delete && item.isEmpty();
    return holds && !missing
        ? Optional.empty()
        : Optional.of(new Refusal.PreconditionFailed(item.map(items::read)));
  }

  /** The write with the times that it leaves in the item. */
  PreparedWrite stamped(
      PreparedWrite prepared, Optional<Map<String, AttributeValue>> before, Instant now) {
    Timestamps timestamps = table.fields().timestamps();
    return prepared
        .attributes()
        .map(item ->
            before
                .map(replaced -> timestamps.ofNext(item, replaced, now))
                .orElseGet(() -> timestamps.ofNew(item, now)))
        .map(prepared::storing)
        .orElse(prepared);
  }

  /**
   * The part of the transaction.
   *
   * @param prepared the write, which can be done as far as is known
   * @param before the item, where it was read and is there
   * @param now what the write counts as its time
   */
  TransactWriteItem item(
      PreparedWrite prepared, Optional<Map<String, AttributeValue>> before, Instant now) {
    Aliases aliases = new Aliases();
    Optional<String> condition =
        condition(prepared, before, now).map(test -> test.text().apply(aliases));
    if (prepared.attributes().isEmpty()) {
      return TransactWriteItem.builder()
          .delete(delete(prepared.key().orElseThrow(), condition, aliases))
          .build();
    }
    Map<String, AttributeValue> after = prepared.attributes().get();
    Optional<Difference> difference =
        before
            .filter(old -> prepared.write().precondition() instanceof Precondition.Matches)
            .map(old -> new Difference(table.keys(), old, after))
            .filter(Difference::fits);
    return difference.isPresent()
        ? TransactWriteItem.builder()
            .update(update(items.key(after), difference.get(), condition, aliases))
            .build()
        : TransactWriteItem.builder().put(put(after, condition, aliases)).build();
  }

  private Optional<Condition> condition(
      PreparedWrite prepared, Optional<Map<String, AttributeValue>> before, Instant now) {
    Precondition precondition = prepared.write().precondition();
    if (before.isPresent() && precondition instanceof Precondition.Matches) {
      return before.map(states::isUnchanged);
    }
    if (prepared.write() instanceof Write.Delete) {
      return states.of(precondition, now).or(() -> Optional.of(states.isPresent(now)));
    }
    if (keeps && !(precondition instanceof Precondition.Absent)) {
      return Optional.of(
          before
              .map(replaced -> states.isSame(replaced, now))
              .orElseGet(() -> Puts.isAbsent(table, now)));
    }
    return states.of(precondition, now);
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
    String expression = difference.expression(aliases);
    return Update.builder()
        .tableName(table.table())
        .key(key)
        .updateExpression(expression)
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
