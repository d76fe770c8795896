package dev.backplane.core.http;

import dev.backplane.core.http.ItemWriter.Written;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.Optional;

/** The results of the operations of a {@code _bulk}. For one request on one thread. */
final class BulkResults {
  /** How many bytes of items an answer may have; what comes after is told without its body. */
  private static final int MAX_BODIES = 4 * 1024 * 1024;

  private final ServedResource resource;
  private final WriteReplies replies;
  private int sent;

  BulkResults(ServedResource resource, WriteReplies replies) {
    this.resource = resource;
    this.replies = replies;
  }

  JsonObject written(Written written) {
    Item item = written.item();
    Optional<JsonObject> body = replies.body(resource, item);
    return JsonObject.builder()
        .put("status", JsonNumber.of(WriteReplies.status(written.created(), body)))
        .put("id", idOf(item))
        .putAll(etag(item))
        .putAll(bounded(body))
        .build();
  }

  JsonObject deleted(Item item) {
    Optional<JsonObject> body = replies.deleted(resource, item, false);
    return JsonObject.builder()
        .put("status", JsonNumber.of(WriteReplies.status(false, body)))
        .put("id", idOf(item))
        .putAll(bounded(body))
        .build();
  }

  /** Of an operation that was done, where the item itself is not known. */
  static JsonObject done(int status, JsonValue element, String id) {
    return JsonObject.builder()
        .put("id", new JsonString(id))
        .putAll(status(status, element).build())
        .build();
  }

  /** Of an operation that was refused. */
  JsonObject failed(JsonValue element, HttpProblem problem) {
    JsonObject body = problem.body();
    sent += problem.members().members().isEmpty() ? 0 : Json.CODEC.write(body).length;
    JsonObject told =
        sent <= MAX_BODIES ? body : new HttpProblem(problem.status(), problem.detail()).body();
    return status(problem.status(), element).put("problem", told).build();
  }

  /** Of an operation that was not done because another one could not be. */
  static JsonObject notDone(JsonValue element) {
    return status(424, element).build();
  }

  private static JsonObject.Builder status(int status, JsonValue element) {
    JsonObject.Builder result = JsonObject.builder().put("status", JsonNumber.of(status));
    if (element instanceof JsonObject operation) {
      operation.get("id").filter(BulkOperation::canBeId).ifPresent(id -> result.put("id", id));
    }
    return result;
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

  private JsonObject etag(Item item) {
    return resource
        .state(item)
        .map(state -> JsonObject.of("etag", new JsonString(Conditions.quoted(state))))
        .orElse(JsonObject.empty());
  }

  private JsonValue idOf(Item item) {
    return resource.bodies().whole(item).get(resource.mapping().idField()).orElseThrow();
  }
}
