package dev.backplane.core.http;

import dev.backplane.core.http.ItemWriter.Written;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Answers POST of {@code _bulk} with {@code _atomic=true}: many writes, all of which are done, or
 * none. For one request on one thread.
 */
final class AtomicBulk {
  private final AtomicPlan plan;
  private final ServedResource resource;
  private final WriteReplies replies;
  private final BulkResults results;
  private final String requestId;
  private final long started = System.nanoTime();

  AtomicBulk(ServedResource resource, WriteReplies replies, Patches patches, String requestId) {
    this.plan = new AtomicPlan(resource, replies, patches);
    this.resource = resource;
    this.replies = replies;
    this.results = new BulkResults(resource, replies);
    this.requestId = requestId;
  }

  Reply run(JsonArray operations, Attempt attempt) {
    List<JsonValue> elements = operations.elements();
    if (elements.isEmpty()) {
      return reply(List.of());
    }
    Set<String> ids = new HashSet<>();
    List<PlannedWrite> planned =
        each(
            elements,
            i -> {
              PlannedWrite write = plan.of(elements.get(i), attempt.at(i));
              if (!ids.add(write.id())) {
                throw HttpProblem.badRequest("Another operation is about the same item.");
              }
              return write;
            });
    Optional<Map<String, Item>> before = plan.doneBefore(planned, attempt);
    return before.isPresent()
        ? reply(told(elements, planned, before.get()))
        : write(elements, planned, attempt);
  }

  private Reply write(List<JsonValue> elements, List<PlannedWrite> planned, Attempt attempt) {
    Map<String, Item> items = plan.read(planned);
    for (int n = 1; n <= ItemWriter.ATTEMPTS && !isOver(); n++) {
      if (n > 1 && AtomicPlan.isChangedLate(items, attempt)) {
        return reply(told(elements, planned, items));
      }
      List<Write> writes =
          each(elements, i -> planned.get(i).write(find(items, planned.get(i).id())));
      plan.announce(writes, items, attempt);
      switch (resource.store().writeAll(writes)) {
        case WriteAllResult.Done done -> {
          done.items().forEach(each -> each.ifPresent(item -> items.put(item.id(), item)));
          return reply(told(elements, planned, items));
        }
        case WriteAllResult.Refused refused -> takeIn(refused.refusals(), elements, planned, items);
      }
    }
    throw new HttpProblem(
        503,
        "Nothing was written: others keep changing these items; try again.",
        Map.of("Retry-After", "1"));
  }

  private boolean isOver() {
    return System.nanoTime() - started > Bulk.MAX_NANOS;
  }

  /** Takes in what others made of the items; a write that cannot be made anew ends the request. */
  private void takeIn(
      Map<Integer, Refusal> refusals,
      List<JsonValue> elements,
      List<PlannedWrite> planned,
      Map<String, Item> items) {
    NavigableMap<Integer, HttpProblem> problems = new TreeMap<>();
    refusals.forEach((i, refusal) -> {
      PlannedWrite write = planned.get(i);
      switch (refusal) {
        case Refusal.Failed failed ->
            problems.put(i, Failures.problem(requestId, failed.failure()));
        case Refusal.PreconditionFailed failed when write instanceof PlannedWrite.Fixed fixed ->
            problems.put(i, fixed.refused(failed.current()));
        case Refusal.PreconditionFailed failed -> {
          items.remove(write.id());
          failed.current().filter(resource::maySee).ifPresent(item -> items.put(item.id(), item));
        }
      }
    });
    if (!problems.isEmpty()) {
      each(elements, problems, i -> planned.get(i).write(find(items, planned.get(i).id())));
    }
  }

  private <T> List<T> each(List<JsonValue> elements, IntFunction<T> step) {
    return each(elements, new TreeMap<>(), step);
  }

  /** Takes a step for each operation; what is wrong with any of them ends the request. */
  private <T> List<T> each(
      List<JsonValue> elements, NavigableMap<Integer, HttpProblem> problems, IntFunction<T> step) {
    List<T> all = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      try {
        all.add(step.apply(i));
      } catch (HttpProblem problem) {
        problems.putIfAbsent(i, problem);
      }
    }
    if (!problems.isEmpty()) {
      throw NothingWritten.problem(elements, problems, results);
    }
    return all;
  }

  private static Optional<Item> find(Map<String, Item> items, String id) {
    return Optional.ofNullable(items.get(id));
  }

  private Reply reply(List<JsonValue> told) {
    return new Reply(200, replies.headers(), Optional.of(new JsonArray(told)));
  }

  /** The results, by the items as they were written, or as they were before they were deleted. */
  private List<JsonValue> told(
      List<JsonValue> elements, List<PlannedWrite> planned, Map<String, Item> items) {
    List<JsonValue> told = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      told.add(told(elements.get(i), planned.get(i), items));
    }
    return told;
  }

  private JsonObject told(JsonValue element, PlannedWrite planned, Map<String, Item> items) {
    Optional<Item> item = find(items, planned.id());
    boolean creates = AtomicPlan.newItem(planned).isPresent();
    if (item.isEmpty()) {
      return BulkResults.done(creates ? 201 : 204, element, planned.id());
    }
    return BulkOperation.parse(element).kind() == BulkOperation.Kind.DELETE
        ? results.deleted(item.get())
        : results.written(new Written(item.get(), creates));
  }
}
