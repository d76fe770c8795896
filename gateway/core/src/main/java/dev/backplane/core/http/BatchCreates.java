package dev.backplane.core.http;

import dev.backplane.core.http.ItemWriter.Written;
import dev.backplane.core.mapping.Operation;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.StoreException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates of a {@code _bulk} that follow each other and name no ids, put in one call where the
 * store can. No precondition is lost by that: nobody else knows the random ids. For one request on
 * one thread.
 */
final class BatchCreates {
  /** As many as a store takes at once; time is looked at in between. */
  private static final int MOST = 100;

  private final ServedResource resource;
  private final BulkResults results;
  private final String requestId;
  private final Attempt attempt;
  private final boolean possible;

  BatchCreates(ServedResource resource, BulkResults results, String requestId, Attempt attempt) {
    this.resource = resource;
    this.results = results;
    this.requestId = requestId;
    this.attempt = attempt;
    // a second try has to find what the first one created, and leave it as others made it since
    this.possible =
        resource.store().putsMany()
            && resource.store().hasRandomIds()
            && resource.serves(Operation.CREATE)
            && resource.permits(Operation.CREATE)
            && !attempt.again();
  }

  /**
   * What to put at once, from an operation on.
   *
   * @param elements all operations
   * @param first which one to begin with
   * @return the items in the order of their creates, by ids made for them; none where a create by
   *     itself is as good
   */
  Map<String, JsonObject> from(List<JsonValue> elements, int first) {
    Map<String, JsonObject> items = new LinkedHashMap<>();
    for (int i = first; possible && i < elements.size() && items.size() < MOST; i++) {
      Optional<JsonObject> item = newItem(elements.get(i));
      if (item.isEmpty()) {
        break;
      }
      items.put(attempt.at(i).seed().orElseGet(() -> UUID.randomUUID().toString()), item.get());
    }
    return items.size() < 2 ? Map.of() : items;
  }

  private Optional<JsonObject> newItem(JsonValue element) {
    try {
      BulkOperation operation = BulkOperation.parse(element);
      if (operation.kind() != BulkOperation.Kind.CREATE) {
        return Optional.empty();
      }
      JsonObject item = WritePlanner.newItem(resource, operation.object());
      return resource.idIn(item).isEmpty() ? Optional.of(item) : Optional.empty();
    } catch (HttpProblem wrong) {
      return Optional.empty(); // which is told when the operation is taken by itself
    }
  }

  /** Puts the items; one result for each, in their order. */
  List<JsonObject> run(Map<String, JsonObject> items) {
    Map<String, PutOutcome> outcomes = resource.store().putAll(items);
    IdentityHashMap<StoreException, HttpProblem> problems =
        new IdentityHashMap<>(); // each logged once
    List<JsonObject> told = new ArrayList<>();
    for (String id : items.keySet()) {
      told.add(
          switch (Objects.requireNonNull(outcomes.get(id))) { // as the store was checked to tell
            case PutOutcome.Stored stored -> results.written(new Written(stored.item(), true));
            case PutOutcome.Failed failed ->
                results.failed(
                    JsonObject.empty(),
                    problems.computeIfAbsent(
                        failed.failure(), failure -> Failures.problem(requestId, failure)));
          });
    }
    return told;
  }
}
