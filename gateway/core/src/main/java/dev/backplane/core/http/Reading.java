package dev.backplane.core.http;

import dev.backplane.spi.Item;
import java.io.IOException;
import java.util.Optional;

/** Answers GET and HEAD of an item. */
final class Reading {
  void get(Exchange exchange, ServedResource resource, String id) throws IOException {
    Projection projection = QueryReader.item(exchange.query());
    Item item = resource.store().get(id).orElseThrow(HttpProblem::noSuchItem);
    exchange.setHeader("ETag", Conditions.tag(item));
    Optional<String> known = exchange.list("If-None-Match");
    if (known.isPresent() && Conditions.parse("If-None-Match", known.get()).matchesWeakly(item)) {
      exchange.send(304);
      return;
    }
    exchange.send(200, projection.apply(resource.body(item)));
  }
}
