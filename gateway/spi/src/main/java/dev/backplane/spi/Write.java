package dev.backplane.spi;

import java.util.Objects;

/**
 * One write out of several that are done as one; see {@link TransactionalStore#writeAll}.
 *
 * <p>Flows into plugins and is closed for good: a {@code switch} needs no {@code default}.
 */
public sealed interface Write {
  /**
   * Which item it is about.
   *
   * @return the id: any text but the empty one, kept exactly
   */
  String id();

  /**
   * What must hold.
   *
   * @return the precondition
   */
  Precondition precondition();

  /**
   * Creates or replaces an item, as {@link WritableStore#put} does.
   *
   * @param id which item
   * @param body what to store
   * @param precondition what must hold
   */
  record Put(String id, JsonObject body, Precondition precondition) implements Write {
    /** Checks that all is there. */
    public Put {
      requireId(id);
      Objects.requireNonNull(body, "body");
      Objects.requireNonNull(precondition, "precondition");
    }
  }

  /**
   * Deletes an item, as {@link WritableStore#delete} does.
   *
   * @param id which item
   * @param precondition what must hold, besides that there is the item
   */
  record Delete(String id, Precondition precondition) implements Write {
    /** Checks that all is there. */
    public Delete {
      requireId(id);
      Objects.requireNonNull(precondition, "precondition");
    }
  }

  private static void requireId(String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("the id of a write is empty");
    }
  }
}
