package dev.backplane.plugin.dynamodb;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How a list is read. */
sealed interface ReadPlan {
  /** Not at all: no item can match. */
  record Nothing() implements ReadPlan {}

  /**
   * The items of one partition.
   *
   * @param key the partition
   * @param filter what the service leaves out
   */
  record ByKey(AttributeValue key, Optional<Condition> filter) implements ReadPlan {}

  /**
   * The whole table.
   *
   * @param filter what the service leaves out
   */
  record ByScan(Optional<Condition> filter) implements ReadPlan {}
}
