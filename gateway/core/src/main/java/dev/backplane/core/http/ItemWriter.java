package dev.backplane.core.http;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Does the writes of {@link WritePlanner} one at a time. */
final class ItemWriter {
  /** How often a change without If-Match is made anew when somebody else was quicker. */
  static final int ATTEMPTS = 10;

  /**
   * What a write left.
   *
   * @param item the item as it is stored
   * @param created whether there was none before
   */
  record Written(Item item, boolean created) {}

  private ItemWriter() {}

  static Written create(ServedResource resource, JsonObject body, Attempt attempt) {
    JsonObject checked = WritePlanner.newItem(resource, body);
    Optional<String> id = resource.idIn(checked).or(attempt::seed);
    if (id.isEmpty() && attempt.again()) {
      throw Attempt.unknown(
          "The backend chooses the ids here: look for the item, and create it with a new key when"
              + " it is not there.");
    }
    if (id.isEmpty()) {
      return new Written(resource.store().create(checked), true);
    }
    return switch (resource.store().put(id.get(), checked, new Precondition.Absent())) {
      case PutResult.Created created -> new Written(created.item(), true);
      case PutResult.PreconditionFailed taken ->
          new Written(
              taken
                  .current()
                  .filter(item -> isOurs(resource, item, checked, attempt))
                  .filter(resource::maySee)
                  .orElseThrow(HttpProblem::taken),
              true);
      case PutResult.Replaced replaced -> throw new IllegalStateException("put replaced an item");
    };
  }

  /** Whether an earlier try, whose answer got lost, created the item. */
  static boolean isOurs(ServedResource resource, Item item, JsonObject body, Attempt attempt) {
    String idField = resource.mapping().idField();
    boolean chosen = attempt.seed().equals(Optional.of(item.id()));
    return attempt.again()
        && (chosen || item.body().without(idField).equals(body.without(idField)));
  }

  static Written replace(
      ServedResource resource, String id, JsonObject body, WriteConditions conditions) {
    return write(resource, WritePlanner.replace(resource, id, body, conditions), Attempt.ONLY);
  }

  static Written update(
      ServedResource resource,
      String id,
      UnaryOperator<JsonObject> patch,
      WriteConditions conditions,
      Attempt attempt) {
    return write(resource, WritePlanner.update(resource, id, patch, conditions), attempt);
  }

  static Item delete(ServedResource resource, String id, WriteConditions conditions) {
    // a single delete tells what was there, so nothing is read before
    PlannedWrite planned = WritePlanner.delete(resource, id, conditions, false);
    return write(resource, planned, Attempt.ONLY).item();
  }

  private static Written write(ServedResource resource, PlannedWrite planned, Attempt attempt) {
    for (int n = 1; n <= ATTEMPTS; n++) {
      Optional<Item> item =
          planned instanceof PlannedWrite.Reading ? resource.get(planned.id()) : Optional.empty();
      // each time, as what an earlier try sent may be done late
      Intent.Fate before = attempt.fate(planned.id(), item);
      if (before == Intent.Fate.DONE && item.isPresent()) {
        return new Written(item.get(), false);
      }
      Write write = planned.write(item);
      if (before == Intent.Fate.UNKNOWN) {
        throw Attempt.unknown("Read the item, and send what is still to be done with a new key.");
      }
      String idField = resource.mapping().idField();
      item.ifPresent(
          found -> attempt.intents().announce(() -> List.of(Intent.of(found, write, idField))));
      Tried tried = once(resource, write);
      if (tried.written().isPresent()) {
        return tried.written().get();
      }
      if (planned instanceof PlannedWrite.Fixed fixed) {
        throw fixed.refused(tried.current());
      }
    }
    throw busy();
  }

  /** What came of a write: what it left, or the item as it is that stood in its way. */
  private record Tried(Optional<Written> written, Optional<Item> current) {}

  private static Tried once(ServedResource resource, Write write) {
    return switch (write) {
      case Write.Put put ->
          switch (resource.store().put(put.id(), put.body(), put.precondition())) {
            case PutResult.Created created -> done(created.item(), true);
            case PutResult.Replaced replaced -> done(replaced.item(), false);
            case PutResult.PreconditionFailed failed -> refused(failed.current());
          };
      case Write.Delete delete ->
          switch (resource.store().delete(delete.id(), delete.precondition())) {
            case DeleteResult.Deleted deleted -> done(deleted.item(), false);
            case DeleteResult.Missing missing -> refused(Optional.empty());
            case DeleteResult.PreconditionFailed failed -> refused(Optional.of(failed.current()));
          };
    };
  }

  private static Tried done(Item item, boolean created) {
    return new Tried(Optional.of(new Written(item, created)), Optional.empty());
  }

  private static Tried refused(Optional<Item> current) {
    return new Tried(Optional.empty(), current);
  }

  static HttpProblem busy() {
    return new HttpProblem(
        503, "Others keep changing this item; try again.", Map.of("Retry-After", "1"));
  }
}
