package dev.backplane.core.http;

import dev.backplane.core.http.ItemWriter.Written;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import java.io.IOException;

/** Answers POST, PUT, PATCH and DELETE. */
final class Writing {
  void create(Exchange exchange, ServedResource resource) throws IOException {
    JsonObject body = exchange.body();
    written(exchange, resource, ItemWriter.create(resource, body, Attempt.ONLY));
  }

  void put(Exchange exchange, ServedResource resource, String id) throws IOException {
    JsonObject body = exchange.body();
    WriteConditions conditions = WriteConditions.of(exchange);
    written(exchange, resource, ItemWriter.replace(resource, id, body, conditions));
  }

  void patch(Exchange exchange, ServedResource resource, String id) throws IOException {
    JsonObject patch = exchange.body(Exchange.MERGE_PATCH);
    ItemWriter.requireSameId(resource, patch, id);
    WriteConditions conditions = WriteConditions.of(exchange);
    written(
        exchange,
        resource,
        ItemWriter.update(resource, id, target -> MergePatch.apply(target, patch), conditions));
  }

  void delete(Exchange exchange, ServedResource resource, String id) {
    ItemWriter.delete(resource, id, WriteConditions.of(exchange));
    exchange.send(204);
  }

  private static void written(Exchange exchange, ServedResource resource, Written written)
      throws IOException {
    Item item = written.item();
    if (written.created()) {
      String place = "/api/" + resource.name() + "/" + UriText.encode(item.id());
      exchange.setHeader("Location", exchange.prefix() + place);
    }
    exchange.setHeader("ETag", Conditions.tag(item));
    exchange.send(written.created() ? 201 : 200, resource.body(item));
  }
}
