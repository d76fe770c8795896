package dev.backplane.spi;

import java.util.Objects;
import java.util.Optional;

/** What a put did. Flows out of plugins. */
public sealed interface PutResult {
  /**
   * There was no such item; now there is.
   *
   * @param item what is stored, with its new version
   */
  record Created(Item item) implements PutResult {
    /** Checks that there is an item. */
    public Created {
      Objects.requireNonNull(item, "item");
    }
  }

  /**
   * The item had another body before; nothing of it is left.
   *
   * @param item what is stored, with its new version
   */
  record Replaced(Item item) implements PutResult {
    /** Checks that there is an item. */
    public Replaced {
      Objects.requireNonNull(item, "item");
    }
  }

  /**
   * The precondition did not hold, and nothing was changed.
   *
   * @param current the item as it is; empty when there is none
   */
  record PreconditionFailed(Optional<Item> current) implements PutResult {
    /** Checks that there is an answer. */
    public PreconditionFailed {
      Objects.requireNonNull(current, "current");
    }
  }
}
