package dev.backplane.spi;

import java.util.UUID;

/**
 * A store that also writes. A write that returned is durable as far as the backend promises it, and
 * is seen by the next {@link #get}.
 */
public interface WritableStore extends Store {
  /**
   * Creates or replaces an item whole: nothing of an earlier body is left. The test of the
   * precondition and the write are one atomic step.
   *
   * @param id the id: any text but the empty one, kept exactly
   * @param body what to store. Where it has the resource's id field, that member's text is {@code
   *     id} and its type is the client's; where it has not, the store keeps the field as it was. A
   *     store that never keeps the field in a body leaves it to the gateway
   * @param precondition what must hold
   * @return what happened; the item that it carries has the version that {@link #get} gives
   * @throws StoreException when the backend fails, or {@link StoreException.Reason#INVALID} for an
   *     item that it cannot hold
   */
  PutResult put(String id, JsonObject body, Precondition precondition);

  /**
   * Deletes an item; testing the precondition and deleting are one atomic step.
   *
   * @param id the id
   * @param precondition what must hold; {@link Precondition.Absent} never does for an existing item
   * @return what happened
   * @throws StoreException when the backend fails
   */
  DeleteResult delete(String id, Precondition precondition);

  /**
   * Creates an item under an id of the store's choice; a random UUID (RFC 9562) unless overridden.
   * Random UUIDs do not meet in practice; a store that says so again and again is broken.
   *
   * <p>A store that overrides this and chooses other ids overrides {@link #hasRandomIds}, too.
   *
   * @param body what to store; without the resource's id field
   * @return what is stored, with its id
   * @throws StoreException as {@link #put}
   */
  default Item create(JsonObject body) {
    for (int attempt = 0; attempt < 3; attempt++) {
      PutResult result = put(UUID.randomUUID().toString(), body, new Precondition.Absent());
      if (result instanceof PutResult.Created created) {
        return created.item();
      }
    }
    throw new StoreException(
        StoreException.Reason.UNAVAILABLE, "The backend refused every new id as taken.");
  }

  /**
   * Whether {@link #create} chooses random UUIDs and nothing but the id makes the item, so that the
   * gateway may choose one and {@link #put} the item instead. It does where it has to know the id
   * before there is an item: a create that is sent again must find the item of the first try.
   *
   * @return true unless overridden; false where only the backend can choose an id, or nobody
   */
  default boolean hasRandomIds() {
    return true;
  }
}
