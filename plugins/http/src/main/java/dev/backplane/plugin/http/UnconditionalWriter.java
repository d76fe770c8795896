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
 * Writes to a backend that tests no conditions. What relies on a test and a write in one step is
 * refused: a write for one version of an item, and so also a patch, and a new item under an id of
 * the client's choice.
 */
final class UnconditionalWriter implements Writer {
  private final Writing writing;
  private final ItemReader reader;

  UnconditionalWriter(Writing writing) {
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
    return switch (precondition) {
      case Precondition.None none -> put(id, body, deadline);
      case Precondition.Absent absent -> throw Writing.ownIdsOnly();
      case Precondition.Exists exists ->
          // a backend whose PUT creates what is missing must not: nobody asked for that
          reader.read(id, deadline).isPresent()
              ? new PutResult.Replaced(replaced(id, body, deadline))
              : new PutResult.PreconditionFailed(Optional.empty());
      case Precondition.Matches matches -> throw unsupported();
    };
  }

  private PutResult put(String id, JsonObject body, Deadline deadline) {
    Answer answer = writing.put(id, body, Map.of(), deadline);
    if (answer.isMissing()) {
      throw Writing.ownIdsOnly();
    }
    Item item = writing.written(id, body, answer, deadline);
    return answer.status() == 201 ? new PutResult.Created(item) : new PutResult.Replaced(item);
  }

  private Item replaced(String id, JsonObject body, Deadline deadline) {
    return writing.written(id, body, writing.put(id, body, Map.of(), deadline), deadline);
  }

  @Override
  public DeleteResult delete(String id, Precondition precondition) {
    if (precondition instanceof Precondition.Matches) {
      throw unsupported();
    }
    Deadline deadline = writing.deadline();
    Optional<Item> item = reader.read(id, deadline).map(Found::item);
    if (item.isEmpty()) {
      return new DeleteResult.Missing();
    }
    if (!ConditionalWriter.holds(precondition, item.get())) {
      return new DeleteResult.PreconditionFailed(item.get());
    }
    Answer answer = writing.delete(id, Map.of(), deadline);
    if (answer.isMissing()) {
      return new DeleteResult.Missing();
    }
    writing.requireDone(writing.settings().delete(), answer);
    return new DeleteResult.Deleted(item.get());
  }

  private static StoreException unsupported() {
    return new StoreException(
        Reason.UNSUPPORTED,
        "The backend of this resource cannot write on a condition: leave If-Match out, and PUT the"
            + " whole item instead of patching it.");
  }
}
