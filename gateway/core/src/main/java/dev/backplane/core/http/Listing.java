package dev.backplane.core.http;

import dev.backplane.core.http.Cursors.Place;
import dev.backplane.core.mapping.Count;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers GET and HEAD of a list, and POST of a {@code _query}. */
final class Listing {
  /** A longer one would not fit into a URL that every server and proxy takes. */
  private static final int LONGEST_CURSOR = 4000;

  private final Cursors cursors;
  private final ExpansionReader expansions;

  Listing(Cursors cursors, ExpansionReader expansions) {
    this.cursors = cursors;
    this.expansions = expansions;
  }

  void list(Exchange exchange, ServedResource resource) throws IOException {
    list(exchange, resource, QueryReader.list(exchange, resource));
  }

  /** Answers a list, whichever way it was asked for. */
  void list(Exchange exchange, ServedResource resource, ListRequest request) throws IOException {
    exchange.vary("Prefer");
    resource.bodies().hidden().requireVisible(request.filter(), request.order());
    Caching.tell(exchange, resource);
    List<Expansion> expanded = expansions.read(exchange.caller(), resource, request.relations());
    Optional<Place> from =
        request
            .paging()
            .cursor()
            .map(cursor -> cursors.verify(cursor, resource.name(), request, exchange.caller()))
            .map(place -> resource.rows().restrict() ? cursors.shown(place) : place);
    Count wanted = CountPreference.wanted(exchange.preferences(), resource);
    Part part = new ListPlanner(resource, request, wanted, from).read();
    tell(exchange, resource, request, part);

    Projection projection = request.projection().with(expanded);
    List<JsonValue> bodies = new ArrayList<>(part.items().size());
    for (JsonObject body : RelatedItems.bodies(resource, part.items(), expanded)) {
      bodies.add(projection.apply(body));
    }
    Caching.send(exchange, new JsonArray(bodies));
  }

  private void tell(Exchange exchange, ServedResource resource, ListRequest request, Part part) {
    Total total = part.total();
    if (total.number().isPresent()) {
      exchange.setHeader("X-Total-Count", total.text());
    }
    exchange.setHeader("Content-Range", range(resource, part));
    Optional<String> cursor =
        part.next()
            .map(place -> resource.rows().restrict() ? cursors.hidden(place) : place)
            .map(place -> cursors.sign(place, resource.name(), request, exchange.caller()))
            .filter(signed -> signed.length() <= LONGEST_CURSOR);
    new PageLinks(exchange, request.paging())
        .header(part.first(), part.next().isPresent(), cursor, total.exactly())
        .ifPresent(link -> exchange.setHeader("Link", link));
    CountPreference.tell(exchange.preferences(), total);
    String plan = part.plan().header(total);
    exchange.notes().plan(plan);
    exchange.setHeader(Plan.HEADER, plan);
    exchange.setHeader("Access-Control-Expose-Headers", ExposedHeaders.VALUE);
  }

  private static String range(ServedResource resource, Part part) {
    int length = part.items().size();
    String place = length == 0 ? "*" : part.first() + "-" + (part.first() + length - 1);
    return resource.name() + " " + place + "/" + part.total().text();
  }
}
