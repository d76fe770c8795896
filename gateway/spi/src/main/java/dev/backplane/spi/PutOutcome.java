package dev.backplane.spi;

import java.util.Objects;

/** What became of one item out of many that were put at once. Flows out of plugins. */
public sealed interface PutOutcome {
  /**
   * It is stored.
   *
   * @param item what is stored, with its new version
   */
  record Stored(Item item) implements PutOutcome {
    /** Checks that there is an item. */
    public Stored {
      Objects.requireNonNull(item, "item");
    }
  }

  /**
   * It is not.
   *
   * @param failure what a put of it alone would have failed with
   */
  record Failed(StoreException failure) implements PutOutcome {
    /** Checks that there is a failure. */
    public Failed {
      Objects.requireNonNull(failure, "failure");
    }
  }
}
