package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Answers POST, PUT, PATCH and DELETE. */
final class Writing {
  /** How often a patch without If-Match is applied anew when somebody else was quicker. */
  private static final int ATTEMPTS = 10;

  void create(Exchange exchange, ServedResource resource) throws IOException {
    JsonObject body = exchange.body();
    Optional<String> id = resource.idIn(body);
    if (id.isEmpty()) {
      created(exchange, resource, resource.store().create(body));
      return;
    }
    Ids.check(id.get());
    switch (resource.store().put(id.get(), body, new Precondition.Absent())) {
      case PutResult.Created created -> created(exchange, resource, created.item());
      case PutResult.PreconditionFailed taken ->
          throw new HttpProblem(409, "There is an item with this id already.");
      case PutResult.Replaced replaced -> throw new IllegalStateException("put replaced an item");
    }
  }

  void put(Exchange exchange, ServedResource resource, String id) throws IOException {
    JsonObject body = exchange.body();
    requireSameId(resource, body, id);
    Precondition precondition = precondition(exchange, resource, id);
    boolean creates = precondition instanceof Precondition.Absent;
    requireServed(exchange, resource, creates ? Operation.CREATE : Operation.REPLACE);
    switch (resource.store().put(id, body, precondition)) {
      case PutResult.Created created -> created(exchange, resource, created.item());
      case PutResult.Replaced replaced -> stored(exchange, resource, replaced.item());
      case PutResult.PreconditionFailed failed ->
          throw failed.current().isPresent() ? HttpProblem.stale() : HttpProblem.noSuchItem();
    }
  }

  void patch(Exchange exchange, ServedResource resource, String id) throws IOException {
    JsonObject patch = exchange.body(Exchange.MERGE_PATCH);
    requireSameId(resource, patch, id);
    Optional<String> match = exchange.list("If-Match");
    Optional<String> noneMatch = exchange.list("If-None-Match");
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Item item = resource.store().get(id).orElseThrow(HttpProblem::noSuchItem);
      if (match.isPresent()) {
        requireMatch(match.get(), item);
      }
      if (noneMatch.isPresent()) {
        requireNoMatch(noneMatch.get(), item);
      }
      JsonObject patched = MergePatch.apply(item.body(), patch);
      if (patch.get(resource.mapping().idField()).isPresent()) {
        requireSameId(resource, patched, id);
      }
      switch (resource.store().put(id, patched, new Precondition.Matches(item.version()))) {
        case PutResult.Replaced replaced -> {
          stored(exchange, resource, replaced.item());
          return;
        }
        case PutResult.PreconditionFailed failed -> {
          // somebody else was quicker: without If-Match the patch is applied to what they left
        }
        case PutResult.Created created -> throw new IllegalStateException("put created an item");
      }
    }
    throw new HttpProblem(
        503, "Others keep changing this item; try again.", Map.of("Retry-After", "1"));
  }

  void delete(Exchange exchange, ServedResource resource, String id) {
    switch (resource.store().delete(id, precondition(exchange, resource, id))) {
      case DeleteResult.Deleted deleted -> exchange.send(204);
      case DeleteResult.Missing missing -> throw HttpProblem.noSuchItem();
      case DeleteResult.PreconditionFailed failed -> throw HttpProblem.stale();
    }
  }

  /** What the headers ask for; a write without any replaces what exists and creates nothing. */
  private static Precondition precondition(Exchange exchange, ServedResource resource, String id) {
    Optional<String> noneMatch = exchange.list("If-None-Match");
    Optional<String> match = exchange.list("If-Match");
    if (noneMatch.isPresent() && match.isPresent()) {
      throw HttpProblem.badRequest("Use If-Match or If-None-Match, not both.");
    }
    if (match.isPresent()) {
      Conditions tags = Conditions.parse("If-Match", match.get());
      if (tags.any()) {
        return new Precondition.Exists();
      }
      if (tags.strong().size() == 1 && tags.weak().isEmpty()) {
        return new Precondition.Matches(tags.strong().get(0));
      }
      Item item = resource.store().get(id).orElseThrow(HttpProblem::noSuchItem);
      requireMatch(match.get(), item);
      return new Precondition.Matches(item.version());
    }
    if (noneMatch.isEmpty()) {
      return new Precondition.Exists();
    }
    if (Conditions.parse("If-None-Match", noneMatch.get()).any()) {
      return new Precondition.Absent();
    }
    Item item = resource.store().get(id).orElseThrow(HttpProblem::noSuchItem);
    requireNoMatch(noneMatch.get(), item);
    return new Precondition.Matches(item.version());
  }

  private static void requireMatch(String header, Item item) {
    if (!Conditions.parse("If-Match", header).matchesStrongly(item)) {
      throw HttpProblem.stale();
    }
  }

  private static void requireNoMatch(String header, Item item) {
    if (Conditions.parse("If-None-Match", header).matchesWeakly(item)) {
      throw HttpProblem.stale();
    }
  }

  private static void requireSameId(ServedResource resource, JsonObject body, String id) {
    Optional<String> named = resource.idIn(body);
    if (named.isPresent() && !named.get().equals(id)) {
      throw HttpProblem.badRequest("The body has another id than the path.");
    }
  }

  private static void requireServed(
      Exchange exchange, ServedResource resource, Operation operation) {
    if (!resource.serves(operation)) {
      throw HttpProblem.notAllowed(exchange.method(), resource.itemMethods());
    }
  }

  private static void created(Exchange exchange, ServedResource resource, Item item)
      throws IOException {
    String place = "/api/" + resource.name() + "/" + UriText.encode(item.id());
    exchange.setHeader("Location", exchange.prefix() + place);
    exchange.setHeader("ETag", Conditions.tag(item));
    exchange.send(201, resource.body(item));
  }

  private static void stored(Exchange exchange, ServedResource resource, Item item)
      throws IOException {
    exchange.setHeader("ETag", Conditions.tag(item));
    exchange.send(200, resource.body(item));
  }
}
