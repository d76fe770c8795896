package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Write;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes writes of the operations of an {@link AtomicBulk}, and reads what they need for it. */
final class AtomicPlan {
  /** Any one tells of all; several, as others may change some of the items. */
  private static final int MOST_INTENTS = 5;

  private final ServedResource resource;
  private final WriteReplies replies;
  private final Patches patches;

  AtomicPlan(ServedResource resource, WriteReplies replies, Patches patches) {
    this.resource = resource;
    this.replies = replies;
    this.patches = patches;
  }

  PlannedWrite of(JsonValue element, Attempt attempt) {
    BulkOperation operation = BulkOperation.parse(element);
    WriteConditions conditions = operation.conditions();
    return switch (operation.kind()) {
      case CREATE -> create(operation.object(), attempt);
      case REPLACE ->
          WritePlanner.replace(resource, operation.idText(), operation.object(), conditions);
      case UPDATE -> {
        String id = operation.idText();
        yield WritePlanner.update(resource, id, patches.of(operation.body(), id), conditions);
      }
      case DELETE ->
          // several deletes as one need not tell what was there
          WritePlanner.delete(
              resource, operation.idText(), conditions, replies.showsDeleted(resource, false));
    };
  }

  private PlannedWrite create(JsonObject body, Attempt attempt) {
    resource.requireServed(Operation.CREATE, "create");
    JsonObject checked = WritePlanner.newItem(resource, body);
    String id = resource.idIn(checked).or(attempt::seed).orElseGet(this::newId);
    return WritePlanner.create(id, checked);
  }

  private String newId() {
    if (!resource.store().hasRandomIds()) {
      throw HttpProblem.badRequest(
          "The backend of this resource chooses ids by itself, which it cannot do for writes that"
              + " are done as one: give \""
              + resource.mapping().idField()
              + "\" in the body.");
    }
    return UUID.randomUUID().toString();
  }

  /** The items that writes are made of. */
  Map<String, Item> read(List<PlannedWrite> planned) {
    return readAll(
        planned.stream()
            .filter(PlannedWrite.Reading.class::isInstance)
            .map(PlannedWrite::id)
            .toList());
  }

  private Map<String, Item> readAll(List<String> ids) {
    Map<String, Item> items = new HashMap<>();
    int most = resource.mapping().lists().maxPageSize();
    for (int from = 0; from < ids.size(); from += most) {
      Set<String> some = new LinkedHashSet<>(ids.subList(from, Math.min(from + most, ids.size())));
      resource.getAll(some).forEach(item -> items.put(item.id(), item));
    }
    return items;
  }

  /**
   * Finds out whether an earlier try, whose answer got lost, did all: as it did all or nothing, the
   * items tell that it created, or where it created none those that it changed.
   *
   * @return the items as they are now; empty when the writes have to be done
   */
  Optional<Map<String, Item>> doneBefore(List<PlannedWrite> planned, Attempt attempt) {
    if (!attempt.again()) {
      return Optional.empty();
    }
    Map<String, Item> items = readAll(planned.stream().map(PlannedWrite::id).toList());
    boolean any = false;
    for (int i = 0; i < planned.size(); i++) {
      Optional<Write.Put> create = newItem(planned.get(i));
      Optional<Item> item = create.flatMap(put -> Optional.ofNullable(items.get(put.id())));
      if (item.isPresent()) {
        if (!ItemWriter.isOurs(resource, item.get(), create.get().body(), attempt.at(i))) {
          return Optional.empty();
        }
        any = true;
      }
    }
    List<Intent> intents = attempt.intents().earlier();
    return any || isChanged(items, intents) ? Optional.of(items) : Optional.empty();
  }

  /**
   * Whether an earlier try has made the changes that it said it would; as what it sent may be done
   * late, this is also asked when a write was refused.
   *
   * @param items as they are now
   */
  static boolean isChangedLate(Map<String, Item> items, Attempt attempt) {
    return isChanged(
        items,
        attempt.intents().earlier().stream()
            .filter(intent -> items.containsKey(intent.id()))
            .toList());
  }

  private static boolean isChanged(Map<String, Item> items, List<Intent> intents) {
    Set<Intent.Fate> fates = EnumSet.noneOf(Intent.Fate.class);
    for (Intent intent : intents) {
      fates.add(intent.fate(Optional.ofNullable(items.get(intent.id()))));
    }
    // one item that is as it was tells that none was changed
    if (fates.isEmpty() || fates.contains(Intent.Fate.NOT_DONE)) {
      return false;
    }
    if (!fates.contains(Intent.Fate.DONE)) {
      throw Attempt.unknown("Read the items, and send what is still to be done with a new key.");
    }
    return true;
  }

  /**
   * Says what is about to be changed, for a later try. Items that are created tell by themselves.
   *
   * @param writes what is about to be done
   * @param items those that were read for it
   */
  void announce(List<Write> writes, Map<String, Item> items, Attempt attempt) {
    boolean creates =
        writes.stream().anyMatch(write -> write.precondition() instanceof Precondition.Absent);
    if (!creates) {
      attempt.intents().announce(() -> intents(writes, items));
    }
  }

  private List<Intent> intents(List<Write> writes, Map<String, Item> items) {
    List<Write> some = writes.subList(0, Math.min(writes.size(), MOST_INTENTS));
    Map<String, Item> known = new HashMap<>(items);
    List<String> unknown =
        some.stream().map(Write::id).filter(id -> !known.containsKey(id)).toList();
    known.putAll(readAll(unknown));
    List<Intent> intents = new ArrayList<>();
    for (Write write : some) {
      Optional.ofNullable(known.get(write.id()))
          .map(item -> Intent.of(item, write, resource.mapping().idField()))
          .filter(Intent::tells)
          .ifPresent(intents::add);
    }
    return intents;
  }

  /** What the write creates; empty when it needs the item. */
  static Optional<Write.Put> newItem(PlannedWrite planned) {
    return planned instanceof PlannedWrite.Fixed fixed
            && fixed.write() instanceof Write.Put put
            && put.precondition() instanceof Precondition.Absent
        ? Optional.of(put)
        : Optional.empty();
  }
}
