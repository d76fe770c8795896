package dev.backplane.core.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Answers POST, PUT, PATCH and DELETE. */
final class Writing {
  private final int maxBodySize;
  private final Replays replays;

  /**
   * Answers writes.
   *
   * @param maxBodySize how large a body may be; the copies that a patch makes, too
   * @param replays what answers a request with an {@code Idempotency-Key}
   */
  Writing(int maxBodySize, Replays replays) {
    this.maxBodySize = maxBodySize;
    this.replays = replays;
  }

  void create(Exchange exchange, ServedResource resource) throws IOException {
    JsonObject body = exchange.body();
    WriteReplies replies = WriteReplies.of(exchange);
    replays.answer(
        exchange,
        resource,
        attempt -> replies.reply(exchange, resource, ItemWriter.create(resource, body, attempt)));
  }

  void put(Exchange exchange, ServedResource resource, String id) throws IOException {
    JsonObject body = exchange.body();
    WriteReplies replies = WriteReplies.of(exchange);
    WriteConditions conditions = WriteConditions.of(exchange);
    exchange.send(
        replies.reply(exchange, resource, ItemWriter.replace(resource, id, body, conditions)));
  }

  void patch(Exchange exchange, ServedResource resource, String id) throws IOException {
    UnaryOperator<JsonObject> patch = new Patches(resource, maxBodySize).read(exchange, id);
    WriteReplies replies = WriteReplies.of(exchange);
    WriteConditions conditions = WriteConditions.of(exchange);
    replays.answer(
        exchange,
        resource,
        attempt ->
            replies.reply(
                exchange, resource, ItemWriter.update(resource, id, patch, conditions, attempt)));
  }

  void delete(Exchange exchange, ServedResource resource, String id) throws IOException {
    WriteReplies replies = WriteReplies.of(exchange);
    exchange.vary("Accept");
    Item item = ItemWriter.delete(resource, id, WriteConditions.of(exchange));
    boolean acceptsJson = Accept.namesJson(exchange.list("Accept"));
    Optional<JsonObject> body = replies.deleted(resource, item, acceptsJson);
    int status = WriteReplies.status(false, body);
    exchange.send(new Reply(status, replies.headers(), body.map(object -> object)));
  }

  void bulk(Exchange exchange, ServedResource resource) throws IOException {
    BulkRequest asked = BulkRequest.read(exchange, resource);
    if (exchange.header("Idempotency-Key").isPresent()) {
      asked.requireAll(resource); // what was done may be told again, so the right to it has to last
    }
    WriteReplies replies = WriteReplies.of(exchange);
    Patches patches = new Patches(resource, maxBodySize);
    String requestId = exchange.requestId();
    replays.answer(
        exchange,
        resource,
        attempt ->
            asked.atomic()
                ? new AtomicBulk(resource, replies, patches, requestId)
                    .run(asked.operations(), attempt)
                : new Bulk(resource, replies, patches, requestId).run(asked.operations(), attempt));
  }
}
