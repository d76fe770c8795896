package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.WritableStore;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Reading many items at once gives what reading each gives. */
interface BatchRules {
  /** What is stored under an id that nobody stored. */
  JsonObject NONE = JsonObject.empty();

  @Test
  default void getAll_gives_each_item_once_as_get_does(Resource resource, BatchGetStore store) {
    assertGives(resource, store, resource.fill(7).keySet());
  }

  @Test
  default void getAll_when_there_are_many_ids_gives_every_item(
      Resource resource, BatchGetStore store) {
    // more than some backends take in one call
    assertGives(resource, store, resource.fill(230).keySet());
  }

  @Test
  default void getAll_when_items_are_missing_leaves_them_out(
      Resource resource, BatchGetStore store) {
    Set<String> stored = resource.fill(3).keySet();
    Set<String> asked = new LinkedHashSet<>(Set.of(resource.id(998), resource.id(999)));
    assertThat(store.getAll(asked)).as("getAll of ids that nobody stored: no items").isEmpty();
    asked.addAll(stored);
    assertThat(Walk.ids(store.getAll(asked)))
        .as("getAll of ids some of which nobody stored: the items that there are")
        .containsExactlyInAnyOrderElementsOf(stored);
  }

  @Test
  default void getAll_when_ids_are_unusual_finds_them_exactly(
      Resource resource, BatchGetStore store) {
    Assumptions.assumeTrue(store instanceof WritableStore, "does not apply: nothing to store");
    Map<String, JsonObject> stored = new LinkedHashMap<>();
    for (int i = 0; i < Samples.IDS.size(); i++) {
      String id = Samples.IDS.get(i);
      JsonObject body = Json.of("{'sample': " + i + "}");
      // every other one, so that similar ids of missing items are asked for as well
      if (i % 2 == 0 && resource.canHold(id, body)) {
        stored.put(id, body);
      }
    }
    stored.forEach(resource::put);
    List<Item> items = store.getAll(new LinkedHashSet<>(Samples.IDS));
    assertThat(Walk.ids(items))
        .as("getAll of ids that are easily changed on the way: exactly those that were stored")
        .containsExactlyInAnyOrderElementsOf(stored.keySet());
    for (Item item : items) {
      resource.assertItem("getAll", item, item.id(), stored.getOrDefault(item.id(), NONE));
    }
  }

  @Test
  default void getAll_when_an_item_was_just_written_gives_what_get_gives(
      Resource resource, BatchGetStore store) {
    Assumptions.assumeTrue(store instanceof WritableStore, "does not apply: nothing to store");
    Set<String> ids = resource.fill(3).keySet();
    assertGives(resource, store, ids);
    resource.put(resource.id(1), Samples.SECOND);
    assertGives(resource, store, ids);
  }

  private static void assertGives(Resource resource, BatchGetStore store, Set<String> ids) {
    List<Item> expected = ids.stream().map(resource::get).toList();
    assertThat(store.getAll(ids))
        .as("getAll of %d ids: each item once, with the id, version and body of get", ids.size())
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
