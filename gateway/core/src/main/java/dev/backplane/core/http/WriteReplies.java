package dev.backplane.core.http;

import dev.backplane.core.http.ItemWriter.Written;
import dev.backplane.core.mapping.DeleteReturns;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a client gets to read of a write: the item, or as little as it prefers. For one request.
 *
 * @param minimal whether the client would rather not have the item
 * @param representation whether it asks for the item
 */
record WriteReplies(boolean minimal, boolean representation) {
  /** What {@code Prefer} asks for. */
  static WriteReplies of(Exchange exchange) {
    Preferences preferences = exchange.preferences();
    boolean minimal = preferences.has("return", "minimal");
    boolean representation = preferences.has("return", "representation");
    exchange.vary("Prefer");
    return new WriteReplies(minimal, representation);
  }

  /** What was applied; part of the answer itself, so that who gets it again is told the same. */
  Map<String, String> headers() {
    if (!minimal && !representation) {
      return Map.of();
    }
    return Map.of("Preference-Applied", minimal ? "return=minimal" : "return=representation");
  }

  /** What the item looks like to the client; empty when it would rather not have it. */
  Optional<JsonObject> body(ServedResource resource, Item item) {
    return minimal || !resource.mayShow(item) ? Optional.empty() : Optional.of(resource.body(item));
  }

  /** The same of an item that is gone, which fewer clients want. */
  Optional<JsonObject> deleted(ServedResource resource, Item item, boolean acceptsJson) {
    return showsDeleted(resource, acceptsJson) ? body(resource, item) : Optional.empty();
  }

  /** Whether the client gets to read what is gone. */
  boolean showsDeleted(ServedResource resource, boolean acceptsJson) {
    boolean usual = resource.mapping().writes().deleteReturns() == DeleteReturns.ITEM;
    return !minimal && (representation || acceptsJson || usual);
  }

  Reply reply(Exchange exchange, ServedResource resource, Written written) {
    Item item = written.item();
    Map<String, String> headers = new LinkedHashMap<>(headers());
    if (written.created()) {
      String place = "/api/" + resource.name() + "/" + UriText.encode(item.id());
      headers.put("Location", exchange.prefix() + place);
    }
    resource.state(item).ifPresent(state -> headers.put("ETag", Conditions.quoted(state)));
    Optional<JsonObject> body = body(resource, item);
    return new Reply(status(written.created(), body), headers, body.map(object -> object));
  }

  static int status(boolean created, Optional<JsonObject> body) {
    if (created) {
      return 201;
    }
    return body.isPresent() ? 200 : 204;
  }
}
