package dev.backplane.core.http;

import dev.backplane.core.http.ItemWriter.Written;
import dev.backplane.core.mapping.Operation;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final long MAX_NANOS = Duration.ofSeconds(10).toNanos();

  /** How many bytes of items an answer may have; what comes after is told without its body. */
  private static final int MAX_BODIES = 4 * 1024 * 1024;

  private final ServedResource resource;
  private final WriteReplies replies;
  private final Patches patches;
  private final String requestId;
  private final LongSupplier nanoTime;
  private final long started;
  private int sent;

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
    this.patches = patches;
    this.requestId = requestId;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
  }

  /** Checks what holds for the operations as a whole. */
  static JsonArray read(JsonValue body, ServedResource resource) {
    int most = resource.mapping().writes().maxBulkSize();
    if (!(body instanceof JsonArray operations)) {
      throw HttpProblem.badRequest("The body should be an array of operations.");
    }
    if (operations.elements().size() > most) {
      throw new HttpProblem(
          413, "One request may have at most " + most + " operations here: send several.");
    }
    return operations;
  }

  Reply run(JsonArray operations, Attempt attempt) {
    List<JsonValue> results = new ArrayList<>();
    for (JsonValue operation : operations.elements()) {
      results.add(result(operation, attempt.at(results.size())));
    }
    return new Reply(200, replies.headers(), Optional.of(new JsonArray(results)));
  }

  private JsonObject result(JsonValue element, Attempt attempt) {
    try {
      BulkOperation operation = BulkOperation.parse(element);
      if (nanoTime.getAsLong() - started > MAX_NANOS) {
        throw new HttpProblem(503, "Time ran out before this operation: send it again.");
      }
      return result(operation, attempt);
    } catch (RuntimeException | LinkageError | StackOverflowError failure) {
      return failed(element, Failures.problem(requestId, failure));
    }
  }

  private JsonObject result(BulkOperation operation, Attempt attempt) {
    WriteConditions conditions = operation.conditions();
    return switch (operation.kind()) {
      case CREATE -> {
        resource.requireServed(Operation.CREATE, "create");
        yield written(ItemWriter.create(resource, operation.object(), attempt));
      }
      case REPLACE ->
          written(ItemWriter.replace(resource, operation.idText(), operation.object(), conditions));
      case UPDATE -> {
        String id = operation.idText();
        yield written(
            ItemWriter.update(resource, id, patches.of(operation.body(), id), conditions));
      }
      case DELETE -> deleted(ItemWriter.delete(resource, operation.idText(), conditions));
    };
  }

  private JsonObject written(Written written) {
    Item item = written.item();
    Optional<JsonObject> body = replies.body(resource, item);
    return JsonObject.builder()
        .put("status", JsonNumber.of(WriteReplies.status(written.created(), body)))
        .put("id", idOf(item))
        .put("etag", new JsonString(Conditions.tag(item)))
        .putAll(bounded(body))
        .build();
  }

  private JsonObject deleted(Item item) {
    Optional<JsonObject> body = replies.deleted(resource, item, false);
    return JsonObject.builder()
        .put("status", JsonNumber.of(WriteReplies.status(false, body)))
        .put("id", idOf(item))
        .putAll(bounded(body))
        .build();
  }

  private JsonObject bounded(Optional<JsonObject> body) {
    if (body.isEmpty()) {
      return JsonObject.empty();
    }
    if (sent <= MAX_BODIES) {
      sent += Json.CODEC.write(body.get()).length;
    }
    return sent <= MAX_BODIES ? JsonObject.of("body", body.get()) : JsonObject.empty();
  }

  private JsonValue idOf(Item item) {
    return resource.bodies().whole(item).get(resource.mapping().idField()).orElseThrow();
  }

  private static JsonObject failed(JsonValue element, HttpProblem problem) {
    JsonObject.Builder result = JsonObject.builder().put("status", JsonNumber.of(problem.status()));
    if (element instanceof JsonObject operation) {
      operation.get("id").filter(BulkOperation::canBeId).ifPresent(id -> result.put("id", id));
    }
    return result.put("problem", problem.body()).build();
  }
}
