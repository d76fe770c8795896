package dev.backplane.plugin.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import java.util.Optional;

/**
 * Reads items by their ids. Safe for use by many threads.
 *
 * @param backend where they are
 * @param paths at which paths
 * @param codec in which bodies
 */
record ItemReader(Backend backend, Paths paths, ItemCodec codec) {
  /**
   * An item as it was read.
   *
   * @param item the item
   * @param tag the strong ETag that the backend gave with it
   */
  record Found(Item item, Optional<String> tag) {}

  Optional<Found> read(String id, Deadline deadline) {
    Answer answer = backend.send(Call.get(paths.item(id)), deadline);
    if (answer.isMissing()) {
      return Optional.empty();
    }
    if (answer.status() != 200) {
      throw failure("GET", answer);
    }
    JsonObject body = codec.body(answer);
    if (isOther(id, body)) {
      return Optional.empty(); // the backend takes several texts for one id: only one of them is it
    }
    return Optional.of(new Found(item(id, body, answer), answer.tag()));
  }

  /**
   * The item that a write left, where the answer to the write holds it; some answer with something
   * else.
   */
  Optional<Item> written(String id, Answer answer) {
    if (answer.body().length == 0 || (codec.shape().byTag() && answer.tag().isEmpty())) {
      return Optional.empty();
    }
    JsonValue value = codec.value(answer);
    return codec
        .object(value)
        .filter(body -> codec.id(body).equals(Optional.of(id)))
        .map(body -> item(id, body, answer));
  }

  private boolean isOther(String id, JsonObject body) {
    Optional<JsonValue> field = body.get(codec.shape().idField());
    return field.isPresent() && !field.flatMap(JsonValue::text).equals(Optional.of(id));
  }

  private Item item(String id, JsonObject body, Answer answer) {
    if (!codec.shape().byTag()) {
      return codec.byContent(id, body);
    }
    String tag =
        answer.tag().orElseThrow(() -> failures().nonsense("an item without a strong ETag"));
    String field = codec.shape().idField();
    boolean has = body.get(field).isPresent();
    return new Item(id, tag, has ? body : body.with(field, new JsonString(id)));
  }

  Failures failures() {
    return backend.failures();
  }

  StoreException failure(String method, Answer answer) {
    return failures().status(method, answer);
  }
}
