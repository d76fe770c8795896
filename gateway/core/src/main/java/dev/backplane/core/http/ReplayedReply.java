package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a caller gets to see of an answer that was kept: they may have lost what they had when it
 * was given. An item that is not there for them any more is told as who prefers little is told of
 * it, and fields that they cannot read any more are left out.
 */
final class ReplayedReply {
  private final ServedResource resource;

  ReplayedReply(ServedResource resource) {
    this.resource = resource;
  }

  /** The answer, as the caller may have it now. */
  Reply of(Reply kept) {
    if (!resource.isRestricted() || kept.body().isEmpty()) {
      return kept;
    }
    return switch (kept.body().get()) {
      case JsonArray results ->
          new Reply(kept.status(), kept.headers(), Optional.of(results(results)));
      case JsonObject item -> item(kept, item);
      default -> kept;
    };
  }

  private Reply item(Reply kept, JsonObject body) {
    if (isThere(body)) {
      JsonObject shown = resource.bodies().hidden().without(body);
      return new Reply(kept.status(), kept.headers(), Optional.of(shown));
    }
    Map<String, String> headers = new LinkedHashMap<>(kept.headers());
    headers.remove("ETag");
    headers.put("Preference-Applied", "return=minimal");
    return new Reply(kept.status() == 200 ? 204 : kept.status(), headers, Optional.empty());
  }

  private JsonArray results(JsonArray results) {
    List<JsonValue> shown = new ArrayList<>();
    for (JsonValue result : results.elements()) {
      shown.add(result instanceof JsonObject object ? result(object) : result);
    }
    return new JsonArray(shown);
  }

  private JsonObject result(JsonObject result) {
    if (!(result.get("body").orElse(result) instanceof JsonObject body) || body.equals(result)) {
      return result;
    }
    return isThere(body)
        ? result.with("body", resource.bodies().hidden().without(body))
        : result.without("body").without("etag");
  }

  /** What was deleted since then is not there either: nobody knows whose it was at last. */
  private boolean isThere(JsonObject body) {
    if (!resource.permits(Operation.GET)) {
      return false;
    }
    if (!resource.rows().restrict()) {
      return true;
    }
    Optional<Item> item = resource.idIn(body).flatMap(resource::get);
    return item.isPresent();
  }
}
