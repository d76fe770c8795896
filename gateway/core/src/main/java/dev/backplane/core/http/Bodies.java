package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.util.Optional;

/**
 * The two gates of a resource: every body that is about to be stored and every item that is about
 * to be sent passes here, whichever request it belongs to. Safe for use by many threads.
 */
final class Bodies {
  private final String idField;

  Bodies(ResourceMapping mapping) {
    this.idField = mapping.idField();
  }

  /**
   * Whether {@link #toStore} has to know what is stored when an item is replaced. It costs a read
   * that a PUT does without otherwise.
   */
  boolean needsStored() {
    return false;
  }

  /**
   * Makes of a body what is stored, or refuses it. Of a patch, this is the item as the patch leaves
   * it.
   *
   * @param operation CREATE, REPLACE or UPDATE
   * @param body the whole new body; of a create or replace, it may lack the id field
   * @param stored the item as it is; empty for a create, and for a replace unless {@link
   *     #needsStored}
   * @return the body for the store
   */
  JsonObject toStore(Operation operation, JsonObject body, Optional<Item> stored) {
    return body;
  }

  /** The body as the client sees it. */
  JsonObject toSend(Item item) {
    return whole(item);
  }

  /** The body with the id, whether or not the store keeps it there. */
  JsonObject whole(Item item) {
    if (item.body().get(idField).isPresent()) {
      return item.body();
    }
    return JsonObject.builder().put(idField, new JsonString(item.id())).putAll(item.body()).build();
  }
}
