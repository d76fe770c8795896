package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Page.Filtering;
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
   * @param filtering how much of the list's filter that is, with the key
   */
  record ByKey(AttributeValue key, Optional<Condition> filter, Filtering filtering)
      implements ReadPlan {}

  /**
   * The whole table.
   *
   * @param filter what the service leaves out
   * @param filtering how much of the list's filter that is
   */
  record ByScan(Optional<Condition> filter, Filtering filtering) implements ReadPlan {}
}
