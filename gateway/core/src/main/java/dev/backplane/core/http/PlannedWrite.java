package dev.backplane.core.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.Write;
import java.util.Optional;
import java.util.function.Function;

/** What a client asked for, checked as far as can be without the item: how it becomes a write. */
sealed interface PlannedWrite {
  String id();

  /** The write that changes the item as it is; what it cannot change is a problem. */
  Write write(Optional<Item> item);

  /**
   * The same write whatever the item is like: its precondition says all.
   *
   * @param write the write
   * @param whenThere what is wrong when the precondition does not hold for an item that is there
   */
  record Fixed(Write write, HttpProblem whenThere) implements PlannedWrite {
    @Override
    public String id() {
      return write.id();
    }

    @Override
    public Write write(Optional<Item> item) {
      return write;
    }

    /** What to tell when the store refused. */
    HttpProblem refused(Optional<Item> current) {
      return current.isPresent() ? whenThere : HttpProblem.noSuchItem();
    }
  }

  /**
   * A write that follows from the item, and relies on its state. When it is refused, somebody else
   * was quicker, and it is made anew of what they left.
   *
   * @param id which item
   * @param change makes the write
   */
  record Reading(String id, Function<Item, Write> change) implements PlannedWrite {
    @Override
    public Write write(Optional<Item> item) {
      return change.apply(item.orElseThrow(HttpProblem::noSuchItem));
    }
  }
}
