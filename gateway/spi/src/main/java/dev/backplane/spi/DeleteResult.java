package dev.backplane.spi;

import java.util.Objects;

/** What a delete did. Flows out of plugins. */
public sealed interface DeleteResult {
  /**
   * The item is gone.
   *
   * @param item what it was
   */
  record Deleted(Item item) implements DeleteResult {
    /** Checks that there is an item. */
    public Deleted {
      Objects.requireNonNull(item, "item");
    }
  }

  /** There was no such item, whatever the precondition. */
  record Missing() implements DeleteResult {}

  /**
   * The precondition did not hold, and nothing was changed.
   *
   * @param current the item as it is
   */
  record PreconditionFailed(Item current) implements DeleteResult {
    /** Checks that there is an item. */
    public PreconditionFailed {
      Objects.requireNonNull(current, "current");
    }
  }
}
