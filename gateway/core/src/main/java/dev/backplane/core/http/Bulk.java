package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Answers POST of {@code _bulk}: many writes, each of which succeeds or fails by itself, one result
 * for each in their order. For one request on one thread.
 */
final class Bulk {
  /** Where the writes are sent; with any other method it is an id like others. */
  static final String NAME = "_bulk";

  /** As long as a list may take; a load balancer waits for half a minute. */
  static final long MAX_NANOS = Duration.ofSeconds(10).toNanos();

  private final ServedResource resource;
  private final WriteReplies replies;
  private final BulkResults results;
  private final Patches patches;
  private final String requestId;
  private final LongSupplier nanoTime;
  private final long started;

  Bulk(ServedResource resource, WriteReplies replies, Patches patches, String requestId) {
    this(resource, replies, patches, requestId, System::nanoTime);
  }

  Bulk(
      ServedResource resource,
      WriteReplies replies,
      Patches patches,
      String requestId,
      LongSupplier nanoTime) {
    this.resource = resource;
    this.replies = replies;
    this.results = new BulkResults(resource, replies);
    this.patches = patches;
    this.requestId = requestId;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
  }

  Reply run(JsonArray operations, Attempt attempt) {
    List<JsonValue> elements = operations.elements();
    BatchCreates creates = new BatchCreates(resource, results, requestId, attempt);
    List<JsonValue> told = new ArrayList<>();
    while (told.size() < elements.size()) {
      Map<String, JsonObject> items = isOver() ? Map.of() : creates.from(elements, told.size());
      if (items.isEmpty()) {
        told.add(result(elements.get(told.size()), attempt.at(told.size())));
      } else {
        told.addAll(results(creates, items));
      }
    }
    return new Reply(200, replies.headers(), Optional.of(new JsonArray(told)));
  }

  private List<JsonObject> results(BatchCreates creates, Map<String, JsonObject> items) {
    try {
      return creates.run(items);
    } catch (RuntimeException | LinkageError | StackOverflowError failure) {
      HttpProblem problem = Failures.problem(requestId, failure);
      return Collections.nCopies(items.size(), results.failed(JsonObject.empty(), problem));
    }
  }

  private JsonObject result(JsonValue element, Attempt attempt) {
    try {
      BulkOperation operation = BulkOperation.parse(element);
      if (isOver()) {
        throw new HttpProblem(503, "Time ran out before this operation: send it again.");
      }
      return result(operation, attempt);
    } catch (RuntimeException | LinkageError | StackOverflowError failure) {
      return results.failed(element, Failures.problem(requestId, failure));
    }
  }

  private boolean isOver() {
    return nanoTime.getAsLong() - started > MAX_NANOS;
  }

  private JsonObject result(BulkOperation operation, Attempt attempt) {
    WriteConditions conditions = operation.conditions();
    if (attempt.again()
        && operation.kind() != BulkOperation.Kind.CREATE
        && !conditions.nameAState(resource)) {
      throw Attempt.unknown("Read the item, and send what is still to be done with a new key.");
    }
    return switch (operation.kind()) {
      case CREATE -> {
        resource.requireServed(Operation.CREATE, "create");
        yield results.written(ItemWriter.create(resource, operation.object(), attempt));
      }
      case REPLACE ->
          results.written(
              ItemWriter.replace(resource, operation.idText(), operation.object(), conditions));
      case UPDATE -> {
        String id = operation.idText();
        yield results.written(
            ItemWriter.update(
                resource, id, patches.of(operation.body(), id), conditions, Attempt.ONLY));
      }
      case DELETE -> results.deleted(ItemWriter.delete(resource, operation.idText(), conditions));
    };
  }
}
