package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.WritableStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Reading by id, and what a list shows of an item. */
interface ReadRules {
  @Test
  default void get_when_the_item_exists_gives_it(Resource resource) {
    resource.fill(5).forEach((id, body) -> resource.assertItem("get", resource.get(id), id, body));
  }

  @Test
  default void get_when_the_item_is_missing_is_empty(Resource resource, Store store) {
    resource.fill(3);
    assertThat(store.get(resource.id(999)))
        .as("get of an id that nobody stored: empty, neither null nor an exception")
        .isEmpty();
  }

  @Test
  default void list_gives_what_get_gives(Resource resource, Store store) {
    resource.fill(5);
    for (Item listed : Walk.items(store, Query.first(100))) {
      assertThat(listed)
          .as("an item in a list: the id, version and body that get gives")
          .isEqualTo(resource.get(listed.id()));
    }
  }

  @Test
  default void list_when_fields_are_named_keeps_them(Resource resource, Store store) {
    Map<String, JsonObject> items = resource.fill(5);
    String name = items.values().iterator().next().members().keySet().iterator().next();
    List<FieldPath> fields =
        List.of(new FieldPath(List.of(name)), FieldPath.parse("part.x"), FieldPath.parse("none"));
    Query query = Query.first(2);
    List<Item> listed =
        Walk.items(
            store,
            new Query(query.filter(), query.order(), query.limit(), Optional.empty(), fields));
    assertThat(Walk.ids(listed))
        .as("a list of some fields has every item")
        .containsExactlyInAnyOrderElementsOf(items.keySet());
    for (Item item : listed) {
      Item whole = resource.get(item.id());
      assertThat(item.version())
          .as("the version of an item in a list of some fields: the whole item's")
          .isEqualTo(whole.version());
      for (FieldPath field : fields) {
        assertThat(field.find(item.body()))
            .as("the field %s, which was asked for, of \"%s\"", field, item.id())
            .isEqualTo(field.find(whole.body()));
      }
    }
  }

  @Test
  default void items_of_a_store_that_only_reads_are_declared(StoreContract contract, Store store) {
    Assumptions.assumeFalse(
        store instanceof WritableStore, "does not apply: the contract writes its own items");
    assertThat(contract.items())
        .as("override items() to say what the resource holds: without it, nothing was tested")
        .isNotEmpty();
  }
}
