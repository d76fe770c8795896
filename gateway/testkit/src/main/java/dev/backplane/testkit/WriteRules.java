package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What put, create and delete do, and what they answer. */
interface WriteRules {
  @Test
  default void put_when_the_item_is_missing_creates_it(Resource resource, WritableStore store) {
    String id = resource.id(1);
    PutResult result = store.put(id, Samples.FIRST, new Precondition.None());
    assertThat(result).as("put of an item that is not there").isInstanceOf(PutResult.Created.class);
    resource.assertItem("get after put", resource.get(id), id, Samples.FIRST);
    assertThat(((PutResult.Created) result).item())
        .as("the item that put answers: the id, version and body that get gives")
        .isEqualTo(resource.get(id));
  }

  @Test
  default void put_when_the_item_exists_replaces_it_whole(Resource resource, WritableStore store) {
    String id = resource.id(1);
    resource.put(id, Samples.FIRST);
    PutResult result = store.put(id, Samples.SECOND, new Precondition.None());
    assertThat(result).as("put of an item that is there").isInstanceOf(PutResult.Replaced.class);
    resource.assertItem(
        "put replaces: nothing of the earlier body is left", resource.get(id), id, Samples.SECOND);
    assertThat(((PutResult.Replaced) result).item())
        .as("the item that put answers: the id, version and body that get gives")
        .isEqualTo(resource.get(id));
    assertThat(Walk.ids(store, Query.first(10)))
        .as("the list after an item was replaced: it is there once")
        .containsExactly(id);
  }

  @Test
  default void put_when_done_changes_no_other_item(Resource resource, WritableStore store) {
    Item other = resource.put(resource.id(1), Samples.FIRST);
    resource.put(resource.id(2), Samples.SECOND);
    resource.put(resource.id(2), Samples.FIRST);
    store.delete(resource.id(2), new Precondition.None());
    assertThat(resource.get(resource.id(1)))
        .as("an item after writes to another one")
        .isEqualTo(other);
  }

  @Test
  default void put_when_the_body_has_the_id_field_keeps_its_text(
      Resource resource, WritableStore store) {
    String id = resource.id(7);
    JsonObject body = Samples.FIRST.with(resource.idField(), new JsonString(id));
    resource.assertItem("put with the id in the body", resource.put(id, body), id, body);
    resource.assertItem(
        "put without it, later", resource.put(id, Samples.SECOND), id, Samples.SECOND);
    resource.assertItem("get, after that", resource.get(id), id, Samples.SECOND);
  }

  @Test
  default void delete_when_the_item_exists_removes_it(Resource resource, WritableStore store) {
    String id = resource.id(1);
    Item stored = resource.put(id, Samples.FIRST);
    resource.put(resource.id(2), Samples.SECOND);
    assertThat(store.delete(id, new Precondition.None()))
        .as("delete of an item that is there answers Deleted with what it was")
        .isEqualTo(new DeleteResult.Deleted(stored));
    assertThat(store.get(id)).as("get of a deleted item").isEmpty();
    assertThat(Walk.ids(store, Query.first(10)))
        .as("the list after a delete")
        .containsExactly(resource.id(2));
  }

  @Test
  default void delete_when_the_item_is_missing_says_so(Resource resource, WritableStore store) {
    String id = resource.id(1);
    assertThat(store.delete(id, new Precondition.None()))
        .as("delete of an item that never was")
        .isEqualTo(new DeleteResult.Missing());
    resource.put(id, Samples.FIRST);
    store.delete(id, new Precondition.None());
    assertThat(store.delete(id, new Precondition.None()))
        .as("delete of an item that is gone")
        .isEqualTo(new DeleteResult.Missing());
  }

  @Test
  default void create_when_called_again_gives_another_id(Resource resource, WritableStore store) {
    if (!resource.choosesIds()) {
      assertThatThrownBy(() -> store.create(Samples.FIRST))
          .as("create where only the client can choose an id: refused with INVALID")
          .isInstanceOfSatisfying(
              StoreException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(StoreException.Reason.INVALID));
      return;
    }
    // the default create() tries ids until this succeeds: without it, it would never end
    assertThat(store.put(resource.id(0), Samples.FIRST, new Precondition.Absent()))
        .as("put with Absent of an item that is not there")
        .isInstanceOf(PutResult.Created.class);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      Item created = store.create(Samples.FIRST);
      assertThat(created.id()).as("the id that create chose: not empty").isNotEmpty();
      assertThat(resource.get(created.id())).as("get of what create answered").isEqualTo(created);
      resource.assertItem("create", created, created.id(), Samples.FIRST);
      ids.add(created.id());
    }
    assertThat(ids).as("the ids of ten items that were created: all different").hasSize(10);
  }

  @Test
  default void create_when_ids_are_random_chooses_uuids(Resource resource, WritableStore store) {
    Assumptions.assumeTrue(store.hasRandomIds(), "does not apply: the store chooses other ids");
    String id = store.create(Samples.FIRST).id();
    assertThat(id)
        .as("the id that create chose, where hasRandomIds() says that it is a random UUID")
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }
}
