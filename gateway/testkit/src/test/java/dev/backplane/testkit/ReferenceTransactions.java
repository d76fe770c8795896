package dev.backplane.testkit;

import dev.backplane.spi.Item;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How {@link ReferenceStore} does several writes as one. */
final class ReferenceTransactions {
  private static final int CHUNK = 25;

  private final Defect defect;
  private final ReferenceStore store;
  private final Object own = new Object();

  ReferenceTransactions(Defect defect, ReferenceStore store) {
    this.defect = defect;
    this.store = store;
  }

  WriteAllResult writeAll(List<Write> writes) {
    if (defect == Defect.ALL_IN_CHUNKS && writes.size() > CHUNK) {
      return inChunks(writes);
    }
    if (defect == Defect.ALL_ONE_AFTER_THE_OTHER) {
      return testAndDo(writes);
    }
    synchronized (defect == Defect.ALL_HAS_A_LOCK_OF_ITS_OWN ? own : store.lock()) {
      return testAndDo(writes);
    }
  }

  private WriteAllResult inChunks(List<Write> writes) {
    List<Optional<Item>> items = new ArrayList<>();
    for (int from = 0; from < writes.size(); from += CHUNK) {
      int first = from;
      switch (writeAll(writes.subList(from, Math.min(from + CHUNK, writes.size())))) {
        case WriteAllResult.Done done -> items.addAll(done.items());
        case WriteAllResult.Refused refused -> {
          Map<Integer, Refusal> refusals = new LinkedHashMap<>();
          refused.refusals().forEach((index, why) -> refusals.put(first + index, why));
          return new WriteAllResult.Refused(refusals);
        }
      }
    }
    return new WriteAllResult.Done(items);
  }

  private WriteAllResult testAndDo(List<Write> writes) {
    Map<Integer, Refusal> refusals = new LinkedHashMap<>();
    for (int i = 0; i < writes.size(); i++) {
      Optional<Refusal> refusal = test(writes.get(i));
      if (refusal.isPresent() && (defect != Defect.ALL_NAMES_THE_FIRST || refusals.isEmpty())) {
        refusals.put(i, refusal.get());
      }
    }
    if (!refusals.isEmpty() && defect != Defect.ALL_DOES_THE_OTHERS) {
      return new WriteAllResult.Refused(refusals);
    }
    List<Optional<Item>> items = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      if (!refusals.containsKey(i)) {
        ReferenceStore.pauseIf(
            defect == Defect.ALL_ONE_AFTER_THE_OTHER || defect == Defect.ALL_HAS_A_LOCK_OF_ITS_OWN);
        items.add(write(writes.get(i)));
      }
    }
    if (defect == Defect.ALL_ANSWERS_BACKWARDS) {
      Collections.reverse(items);
    }
    return refusals.isEmpty()
        ? new WriteAllResult.Done(items)
        : new WriteAllResult.Refused(refusals);
  }

  private Optional<Refusal> test(Write write) {
    Optional<Item> current = Optional.ofNullable(store.current(write.id()));
    boolean holds = store.holds(write.precondition(), current.orElse(null));
    boolean missing =
        write instanceof Write.Delete
            && current.isEmpty()
            && defect != Defect.ALL_DELETES_WHAT_IS_MISSING;
    if (missing || (!holds && !isVainDelete(write, current))) {
      return Optional.of(
          new Refusal.PreconditionFailed(
              defect == Defect.ALL_KNOWS_NO_CURRENT ? Optional.empty() : current));
    }
    if (write instanceof Write.Put put) {
      try {
        store.requireHeld(put.body());
      } catch (StoreException impossible) {
        if (defect == Defect.ALL_THROWS_WHAT_IS_INVALID) {
          throw impossible;
        }
        return Optional.of(new Refusal.Failed(impossible));
      }
    }
    return Optional.empty();
  }

  private boolean isVainDelete(Write write, Optional<Item> current) {
    return write instanceof Write.Delete
        && current.isEmpty()
        && defect == Defect.ALL_DELETES_WHAT_IS_MISSING;
  }

  private Optional<Item> write(Write write) {
    return switch (write) {
      case Write.Put put -> {
        Item item =
            switch (store.write(put.id(), put.body())) {
              case PutResult.Created created -> created.item();
              case PutResult.Replaced replaced -> replaced.item();
              case PutResult.PreconditionFailed failed -> throw new IllegalStateException();
            };
        yield Optional.of(
            defect == Defect.ALL_ANSWERS_ANOTHER_VERSION
                ? new Item(item.id(), "all", item.body())
                : item);
      }
      case Write.Delete delete -> {
        Optional<Item> gone = Optional.ofNullable(store.current(delete.id()));
        if (defect != Defect.ALL_KEEPS_WHAT_IS_DELETED) {
          store.delete(delete.id(), new Precondition.None());
        }
        yield gone;
      }
    };
  }
}
