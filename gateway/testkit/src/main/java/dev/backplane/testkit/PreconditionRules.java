package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.WritableStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each precondition, on an item that is there and on one that is not. */
interface PreconditionRules {
  @Test
  default void put_when_absent_is_required_only_creates(Resource resource, WritableStore store) {
    assertCreates(resource, store, new Precondition.Absent());
    assertRefuses(resource, store, new Precondition.Absent());
  }

  @Test
  default void put_when_existence_is_required_only_replaces(
      Resource resource, WritableStore store) {
    assertRefusesToCreate(resource, store, new Precondition.Exists());
    Item existing = existing(resource);
    assertReplaces(resource, store, existing, new Precondition.Exists());
  }

  @Test
  default void put_when_a_version_is_required_replaces_that_version(
      Resource resource, WritableStore store) {
    Item existing = existing(resource);
    assertReplaces(resource, store, existing, new Precondition.Matches(existing.version()));
  }

  @Test
  default void put_when_a_version_is_required_refuses_another(
      Resource resource, WritableStore store) {
    String stale = resource.put(resource.id(1), Json.of("{'text': 'older'}")).version();
    assertRefuses(resource, store, new Precondition.Matches(stale));
    assertRefuses(resource, store, new Precondition.Matches("made-up"));
    assertRefuses(resource, store, new Precondition.Matches(""));
    assertRefuses(resource, store, new Precondition.Matches("*"));
  }

  @Test
  default void put_when_a_version_is_required_refuses_to_create(
      Resource resource, WritableStore store) {
    assertRefusesToCreate(resource, store, new Precondition.Matches("made-up"));
    Item existing = existing(resource);
    store.delete(existing.id(), new Precondition.None());
    assertRefusesToCreate(resource, store, new Precondition.Matches(existing.version()));
  }

  @Test
  default void delete_when_the_precondition_holds_deletes(Resource resource, WritableStore store) {
    for (Precondition kind : List.of(new Precondition.None(), new Precondition.Exists())) {
      Item existing = existing(resource);
      assertDeletes(store, existing, kind);
    }
    Item existing = existing(resource);
    assertDeletes(store, existing, new Precondition.Matches(existing.version()));
  }

  @Test
  default void delete_when_the_precondition_does_not_hold_changes_nothing(
      Resource resource, WritableStore store) {
    String stale = resource.put(resource.id(1), Json.of("{'text': 'older'}")).version();
    Item existing = existing(resource);
    for (Precondition precondition :
        List.of(
            new Precondition.Matches(stale),
            new Precondition.Matches("made-up"),
            new Precondition.Absent())) {
      assertThat(store.delete(existing.id(), precondition))
          .as(
              "delete with %s of an item that is there: PreconditionFailed with the item as it is",
              precondition)
          .isEqualTo(new DeleteResult.PreconditionFailed(existing));
      assertThat(store.get(existing.id()))
          .as("get after a delete whose %s did not hold: nothing was changed", precondition)
          .contains(existing);
    }
  }

  @Test
  default void delete_when_the_item_is_missing_says_so_whatever_is_required(
      Resource resource, WritableStore store) {
    for (Precondition precondition :
        List.of(
            new Precondition.Matches("made-up"),
            new Precondition.Exists(),
            new Precondition.Absent())) {
      assertThat(store.delete(resource.id(1), precondition))
          .as("delete with %s of an item that is not there: Missing", precondition)
          .isEqualTo(new DeleteResult.Missing());
    }
  }

  private static Item existing(Resource resource) {
    return resource.put(resource.id(1), Json.of("{'text': 'old'}"));
  }

  private static void assertCreates(
      Resource resource, WritableStore store, Precondition precondition) {
    PutResult result = store.put(resource.id(1), Samples.SECOND, precondition);
    assertThat(result)
        .as("put with %s of an item that is not there: Created", precondition)
        .isEqualTo(new PutResult.Created(resource.get(resource.id(1))));
  }

  private static void assertReplaces(
      Resource resource, WritableStore store, Item existing, Precondition precondition) {
    PutResult result = store.put(existing.id(), Samples.SECOND, precondition);
    Item stored = resource.get(existing.id());
    assertThat(result)
        .as("put with %s of an item for which it holds: Replaced", precondition)
        .isEqualTo(new PutResult.Replaced(stored));
    resource.assertItem("put with " + precondition, stored, existing.id(), Samples.SECOND);
  }

  private static void assertRefuses(
      Resource resource, WritableStore store, Precondition precondition) {
    Item existing = existing(resource);
    assertThat(store.put(existing.id(), Samples.SECOND, precondition))
        .as(
            "put with %s of an item for which it does not hold: PreconditionFailed with the item as"
                + " it is",
            precondition)
        .isEqualTo(new PutResult.PreconditionFailed(Optional.of(existing)));
    assertThat(store.get(existing.id()))
        .as("get after a put whose %s did not hold: nothing was changed", precondition)
        .contains(existing);
  }

  private static void assertRefusesToCreate(
      Resource resource, WritableStore store, Precondition precondition) {
    assertThat(store.put(resource.id(1), Samples.SECOND, precondition))
        .as("put with %s of an item that is not there: PreconditionFailed, empty", precondition)
        .isEqualTo(new PutResult.PreconditionFailed(Optional.empty()));
    assertThat(store.get(resource.id(1)))
        .as("get after a put whose %s did not hold: nothing was created", precondition)
        .isEmpty();
  }

  private static void assertDeletes(WritableStore store, Item existing, Precondition precondition) {
    assertThat(store.delete(existing.id(), precondition))
        .as("delete with %s of an item for which it holds: Deleted", precondition)
        .isEqualTo(new DeleteResult.Deleted(existing));
    assertThat(store.get(existing.id())).as("get after %s", precondition).isEmpty();
  }
}
