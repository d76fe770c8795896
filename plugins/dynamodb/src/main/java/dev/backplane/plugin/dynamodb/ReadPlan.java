package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Page.Filtering;
import java.util.Optional;

/** How a list is read. */
sealed interface ReadPlan {
  /** Not at all: no item can match. */
  record Nothing() implements ReadPlan {}

  /**
   * Partitions of the table or of an index, one after the other.
   *
   * @param match which partitions, and which part of them
   * @param direction the order of the sort key; of no account where none is asked for
   * @param filter what the service leaves out
   * @param filtering how much of the list's filter that is, with the key
   * @param selects whether not all that is looked at belongs to the list
   */
  record ByKey(
      KeyMatch match,
      Direction direction,
      Optional<Condition> filter,
      Filtering filtering,
      boolean selects)
      implements ReadPlan {}

  /**
   * The whole table.
   *
   * @param filter what the service leaves out
   * @param filtering how much of the list's filter that is
   * @param selects whether not all that is looked at belongs to the list
   */
  record ByScan(Optional<Condition> filter, Filtering filtering, boolean selects)
      implements ReadPlan {}

  /** The order in which a partition is read. */
  enum Direction {
    /** Whichever: the list has no order. */
    ANY,
    ASCENDING,
    DESCENDING
  }
}
