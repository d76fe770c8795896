package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.TransactionalStore;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several threads that each do several writes as one. */
interface TransactionRaceRules {
  int WRITERS = 6;

  @Test
  default void writeAll_when_many_write_the_same_items_never_mixes(
      Resource resource, TransactionalStore store) throws Exception {
    for (int round = 0; round < 10; round++) {
      int base = 10 * round;
      List<Boolean> done =
          Race.run(
              WRITERS,
              number -> {
                JsonObject body = count(base + number);
                // from both ends, so that a store that takes one after the other mixes
                int first = number % 2 == 0 ? 0 : 3;
                int step = number % 2 == 0 ? 1 : -1;
                return isDone(
                    store,
                    List.of(
                        put(resource.id(first), body, new Precondition.None()),
                        put(resource.id(first + step), body, new Precondition.None()),
                        put(resource.id(first + 2 * step), body, new Precondition.None()),
                        put(resource.id(first + 3 * step), body, new Precondition.None())));
              });
      assertThat(done).as("whether each of six threads could write four items").contains(true);
      Set<Object> states = new HashSet<>();
      for (int n = 0; n < 4; n++) {
        states.add(resource.get(resource.id(n)).body().get("count"));
      }
      assertThat(states)
          .as("four items, after six threads wrote all four of them at once: of one thread")
          .hasSize(1);
    }
  }

  @Test
  default void writeAll_when_many_rely_on_one_version_lets_one_win(
      Resource resource, TransactionalStore store) throws Exception {
    for (int round = 0; round < 10; round++) {
      Item left = resource.put(resource.id(1), count(-1 - round));
      Item right = resource.put(resource.id(2), count(-1 - round));
      int base = 10 * round;
      List<Boolean> done =
          Race.run(
              WRITERS,
              number ->
                  isDone(
                      store,
                      List.of(
                          put(left.id(), count(base + number), matching(left)),
                          put(right.id(), count(base + number), matching(right)))));
      assertThat(done)
          .as("whether each of six threads could replace two items that all had read")
          .containsOnlyOnce(true);
      JsonNumber winner = JsonNumber.of(base + done.indexOf(true));
      assertThat(
              List.of(
                  resource.get(left.id()).body().get("count"),
                  resource.get(right.id()).body().get("count")))
          .as("the two items: as the winner wrote them")
          .containsOnly(Optional.of(winner));
    }
  }

  @Test
  default void writeAll_when_others_put_loses_no_update(Resource resource, TransactionalStore store)
      throws Exception {
    int times = 10;
    String id = resource.id(1);
    resource.put(id, count(0));
    resource.put(resource.id(2), count(0));
    Race.run(
        WRITERS,
        number -> {
          for (int i = 0; i < times; i++) {
            countUp(resource, store, id, i % 2 == 0);
          }
          return number;
        });
    assertThat(resource.get(id).body().get("count"))
        .as(
            "a count after six threads added to it by put and by writeAll in turn, with Matches:"
                + " both test and write in one atomic step")
        .contains(JsonNumber.of((long) WRITERS * times));
    assertThat(resource.get(resource.id(2)).body().get("count"))
        .as("what the threads added by writeAll to another item as well")
        .contains(JsonNumber.of((long) WRITERS / 2 * times));
  }

  private static void countUp(
      Resource resource, TransactionalStore store, String id, boolean alone) {
    for (int tries = 0; tries < 1_000; tries++) {
      Item item = resource.get(id);
      Item other = resource.get(resource.id(2));
      boolean done =
          alone ? put(store, next(item)) : isDone(store, List.of(next(item), next(other)));
      if (done) {
        return;
      }
    }
    fail("a write with the version that get gave was refused a thousand times");
  }

  private static Write.Put next(Item item) {
    int count = ((JsonNumber) item.body().get("count").orElseThrow()).value().intValueExact();
    return put(item.id(), count(count + 1), matching(item));
  }

  private static boolean put(TransactionalStore store, Write.Put write) {
    try {
      return store.put(write.id(), write.body(), write.precondition())
          instanceof PutResult.Replaced;
    } catch (StoreException conflict) {
      return isConflict(conflict);
    }
  }

  private static boolean isDone(TransactionalStore store, List<Write> writes) {
    try {
      return store.writeAll(writes) instanceof WriteAllResult.Done;
    } catch (StoreException conflict) {
      return isConflict(conflict);
    }
  }

  /** Who meets another may be told to come again. */
  private static boolean isConflict(StoreException failure) {
    assertThat(failure.reason())
        .as("what a write may fail with while others write the same item")
        .isIn(StoreException.Reason.CONFLICT, StoreException.Reason.THROTTLED);
    return false;
  }

  private static Write.Put put(String id, JsonObject body, Precondition precondition) {
    return new Write.Put(id, body, precondition);
  }

  private static JsonObject count(int count) {
    return JsonObject.of("count", JsonNumber.of(count));
  }

  private static Precondition matching(Item item) {
    return new Precondition.Matches(item.version());
  }
}
