package dev.backplane.plugin.http;

import dev.backplane.plugin.http.ItemReader.Found;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.Map;
import java.util.Optional;

/**
 * Writes to a backend that tests {@code If-Match} and {@code If-None-Match} itself, so that the
 * test and the write are one step there. Where a version is the hash of a content, the item is read
 * first, its content compared, and the write sent on the condition that the item still has the ETag
 * that it was read with.
 */
final class ConditionalWriter implements Writer {
  /** Each try that fails is another writer's success, unless the backend takes conditions ill. */
  private static final int MOST_TRIES = 50;

  private static final Map<String, String> CREATE = Map.of("If-None-Match", "*");
  private static final Map<String, String> REPLACE = Map.of("If-Match", "*");

  private final Writing writing;
  private final ItemReader reader;

  ConditionalWriter(Writing writing) {
    this.writing = writing;
    this.reader = writing.reader();
  }

  @Override
  public Item create(JsonObject body) {
    return writing.create(body);
  }

  @Override
  public PutResult put(String id, JsonObject body, Precondition precondition) {
    Deadline deadline = writing.deadline();
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      deadline.check();
      Optional<PutResult> result =
          switch (precondition) {
            case Precondition.None none -> upsert(id, body, deadline);
            case Precondition.Absent absent -> create(id, body, deadline);
            case Precondition.Exists exists -> replace(id, body, deadline);
            case Precondition.Matches matches -> replace(id, body, matches.version(), deadline);
          };
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw busy();
  }

  private Optional<PutResult> upsert(String id, JsonObject body, Deadline deadline) {
    Answer answer = writing.put(id, body, Map.of(), deadline);
    if (answer.isMissing()) {
      // a backend whose PUT only replaces
      Answer created = writing.put(id, body, CREATE, deadline);
      if (created.isMissing()) {
        throw Writing.ownIdsOnly();
      }
      return created.status() == 412
          ? Optional.empty()
          : Optional.of(new PutResult.Created(writing.written(id, body, created, deadline)));
    }
    Item item = writing.written(id, body, answer, deadline);
    return Optional.of(
        answer.status() == 201 ? new PutResult.Created(item) : new PutResult.Replaced(item));
  }

  private Optional<PutResult> create(String id, JsonObject body, Deadline deadline) {
    Answer answer = writing.put(id, body, CREATE, deadline);
    if (answer.isMissing()) {
      throw Writing.ownIdsOnly();
    }
    if (answer.status() != 412 && answer.status() != 409) {
      return Optional.of(new PutResult.Created(writing.written(id, body, answer, deadline)));
    }
    Optional<Item> current = reader.read(id, deadline).map(Found::item);
    if (current.isEmpty() && answer.status() == 409) {
      throw reader.failure(writing.settings().replace(), answer);
    }
    return current.map(item ->
        isOurs(answer, item, body)
            ? new PutResult.Created(item)
            : new PutResult.PreconditionFailed(current));
  }

  private Optional<PutResult> replace(String id, JsonObject body, Deadline deadline) {
    Answer answer = writing.put(id, body, REPLACE, deadline);
    if (answer.status() != 412 && !answer.isMissing()) {
      return Optional.of(replaced(id, body, answer, deadline));
    }
    return reader.read(id, deadline).isPresent()
        ? Optional.empty()
        : Optional.of(new PutResult.PreconditionFailed(Optional.empty()));
  }

  private Optional<PutResult> replace(
      String id, JsonObject body, String version, Deadline deadline) {
    boolean tagged =
        reader.codec().shape().byTag() && Answer.strongTag(quoted(version)).isPresent();
    String tag = version;
    if (!tagged) {
      Optional<Found> found = reader.read(id, deadline);
      if (found.isEmpty() || !found.get().item().version().equals(version)) {
        return Optional.of(new PutResult.PreconditionFailed(found.map(Found::item)));
      }
      tag = tag(found.get());
    }
    Answer answer = writing.put(id, body, Map.of("If-Match", quoted(tag)), deadline);
    if (answer.status() != 412 && !answer.isMissing()) {
      return Optional.of(replaced(id, body, answer, deadline));
    }
    Optional<Item> current = reader.read(id, deadline).map(Found::item);
    if (current.isPresent() && isOurs(answer, current.get(), body)) {
      return Optional.of(new PutResult.Replaced(current.get()));
    }
    boolean again = current.isPresent() && current.get().version().equals(version);
    return again ? Optional.empty() : Optional.of(new PutResult.PreconditionFailed(current));
  }

  /** Whether a request got through whose answer was lost, so that the next one failed. */
  private boolean isOurs(Answer answer, Item item, JsonObject body) {
    String idField = reader.codec().shape().idField();
    return answer.isRepeated() && item.body().without(idField).equals(body.without(idField));
  }

  private PutResult replaced(String id, JsonObject body, Answer answer, Deadline deadline) {
    Item item = writing.written(id, body, answer, deadline);
    if (answer.status() == 201) {
      throw reader.failures().noConditions("created an item on the condition that there is one");
    }
    return new PutResult.Replaced(item);
  }

  @Override
  public DeleteResult delete(String id, Precondition precondition) {
    Deadline deadline = writing.deadline();
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      Optional<Found> found = reader.read(id, deadline);
      if (found.isEmpty()) {
        return new DeleteResult.Missing();
      }
      Item item = found.get().item();
      if (!holds(precondition, item)) {
        return new DeleteResult.PreconditionFailed(item);
      }
      Map<String, String> unchanged = Map.of("If-Match", quoted(tag(found.get())));
      Answer answer = writing.delete(id, unchanged, deadline);
      if (answer.isMissing()) {
        return new DeleteResult.Missing();
      }
      if (answer.status() != 412) {
        writing.requireDone(writing.settings().delete(), answer);
        return new DeleteResult.Deleted(item);
      }
    }
    throw busy();
  }

  static boolean holds(Precondition precondition, Item item) {
    return switch (precondition) {
      case Precondition.None none -> true;
      case Precondition.Absent absent -> false;
      case Precondition.Exists exists -> true;
      case Precondition.Matches matches -> item.version().equals(matches.version());
    };
  }

  private String tag(Found found) {
    return found
        .tag()
        .orElseThrow(() -> reader.failures().noConditions("gave an item without a strong ETag"));
  }

  private static String quoted(String tag) {
    return '"' + tag + '"';
  }

  private static StoreException busy() {
    return new StoreException(
        Reason.THROTTLED, "Others keep changing this item; try again in a moment.");
  }
}
