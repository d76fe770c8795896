package dev.backplane.core.http;

import dev.backplane.core.http.Cursors.Place;
import dev.backplane.core.http.ListRequest.Form;
import dev.backplane.core.mapping.Count;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers GET and HEAD of a list, and POST of a {@code _query}. */
final class Listing {
  private final Cursors cursors;
  private final ExpansionReader expansions;

  Listing(Cursors cursors, ExpansionReader expansions) {
    this.cursors = cursors;
    this.expansions = expansions;
  }

  void list(Exchange exchange, ServedResource resource) throws IOException {
    list(exchange, resource, QueryReader.list(exchange, resource));
  }

  void list(Exchange exchange, ServedResource resource, ListRequest request) throws IOException {
    List<Expansion> expanded = expansions.read(resource, request.relations());
    int skip = request.paging().offset();
    int first = skip;
    ListScan scan = new ListScan(resource, request);
    if (request.paging().cursor().isPresent()) {
      Place from = cursors.verify(request.paging().cursor().get(), resource.name(), request);
      first = from.index();
      scan.resume(from.store());
    }
    List<Item> items = scan.read(skip, request.paging().limit());
    // taken now, because counting reads on
    Optional<String> place = scan.next();
    long end = (long) first + items.size();
    OptionalLong total = total(resource, request, scan, end, items.isEmpty() && first > 0);

    total.ifPresent(count -> exchange.setHeader("X-Total-Count", Long.toString(count)));
    exchange.setHeader("Content-Range", range(resource, first, items.size(), total));
    PageLinks links = new PageLinks(exchange, request.paging());
    String next =
        place
            .map(store -> cursors.sign(new Place((int) end, store), resource.name(), request))
            .orElse("");
    links.header(first, next, total).ifPresent(link -> exchange.setHeader("Link", link));
    exchange.setHeader("Access-Control-Expose-Headers", "X-Total-Count, Content-Range, Link");

    Projection projection = request.projection().with(expanded);
    List<JsonValue> bodies = new ArrayList<>(items.size());
    for (JsonObject body : RelatedItems.bodies(resource, items, expanded)) {
      bodies.add(projection.apply(body));
    }
    exchange.send(200, new JsonArray(bodies));
  }

  private static OptionalLong total(
      ServedResource resource, ListRequest request, ListScan scan, long end, boolean beyond) {
    if (resource.mapping().lists().count() == Count.NONE) {
      return OptionalLong.empty();
    }
    if (scan.next().isEmpty() && !beyond) {
      return OptionalLong.of(end);
    }
    if (scan.next().isEmpty() && request.paging().form() != Form.CURSOR) {
      return OptionalLong.of(scan.skipped());
    }
    OptionalLong counted = resource.store().count(request.filter());
    return counted.isPresent() ? counted : scan.countRest(end);
  }

  private static String range(ServedResource resource, int first, int length, OptionalLong total) {
    String count = total.isPresent() ? Long.toString(total.getAsLong()) : "*";
    String part = length == 0 ? "*" : first + "-" + (first + length - 1);
    return resource.name() + " " + part + "/" + count;
  }
}
