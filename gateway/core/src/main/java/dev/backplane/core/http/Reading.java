package dev.backplane.core.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers GET and HEAD of an item. */
final class Reading {
  private final ExpansionReader expansions;

  Reading(ExpansionReader expansions) {
    this.expansions = expansions;
  }

  void get(Exchange exchange, ServedResource resource, String id) throws IOException {
    ItemRequest request = QueryReader.item(exchange, resource);
    Caching.tell(exchange, resource);
    List<Expansion> expanded = expansions.read(exchange.caller(), resource, request.relations());
    Item item = resource.get(id).orElseThrow(HttpProblem::noSuchItem);
    if (!expanded.isEmpty()) {
      // the version tells nothing of the related items, so there is no tag for the whole
      exchange.send(200, body(resource, item, request, expanded));
      return;
    }
    Optional<String> state = resource.state(item);
    state.ifPresent(name -> exchange.setHeader("ETag", Conditions.quoted(name)));
    Optional<String> known = exchange.list("If-None-Match");
    if (known.isPresent() && Conditions.parse("If-None-Match", known.get()).matchesWeakly(state)) {
      exchange.send(304);
      return;
    }
    exchange.send(200, body(resource, item, request, expanded));
  }

  private static JsonObject body(
      ServedResource resource, Item item, ItemRequest request, List<Expansion> expanded) {
    JsonObject whole = RelatedItems.bodies(resource, List.of(item), expanded).get(0);
    return request.projection().with(expanded).apply(whole);
  }
}
