package dev.backplane.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What came of several writes that are done as one. Flows out of plugins. */
public sealed interface WriteAllResult {
  /**
   * All of them are done.
   *
   * @param items what each write left or took away, in the order of the writes: of a put the item
   *     as it is stored, with its new version; of a delete what it was, or empty where the backend
   *     does not tell
   */
  record Done(List<Optional<Item>> items) implements WriteAllResult {
    /** Copies the items. */
    public Done {
      items = List.copyOf(items);
    }
  }

  /**
   * None of them is done: nothing was changed.
   *
   * @param refusals each write that stands in the way, by its index, and why; one or more
   */
  record Refused(Map<Integer, Refusal> refusals) implements WriteAllResult {
    /** Copies the refusals. */
    public Refused {
      refusals = Map.copyOf(refusals);
    }
  }

  /** Why one write cannot be done. Flows out of plugins. */
  sealed interface Refusal {
    /**
     * Its precondition did not hold, or it was to delete what is not there.
     *
     * @param current the item as it is; empty when there is none
     */
    record PreconditionFailed(Optional<Item> current) implements Refusal {
      /** Checks that there is an answer. */
      public PreconditionFailed {
        Objects.requireNonNull(current, "current");
      }
    }

    /**
     * The backend cannot hold such an item, or its state forbids the write.
     *
     * @param failure what the write alone would have failed with: {@link
     *     StoreException.Reason#INVALID} or {@link StoreException.Reason#CONFLICT}
     */
    record Failed(StoreException failure) implements Refusal {
      /** Checks that there is a failure. */
      public Failed {
        Objects.requireNonNull(failure, "failure");
      }
    }
  }
}
