package dev.backplane.core.http;

import dev.backplane.core.mapping.Operation;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads the patches that an item of a resource takes: merge patches and JSON patches. */
final class Patches {
  static final String MERGE = "application/merge-patch+json";
  static final String JSON = "application/json-patch+json";

  /** As {@code Accept-Patch} names them. */
  static final String TYPES = MERGE + ", " + JSON + ", application/json";

  private final ServedResource resource;
  private final int maxCopied;

  /**
   * For the items of one resource.
   *
   * @param resource the resource
   * @param maxCopied how many characters the copies of a JSON patch may make
   */
  Patches(ServedResource resource, int maxCopied) {
    this.resource = resource;
    this.maxCopied = maxCopied;
  }

  /** The patch in the body of a request, of the kind that its media type says. */
  UnaryOperator<JsonObject> read(Exchange exchange, String id) {
    JsonValue document = exchange.json(MERGE, JSON);
    return exchange.mediaType().equals(JSON) ? json(document, id) : merge(document, id);
  }

  /** The patch of an operation, of the kind that its shape says. */
  UnaryOperator<JsonObject> of(JsonValue document, String id) {
    return document instanceof JsonArray ? json(document, id) : merge(document, id);
  }

  private UnaryOperator<JsonObject> merge(JsonValue document, String id) {
    if (!(document instanceof JsonObject patch)) {
      throw HttpProblem.badRequest("A merge patch should be one JSON object.");
    }
    WritePlanner.requireSameId(resource, patch, id);
    return target -> MergePatch.apply(target, patch);
  }

  private UnaryOperator<JsonObject> json(JsonValue document, String id) {
    if (!resource.permits(Operation.GET)) {
      throw HttpProblem.denied(
          "Whether a JSON Patch fits tells what the item has, and this caller may not get it: send"
              + " a merge patch.");
    }
    HiddenFields hidden = resource.bodies().hidden();
    JsonPatch parsed = JsonPatch.parse(document, maxCopied);
    // a copy would show what is hidden, and a test would confirm a guess
    parsed.reads().forEach(read -> hidden.requireVisible(read.tokens()));
    JsonPatch patch = parsed.blindTo(place -> hidden.hides(place.tokens()));
    return target -> {
      if (!(patch.apply(target) instanceof JsonObject patched)) {
        throw new HttpProblem(422, "The patch makes something else of the item than an object.");
      }
      Optional<String> named = patched.get(resource.mapping().idField()).flatMap(JsonValue::text);
      if (!named.equals(Optional.of(id))) {
        throw new HttpProblem(422, "The patch takes the item's id away or changes it.");
      }
      return patched;
    };
  }
}
