package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.TransactionalStore;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Several writes as one: all or none, each precondition tested. */
interface TransactionRules {
  /** As many as some backends take in one call, and more than others do. */
  int MANY = 60;

  @Test
  default void writeAll_when_all_can_be_done_does_each(
      Resource resource, TransactionalStore store) {
    List<Item> before =
        IntStream.range(0, 6).mapToObj(n -> resource.put(resource.id(n), Samples.FIRST)).toList();
    JsonObject withId = Samples.SECOND.with(resource.idField(), new JsonString(resource.id(7)));
    List<Write> writes =
        List.of(
            new Write.Put(resource.id(6), Samples.SECOND, new Precondition.Absent()),
            new Write.Put(resource.id(0), Samples.SECOND, new Precondition.Exists()),
            new Write.Delete(resource.id(1), new Precondition.None()),
            new Write.Put(resource.id(2), Samples.SECOND, matching(before.get(2))),
            new Write.Delete(resource.id(3), matching(before.get(3))),
            new Write.Put(resource.id(7), withId, new Precondition.None()),
            new Write.Put(resource.id(4), Samples.SECOND, new Precondition.None()),
            new Write.Delete(resource.id(5), new Precondition.Exists()));
    List<Optional<Item>> items = done(store, writes);
    assertThat(items).as("the items that writeAll answers: one for each write").hasSize(8);
    for (int i = 0; i < writes.size(); i++) {
      String id = writes.get(i).id();
      if (writes.get(i) instanceof Write.Put put) {
        resource.assertItem("put by writeAll", resource.get(id), id, put.body());
        assertThat(items.get(i))
            .as("the item of write %d: the id, version and body that get gives", i)
            .contains(resource.get(id));
        continue;
      }
      assertThat(store.get(id)).as("get of what writeAll deleted").isEmpty();
      Item gone = before.stream().filter(item -> item.id().equals(id)).findFirst().orElseThrow();
      assertThat(items.get(i))
          .as("the item of write %d, a delete: what it was, where the store tells", i)
          .isIn(Optional.empty(), Optional.of(gone));
    }
  }

  @Test
  default void writeAll_when_one_cannot_be_done_changes_nothing(
      Resource resource, TransactionalStore store) {
    Item there = resource.put(resource.id(0), Samples.FIRST);
    String missing = resource.id(1);
    List<Write> refused =
        List.of(
            new Write.Put(there.id(), Samples.SECOND, new Precondition.Absent()),
            new Write.Put(there.id(), Samples.SECOND, new Precondition.Matches("made-up")),
            new Write.Put(missing, Samples.SECOND, new Precondition.Exists()),
            new Write.Put(missing, Samples.SECOND, matching(there)),
            new Write.Delete(there.id(), new Precondition.Matches("made-up")),
            new Write.Delete(there.id(), new Precondition.Absent()),
            new Write.Delete(missing, new Precondition.None()),
            new Write.Delete(missing, new Precondition.Exists()),
            new Write.Delete(missing, new Precondition.Absent()),
            new Write.Delete(missing, matching(there)));
    Item kept = resource.put(resource.id(2), Samples.FIRST);
    Item staying = resource.put(resource.id(3), Samples.FIRST);
    for (Write write : refused) {
      for (int place = 0; place < 4; place++) {
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Put(kept.id(), Samples.SECOND, new Precondition.None()));
        writes.add(new Write.Delete(staying.id(), new Precondition.Exists()));
        writes.add(new Write.Put(resource.id(4), Samples.SECOND, new Precondition.Absent()));
        writes.add(place, write);
        Optional<Item> current = Optional.of(there).filter(item -> item.id().equals(write.id()));
        assertThat(store.writeAll(writes))
            .as("writeAll with %s, which cannot be done, at index %d", write, place)
            .isEqualTo(new WriteAllResult.Refused(Map.of(place, failed(current))));
        assertThat(List.of(resource.get(there.id()), resource.get(kept.id())))
            .as("what writeAll was to replace, after it refused")
            .containsExactly(there, kept);
        assertThat(store.get(staying.id()))
            .as("what writeAll was to delete, after it refused")
            .contains(staying);
        assertThat(store.get(resource.id(4)))
            .as("what writeAll was to create, after it refused")
            .isEmpty();
        assertThat(store.get(missing)).as("what was missing, after writeAll refused").isEmpty();
      }
    }
  }

  @Test
  default void writeAll_when_several_cannot_be_done_names_each(
      Resource resource, TransactionalStore store) {
    Item there = resource.put(resource.id(0), Samples.FIRST);
    List<Write> writes =
        List.of(
            new Write.Put(there.id(), Samples.SECOND, new Precondition.Absent()),
            new Write.Put(resource.id(1), Samples.SECOND, new Precondition.None()),
            new Write.Delete(resource.id(2), new Precondition.None()),
            new Write.Put(resource.id(3), Samples.SECOND, new Precondition.Matches("made-up")));
    assertThat(store.writeAll(writes))
        .as("writeAll with three writes that cannot be done, and one that can")
        .isEqualTo(
            new WriteAllResult.Refused(
                Map.of(
                    0, failed(Optional.of(there)),
                    2, failed(Optional.empty()),
                    3, failed(Optional.empty()))));
    assertThat(store.get(resource.id(1))).as("what could have been done").isEmpty();
  }

  @Test
  default void writeAll_when_an_item_cannot_be_held_changes_nothing(
      Resource resource, TransactionalStore store) {
    JsonObject impossible = Samples.impossible(resource, store);
    List<Write> writes =
        List.of(
            new Write.Put(resource.id(1), Samples.FIRST, new Precondition.Absent()),
            new Write.Put(resource.id(2), impossible, new Precondition.Absent()),
            new Write.Put(resource.id(3), Samples.FIRST, new Precondition.None()));
    WriteAllResult result = store.writeAll(writes);
    Map<Integer, Refusal> refusals =
        result instanceof WriteAllResult.Refused refused ? refused.refusals() : Map.of();
    assertThat(refusals.keySet())
        .as("what writeAll refuses, when put refuses the second of three items: that one")
        .containsExactly(1);
    assertThat(refusals.get(1))
        .as("why it is refused: for what put throws")
        .isInstanceOfSatisfying(
            Refusal.Failed.class,
            failed ->
                assertThat(failed.failure().reason()).isEqualTo(StoreException.Reason.INVALID));
    for (int n = 1; n <= 3; n++) {
      assertThat(store.get(resource.id(n))).as("get, after writeAll refused").isEmpty();
    }
  }

  @Test
  default void writeAll_when_there_are_many_does_all_or_none(
      Resource resource, TransactionalStore store) {
    assertThat(store.mostWrites()).as("mostWrites()").isPositive();
    int count = Math.min(store.mostWrites(), MANY);
    Assumptions.assumeTrue(count > 1, "does not apply: one write at most");
    Item last = resource.put(resource.id(count - 1), Samples.FIRST);
    List<Write> writes = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      writes.add(new Write.Put(resource.id(n), Samples.SECOND, new Precondition.Absent()));
    }
    assertThat(store.writeAll(writes))
        .as("writeAll of %d writes of which the last cannot be done", count)
        .isEqualTo(new WriteAllResult.Refused(Map.of(count - 1, failed(Optional.of(last)))));
    for (int n = 0; n < count - 1; n++) {
      assertThat(store.get(resource.id(n))).as("get, after writeAll refused").isEmpty();
    }
    store.delete(last.id(), new Precondition.None());
    List<Optional<Item>> items = done(store, writes);
    Map<String, Item> stored = new HashMap<>();
    writes.forEach(write -> stored.put(write.id(), resource.get(write.id())));
    assertThat(items)
        .as("the items of %d writes, in their order", count)
        .containsExactlyElementsOf(
            writes.stream().map(write -> Optional.ofNullable(stored.get(write.id()))).toList());
  }

  private static List<Optional<Item>> done(TransactionalStore store, List<Write> writes) {
    WriteAllResult result = store.writeAll(writes);
    return result instanceof WriteAllResult.Done done
        ? done.items()
        : fail("writeAll of writes all of which can be done answered %s", result);
  }

  private static Refusal failed(Optional<Item> current) {
    return new Refusal.PreconditionFailed(current);
  }

  private static Precondition matching(Item item) {
    return new Precondition.Matches(item.version());
  }
}
