package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.WritableStore;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Many threads at once: the precondition and its write are one atomic step. */
interface ConcurrencyRules {
  @Test
  default void put_when_many_count_up_loses_no_update(Resource resource, WritableStore store)
      throws Exception {
    int threads = 6;
    int times = 15;
    String id = resource.id(1);
    resource.put(id, count(0));
    Race.run(
        threads,
        number -> {
          for (int i = 0; i < times; i++) {
            countUp(store, id);
          }
          return number;
        });
    assertThat(resource.get(id).body().get("count"))
        .as(
            "a count after %d threads added %d each, with Matches and a new try after each"
                + " PreconditionFailed: test the precondition and write in one atomic step",
            threads, times)
        .contains(JsonNumber.of((long) threads * times));
  }

  @Test
  default void put_when_many_create_one_item_lets_one_win(Resource resource, WritableStore store)
      throws Exception {
    for (int round = 0; round < 10; round++) {
      String id = resource.id(round);
      List<PutResult> results =
          Race.run(6, number -> store.put(id, count(number), new Precondition.Absent()));
      assertThat(results)
          .as("what six threads got that put one item with Absent: one Created, five refusals")
          .filteredOn(PutResult.Created.class::isInstance)
          .hasSize(1);
      assertThat(results)
          .as("the item that the winner got is the one that is stored")
          .contains(new PutResult.Created(resource.get(id)));
    }
  }

  @Test
  default void put_when_many_replace_one_version_lets_one_win(
      Resource resource, WritableStore store) throws Exception {
    String id = resource.id(1);
    for (int round = 0; round < 10; round++) {
      Item before = resource.put(id, count(-1 - round));
      Precondition unchanged = new Precondition.Matches(before.version());
      int base = 10 * round;
      List<PutResult> results =
          Race.run(6, number -> store.put(id, count(base + number), unchanged));
      assertThat(results)
          .as("what six threads got that replaced one version: one Replaced, five refusals")
          .filteredOn(PutResult.Replaced.class::isInstance)
          .hasSize(1);
      assertThat(results)
          .as("the item that the winner got is the one that is stored")
          .contains(new PutResult.Replaced(resource.get(id)));
    }
  }

  @Test
  default void delete_when_many_delete_one_item_lets_one_win(Resource resource, WritableStore store)
      throws Exception {
    for (int round = 0; round < 10; round++) {
      String id = resource.id(round);
      Item stored = resource.put(id, count(round));
      List<DeleteResult> results = Race.run(6, number -> store.delete(id, new Precondition.None()));
      assertThat(results)
          .as("what six threads got that deleted one item: one Deleted, five Missing")
          .containsOnlyOnce(new DeleteResult.Deleted(stored))
          .filteredOn(new DeleteResult.Missing()::equals)
          .hasSize(5);
    }
  }

  @Test
  default void create_when_many_create_gives_each_its_own(Resource resource, WritableStore store)
      throws Exception {
    Assumptions.assumeTrue(resource.choosesIds(), "does not apply: only clients choose ids");
    assertThat(store.put(resource.id(0), count(0), new Precondition.Absent()))
        .as("put with Absent of an item that is not there, which create() relies on")
        .isInstanceOf(PutResult.Created.class);
    List<Item> created = Race.run(6, number -> store.create(count(number)));
    assertThat(new HashSet<>(Walk.ids(created)))
        .as("the ids of items that six threads created: all different")
        .hasSize(6);
    assertThat(Walk.ids(store, Query.first(100)))
        .as("the list after six threads created an item each")
        .containsAll(Walk.ids(created))
        .hasSize(7);
  }

  @Test
  default void get_when_the_item_is_being_replaced_gives_one_state(
      Resource resource, WritableStore store) throws Exception {
    String id = resource.id(1);
    resource.put(id, pair(0));
    AtomicBoolean writing = new AtomicBoolean(true);
    Race.run(
        4,
        number -> {
          if (number == 0) {
            try {
              for (int i = 1; i <= 40; i++) {
                resource.put(id, pair(i));
              }
            } finally {
              writing.set(false);
            }
            return number;
          }
          while (writing.get()) {
            assertOneState(resource.get(id));
            Walk.items(store, Query.first(5)).forEach(ConcurrencyRules::assertOneState);
          }
          return number;
        });
  }

  private static void assertOneState(Item item) {
    Optional<JsonValue> left = item.body().get("left");
    assertThat(FieldPath.parse("right.too").find(item.body()))
        .as("two fields that are always written together, read during a write: of one state")
        .isEqualTo(left);
  }

  private static void countUp(WritableStore store, String id) {
    // each refusal is another thread's success, of which there are far fewer
    for (int tries = 0; tries < 1_000; tries++) {
      Item item = store.get(id).orElseThrow();
      int count = ((JsonNumber) item.body().get("count").orElseThrow()).value().intValueExact();
      Precondition unchanged = new Precondition.Matches(item.version());
      switch (store.put(id, count(count + 1), unchanged)) {
        case PutResult.Replaced replaced -> {
          return;
        }
        case PutResult.Created created ->
            fail("put with Matches created an item, which it never does");
        case PutResult.PreconditionFailed failed -> {
          // another thread was faster: read again
        }
      }
    }
    fail("put with the version that get gave was refused a thousand times");
  }

  private static JsonObject count(int count) {
    return JsonObject.of("count", JsonNumber.of(count));
  }

  private static JsonObject pair(int number) {
    return Json.of("{'left': %d, 'right': {'too': %d}}".formatted(number, number));
  }
}
