package dev.backplane.plugin.jdbc;

import dev.backplane.spi.Item;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.StoreException;
import java.util.Optional;

/**
 * A write as it is to be done.
 *
 * @param key which row; empty where the id stands for none
 * @param row what to store; empty: delete
 * @param precondition what must hold
 * @param failure why it can never be done
 */
record Change(
    Optional<Keys.Key> key,
    Optional<WrittenRow> row,
    Precondition precondition,
    Optional<StoreException> failure) {

  static Change failing(Precondition precondition, StoreException failure) {
    return new Change(Optional.empty(), Optional.empty(), precondition, Optional.of(failure));
  }

  boolean isDelete() {
    return row.isEmpty();
  }

  boolean holds(Optional<Item> current) {
    return switch (precondition) {
      case Precondition.None none -> true;
      case Precondition.Absent absent -> current.isEmpty();
      case Precondition.Exists exists -> current.isPresent();
      case Precondition.Matches matches ->
          current.filter(item -> item.version().equals(matches.version())).isPresent();
    };
  }
}
