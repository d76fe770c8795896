package dev.backplane.plugin.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.Map;
import java.util.Optional;

/**
 * The requests that write, and what is read from their answers. Safe for use by many threads.
 *
 * @param reader reads what was written
 * @param settings the methods
 */
record Writing(ItemReader reader, WriteSettings settings) {
  /** What asks for the item in the answer, which saves reading it. */
  private static final String PREFER = "Prefer";

  private static final String WHOLE = "return=representation";

  Deadline deadline() {
    return reader.backend().deadline();
  }

  Answer put(String id, JsonObject body, Map<String, String> condition, Deadline deadline) {
    Call call =
        new Call(
            settings.replace(),
            reader.paths().item(id),
            Optional.of(reader.codec().write(withId(id, body))),
            withPrefer(condition),
            !condition.isEmpty());
    return reader.backend().send(call, deadline);
  }

  /** The gateway leaves the id out of what it puts, as it does not know the type that is stored. */
  private JsonObject withId(String id, JsonObject body) {
    String field = reader.codec().shape().idField();
    if (body.get(field).isPresent()) {
      return body;
    }
    JsonValue text = new JsonString(id);
    return switch (settings.sendId()) {
      case NO -> body;
      case TEXT -> body.with(field, text);
      case NUMBER -> body.with(field, JsonNumber.parse(id).<JsonValue>map(n -> n).orElse(text));
    };
  }

  Answer delete(String id, Map<String, String> condition, Deadline deadline) {
    Call call =
        new Call(
            settings.delete(),
            reader.paths().item(id),
            Optional.empty(),
            condition,
            !condition.isEmpty());
    return reader.backend().send(call, deadline);
  }

  /** Creates an item at the list's path. */
  Item create(JsonObject body) {
    Deadline deadline = deadline();
    Call call =
        new Call(
            settings.create(),
            reader.paths().list(),
            Optional.of(reader.codec().write(body)),
            withPrefer(Map.of()),
            false);
    Answer answer = reader.backend().send(call, deadline);
    requireDone(settings.create(), answer);
    String id =
        idIn(answer)
            .or(() -> idAt(call.target(), answer))
            .orElseThrow(
                () -> reader.failures().nonsense("no id of the new item, in its body or Location"));
    return stored(id, body, answer, deadline);
  }

  private Optional<String> idIn(Answer answer) {
    if (answer.body().length == 0) {
      return Optional.empty();
    }
    return reader.codec().object(reader.codec().value(answer)).flatMap(reader.codec()::id);
  }

  private Optional<String> idAt(String target, Answer answer) {
    BaseUrl base = reader.backend().connection().settings().base();
    return answer
        .header("Location")
        .flatMap(location -> base.follow(target, location))
        .flatMap(reader.paths()::id);
  }

  /** The item that a {@link #put} left; fails unless the backend says that it has written. */
  Item written(String id, JsonObject body, Answer answer, Deadline deadline) {
    requireDone(settings.replace(), answer);
    return stored(id, body, answer, deadline);
  }

  /**
   * The item that a write left: from its answer, or read where the answer does not have it.
   *
   * @param body what was sent
   */
  private Item stored(String id, JsonObject body, Answer answer, Deadline deadline) {
    return reader
        .written(id, answer)
        .or(() -> reader.read(id, deadline).map(ItemReader.Found::item))
        // deleted since by somebody else: this is what it was
        .orElseGet(() -> reader.codec().byContent(id, body));
  }

  /** Fails unless the backend says that it has written. */
  void requireDone(String method, Answer answer) {
    if (answer.status() == 202) {
      throw new StoreException(
          Reason.TIMEOUT, "The backend of this resource writes later, if at all.");
    }
    if (!answer.isSuccess()) {
      throw reader.failure(method, answer);
    }
  }

  private static Map<String, String> withPrefer(Map<String, String> headers) {
    if (headers.isEmpty()) {
      return Map.of(PREFER, WHOLE);
    }
    Map.Entry<String, String> only = headers.entrySet().iterator().next();
    return Map.of(only.getKey(), only.getValue(), PREFER, WHOLE);
  }

  /** What a client is told who wants to choose an id where only the backend does. */
  static StoreException ownIdsOnly() {
    return new StoreException(
        Reason.INVALID,
        "The backend of this resource chooses the ids of new items: leave the id out.");
  }
}
