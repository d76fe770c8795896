package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.core.mapping.Put;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Write;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The four writes that there are, whichever request asks for them: what goes into a store is
 * checked and made here.
 */
final class WritePlanner {
  private WritePlanner() {}

  /**
   * Checks a new item.
   *
   * @return what to store, with the id if the client names one
   */
  static JsonObject newItem(ServedResource resource, JsonObject body) {
    JsonObject checked = resource.toStore(Operation.CREATE, body, Optional.empty());
    resource.idIn(checked).ifPresent(Ids::check);
    return checked;
  }

  /** Creates an item that was checked. */
  static PlannedWrite create(String id, JsonObject checked) {
    return new PlannedWrite.Fixed(
        new Write.Put(id, checked, new Precondition.Absent()), HttpProblem.taken());
  }

  static PlannedWrite replace(
      ServedResource resource, String id, JsonObject body, WriteConditions conditions) {
    requireSameId(resource, body, id);
    if (conditions.creates()) {
      resource.requireServed(Operation.CREATE, "PUT");
      return put(resource, id, newItem(resource, named(resource, body, id)), conditions);
    }
    resource.requireServed(Operation.REPLACE, "PUT");
    conditions.requireState(resource);
    if (resource.mapping().writes().put() == Put.MERGE) {
      UnaryOperator<JsonObject> merge =
          stored -> JsonObject.builder().putAll(stored).putAll(body).build();
      return change(resource, id, Operation.REPLACE, merge, conditions);
    }
    if (resource.needsStored()) {
      return change(resource, id, Operation.REPLACE, stored -> body, conditions);
    }
    JsonObject checked = resource.toStore(Operation.REPLACE, body, Optional.empty());
    // without the id, whose type is what is stored: the client may have spelled it as a text
    return put(resource, id, checked.without(resource.mapping().idField()), conditions);
  }

  /** With the id of the path where it says whose the item is. */
  private static JsonObject named(ServedResource resource, JsonObject body, String id) {
    String idField = resource.mapping().idField();
    boolean owns = resource.rows().ownerField().equals(Optional.of(idField));
    return owns && body.get(idField).isEmpty() ? body.with(idField, new JsonString(id)) : body;
  }

  private static PlannedWrite put(
      ServedResource resource, String id, JsonObject body, WriteConditions conditions) {
    return planned(resource, id, conditions, false, holding -> new Write.Put(id, body, holding));
  }

  static PlannedWrite update(
      ServedResource resource,
      String id,
      UnaryOperator<JsonObject> patch,
      WriteConditions conditions) {
    resource.requireServed(Operation.UPDATE, "PATCH");
    conditions.requireState(resource);
    return change(resource, id, Operation.UPDATE, patch, conditions);
  }

  /** Changes an item on the condition that nobody else wrote since it was read. */
  private static PlannedWrite change(
      ServedResource resource,
      String id,
      Operation operation,
      UnaryOperator<JsonObject> change,
      WriteConditions conditions) {
    String idField = resource.mapping().idField();
    return new PlannedWrite.Reading(
        id,
        item -> {
          conditions.check(resource, item);
          JsonObject before = resource.workable(item);
          JsonValue typed = before.get(idField).orElseThrow();
          JsonObject after = change.apply(before).with(idField, typed);
          JsonObject checked = resource.toStore(operation, after, Optional.of(item));
          return new Write.Put(id, checked.without(idField), unchanged(item));
        });
  }

  /**
   * Deletes an item.
   *
   * @param exactly whether the item has to be known that is deleted
   */
  static PlannedWrite delete(
      ServedResource resource, String id, WriteConditions conditions, boolean exactly) {
    resource.requireServed(Operation.DELETE, "DELETE");
    conditions.requireState(resource);
    boolean reads = exactly || resource.rows().restrictWrites();
    return planned(resource, id, conditions, reads, holding -> new Write.Delete(id, holding));
  }

  private static PlannedWrite planned(
      ServedResource resource,
      String id,
      WriteConditions conditions,
      boolean reads,
      Function<Precondition, Write> write) {
    Optional<Precondition> precondition = conditions.precondition(resource);
    if (precondition.isPresent() && !reads) {
      return new PlannedWrite.Fixed(write.apply(precondition.get()), HttpProblem.stale());
    }
    return new PlannedWrite.Reading(
        id,
        item -> {
          conditions.check(resource, item);
          resource.requireWritable(item);
          return write.apply(unchanged(item));
        });
  }

  private static Precondition unchanged(Item item) {
    return new Precondition.Matches(item.version());
  }

  static void requireSameId(ServedResource resource, JsonObject body, String id) {
    Optional<String> named = resource.idIn(body);
    if (named.isPresent() && !named.get().equals(id)) {
      throw HttpProblem.badRequest("The body has another id than the path.");
    }
  }
}
