package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.Put;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The four writes that there are, whichever request asks for them: what goes into a store goes
 * through here.
 */
final class ItemWriter {
  /** How often a change without If-Match is made anew when somebody else was quicker. */
  private static final int ATTEMPTS = 10;

  /**
   * What a write left.
   *
   * @param item the item as it is stored
   * @param created whether there was none before
   */
  record Written(Item item, boolean created) {}

  private ItemWriter() {}

  static Written create(ServedResource resource, JsonObject body, Attempt attempt) {
    JsonObject checked = resource.bodies().toStore(Operation.CREATE, body, Optional.empty());
    Optional<String> named = resource.idIn(checked);
    named.ifPresent(Ids::check);
    Optional<String> id = named.or(attempt::seed);
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
                  .orElseThrow(HttpProblem::taken),
              true);
      case PutResult.Replaced replaced -> throw new IllegalStateException("put replaced an item");
    };
  }

  /** Whether an earlier try, whose answer got lost, created the item. */
  private static boolean isOurs(
      ServedResource resource, Item item, JsonObject body, Attempt attempt) {
    String idField = resource.mapping().idField();
    boolean chosen = attempt.seed().equals(Optional.of(item.id()));
    return attempt.again()
        && (chosen || item.body().without(idField).equals(body.without(idField)));
  }

  static Written replace(
      ServedResource resource, String id, JsonObject body, WriteConditions conditions) {
    requireSameId(resource, body, id);
    if (conditions.creates()) {
      resource.requireServed(Operation.CREATE, "PUT");
      JsonObject checked = resource.bodies().toStore(Operation.CREATE, body, Optional.empty());
      return put(resource, id, checked, conditions);
    }
    resource.requireServed(Operation.REPLACE, "PUT");
    conditions.requireState(resource);
    if (resource.mapping().writes().put() == Put.MERGE) {
      UnaryOperator<JsonObject> merge =
          stored -> JsonObject.builder().putAll(stored).putAll(body).build();
      return change(resource, id, Operation.REPLACE, merge, conditions);
    }
    if (resource.bodies().needsStored()) {
      return change(resource, id, Operation.REPLACE, stored -> body, conditions);
    }
    JsonObject checked = resource.bodies().toStore(Operation.REPLACE, body, Optional.empty());
    // without the id, whose type is what is stored: the client may have spelled it as a text
    JsonObject rest = checked.without(resource.mapping().idField());
    return put(resource, id, rest, conditions);
  }

  private static Written put(
      ServedResource resource, String id, JsonObject body, WriteConditions conditions) {
    return switch (resource.store().put(id, body, conditions.precondition(resource, id))) {
      case PutResult.Created created -> new Written(created.item(), true);
      case PutResult.Replaced replaced -> new Written(replaced.item(), false);
      case PutResult.PreconditionFailed failed ->
          throw failed.current().isPresent() ? HttpProblem.stale() : HttpProblem.noSuchItem();
    };
  }

  static Written update(
      ServedResource resource,
      String id,
      UnaryOperator<JsonObject> patch,
      WriteConditions conditions) {
    resource.requireServed(Operation.UPDATE, "PATCH");
    conditions.requireState(resource);
    return change(resource, id, Operation.UPDATE, patch, conditions);
  }

  /** Reads, changes and writes on the condition that nobody else wrote in between. */
  private static Written change(
      ServedResource resource,
      String id,
      Operation operation,
      UnaryOperator<JsonObject> change,
      WriteConditions conditions) {
    String idField = resource.mapping().idField();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Item item = resource.store().get(id).orElseThrow(HttpProblem::noSuchItem);
      conditions.check(item);
      JsonObject before = resource.bodies().whole(item);
      JsonValue typed = before.get(idField).orElseThrow();
      JsonObject after = change.apply(before).with(idField, typed);
      JsonObject checked = resource.bodies().toStore(operation, after, Optional.of(item));
      Precondition unchanged = new Precondition.Matches(item.version());
      switch (resource.store().put(id, checked.without(idField), unchanged)) {
        case PutResult.Replaced replaced -> {
          return new Written(replaced.item(), false);
        }
        case PutResult.PreconditionFailed failed -> {
          // somebody else was quicker: without If-Match the change is made to what they left
        }
        case PutResult.Created created -> throw new IllegalStateException("put created an item");
      }
    }
    throw new HttpProblem(
        503, "Others keep changing this item; try again.", Map.of("Retry-After", "1"));
  }

  static Item delete(ServedResource resource, String id, WriteConditions conditions) {
    resource.requireServed(Operation.DELETE, "DELETE");
    conditions.requireState(resource);
    return switch (resource.store().delete(id, conditions.precondition(resource, id))) {
      case DeleteResult.Deleted deleted -> deleted.item();
      case DeleteResult.Missing missing -> throw HttpProblem.noSuchItem();
      case DeleteResult.PreconditionFailed failed -> throw HttpProblem.stale();
    };
  }

  static void requireSameId(ServedResource resource, JsonObject body, String id) {
    Optional<String> named = resource.idIn(body);
    if (named.isPresent() && !named.get().equals(id)) {
      throw HttpProblem.badRequest("The body has another id than the path.");
    }
  }
}
