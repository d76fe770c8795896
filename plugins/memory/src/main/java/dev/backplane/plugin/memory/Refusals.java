package dev.backplane.plugin.memory;

import dev.backplane.plugin.memory.MemoryStore.Stored;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what stands in the way of several writes that are to be done as one. For one call, while
 * nobody else writes.
 */
final class Refusals {
  private final List<Write> writes;
  private final Map<String, Stored> items;
  private final Supplier<StoreException> full;
  private int room;

  /**
   * What stands in the way.
   *
   * @param writes what is to be done
   * @param items what there is
   * @param room how many items more there may be
   * @param full what a create beyond that fails with
   */
  Refusals(List<Write> writes, Map<String, Stored> items, int room, Supplier<StoreException> full) {
    this.writes = writes;
    this.items = items;
    this.room = room;
    this.full = full;
  }

  /** The writes that cannot be done, by their indices; none when all can. */
  Map<Integer, Refusal> all() {
    // as one: what a delete makes room for may come before it
    room +=
        (int)
            writes.stream()
                .filter(write -> write instanceof Write.Delete && items.containsKey(write.id()))
                .count();
    Map<Integer, Refusal> refusals = new HashMap<>();
    for (int i = 0; i < writes.size(); i++) {
      Optional<Refusal> refusal = of(writes.get(i));
      if (refusal.isPresent()) {
        refusals.put(i, refusal.get());
      }
    }
    return refusals;
  }

  private Optional<Refusal> of(Write write) {
    @Nullable Stored before = items.get(write.id());
    boolean missing = write instanceof Write.Delete && before == null;
    if (missing || !MemoryStore.holds(write.precondition(), before)) {
      return Optional.of(
          new Refusal.PreconditionFailed(Optional.ofNullable(before).map(Stored::item)));
    }
    boolean fits = write instanceof Write.Delete || before != null || room-- > 0;
    return fits ? Optional.empty() : Optional.of(new Refusal.Failed(full.get()));
  }
}
