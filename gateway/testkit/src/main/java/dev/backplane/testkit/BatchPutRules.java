package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.backplane.spi.BatchPutStore;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Putting many items at once does what putting each does. */
interface BatchPutRules {
  @Test
  default void putAll_stores_each_as_put_does(Resource resource, BatchPutStore store) {
    Map<String, JsonObject> bodies = bodies(resource, 7);
    Map<String, Item> stored = stored(store, bodies);
    bodies.forEach((id, body) -> {
      resource.assertItem("get after putAll", resource.get(id), id, body);
      assertThat(stored.get(id))
          .as("the item that putAll answers: the id, version and body that get gives")
          .isEqualTo(resource.get(id));
    });
    assertThat(Walk.ids(store, Query.first(5)))
        .as("the list after putAll")
        .containsExactlyInAnyOrderElementsOf(bodies.keySet());
  }

  @Test
  default void putAll_when_there_are_many_stores_every_one(Resource resource, BatchPutStore store) {
    // as many as there may be, and more than some backends take in one call
    Map<String, JsonObject> bodies = bodies(resource, 100);
    stored(store, bodies);
    assertThat(Walk.ids(store, Query.first(30)))
        .as("the list after putAll of a hundred items")
        .containsExactlyInAnyOrderElementsOf(bodies.keySet());
  }

  @Test
  default void putAll_when_items_exist_replaces_them_whole(Resource resource, BatchPutStore store) {
    Item before = resource.put(resource.id(1), Samples.FIRST);
    resource.put(resource.id(9), Samples.FIRST);
    Map<String, JsonObject> bodies =
        Map.of(resource.id(1), Samples.SECOND, resource.id(2), Samples.SECOND);
    Map<String, Item> stored = stored(store, bodies);
    bodies
        .keySet()
        .forEach(
            id -> resource.assertItem("get after putAll", resource.get(id), id, Samples.SECOND));
    assertThat(stored.get(before.id()))
        .as("the item that putAll answers for one that was there: as get gives it")
        .isEqualTo(resource.get(before.id()))
        .isNotEqualTo(before);
    resource.assertItem(
        "an item that putAll does not name",
        resource.get(resource.id(9)),
        resource.id(9),
        Samples.FIRST);
  }

  @Test
  default void putAll_when_ids_are_unusual_keeps_them_exactly(
      Resource resource, BatchPutStore store) {
    Map<String, JsonObject> bodies = new LinkedHashMap<>();
    for (int i = 0; i < Samples.IDS.size(); i++) {
      String id = Samples.IDS.get(i);
      JsonObject body = Json.of("{'sample': " + i + "}");
      if (resource.canHold(id, body)) {
        bodies.put(id, body);
      }
    }
    stored(store, bodies);
    bodies.forEach(
        (id, body) -> resource.assertItem("get after putAll", resource.get(id), id, body));
  }

  @Test
  default void putAll_when_an_item_cannot_be_held_stores_the_others(
      Resource resource, BatchPutStore store) {
    Map<String, JsonObject> bodies = new LinkedHashMap<>();
    bodies.put(resource.id(1), Samples.FIRST);
    bodies.put(resource.id(2), Samples.impossible(resource, store));
    bodies.put(resource.id(3), Samples.FIRST);
    Map<String, PutOutcome> outcomes = outcomes(store, bodies);
    assertThat(outcomes.get(resource.id(2)))
        .as("the outcome of an item that put refuses")
        .isInstanceOfSatisfying(
            PutOutcome.Failed.class,
            failed ->
                assertThat(failed.failure().reason()).isEqualTo(StoreException.Reason.INVALID));
    for (String id : new String[] {resource.id(1), resource.id(3)}) {
      assertThat(outcomes.get(id))
          .as("the outcome of an item beside one that put refuses")
          .isEqualTo(new PutOutcome.Stored(resource.get(id)));
    }
    assertThat(store.get(resource.id(2))).as("get of what putAll refused").isEmpty();
  }

  private static Map<String, JsonObject> bodies(Resource resource, int count) {
    Map<String, JsonObject> bodies = new LinkedHashMap<>();
    for (int n = 0; n < count; n++) {
      String id = resource.id(n);
      JsonObject body = Json.of("{'name': 'name %d', 'part': {'x': [%d, null]}}".formatted(n, n));
      bodies.put(id, n % 2 == 0 ? body : body.with(resource.idField(), new JsonString(id)));
    }
    return bodies;
  }

  /** Puts items that can all be stored. */
  private static Map<String, Item> stored(BatchPutStore store, Map<String, JsonObject> bodies) {
    Map<String, Item> stored = new LinkedHashMap<>();
    outcomes(store, bodies)
        .forEach((id, outcome) ->
            stored.put(
                id,
                switch (outcome) {
                  case PutOutcome.Stored done -> done.item();
                  case PutOutcome.Failed failed ->
                      fail("putAll of \"" + id + "\" failed", failed.failure());
                }));
    return stored;
  }

  private static Map<String, PutOutcome> outcomes(
      BatchPutStore store, Map<String, JsonObject> bodies) {
    Map<String, PutOutcome> outcomes = store.putAll(bodies);
    assertThat(outcomes.keySet())
        .as("the ids of which putAll tells what became of them: those that it was given")
        .containsExactlyInAnyOrderElementsOf(bodies.keySet());
    return outcomes;
  }
}
