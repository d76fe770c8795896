package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** How a whole item is put: what was there comes back, also when a condition failed. */
final class Puts {
  /**
   * Of a write that would do harm if it came late, after others that followed it: an attempt that
   * gets no answer may still be on its way, so no other is made that would let it be forgotten. It
   * lasts as long as the call, which then fails.
   */
  private static final AwsRequestOverrideConfiguration ONE_WAIT =
      AwsRequestOverrideConfiguration.builder().apiCallAttemptTimeout(Duration.ofHours(1)).build();

  private Puts() {}

  /** The settings of a call that writes whatever version the item has. */
  static AwsRequestOverrideConfiguration oneWait() {
    return ONE_WAIT;
  }

  /** The same put, which must not come late. */
  static PutItemRequest once(PutItemRequest put) {
    return put.toBuilder().overrideConfiguration(ONE_WAIT).build();
  }

  /**
   * Refuses to tell what a failed condition means where an attempt before it got no answer: that
   * one may have written, and others may have changed the item since.
   */
  static void requireOnlyAttempt(ConditionalCheckFailedException failed) {
    Integer attempts = failed.numAttempts();
    if (attempts != null && attempts > 1) {
      throw new StoreException(
          StoreException.Reason.UNAVAILABLE,
          "The backend of this resource does not say whether it wrote the item.",
          failed);
    }
  }

  static PutItemRequest request(
      TableSettings table, Map<String, AttributeValue> item, Optional<Condition> condition) {
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
    return request.build();
  }

  /** That there is an item, ended or not. */
  static Condition isPresent(TableSettings table) {
    return Condition.exists(List.of(table.keys().partition().name()));
  }

  /** That there is no item, or only one that has ended. */
  static Condition isAbsent(TableSettings table, Instant now) {
    Condition missing = Condition.missing(List.of(table.keys().partition().name()));
    return table
        .fields()
        .expiry()
        .isOver(now)
        .map(over -> Condition.or(List.of(missing, over)))
        .orElse(missing);
  }

  /**
   * Whether an item carries the version attribute of this very write, which is new with each: then
   * an attempt of it got through and only its answer was lost.
   */
  static boolean isWritten(
      TableSettings table, Map<String, AttributeValue> item, Map<String, AttributeValue> current) {
    return Objects.equals(item.get(table.version()), current.get(table.version()));
  }
}
