package dev.backplane.plugin.http;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of a list as the backend gave it.
 *
 * @param target the path and query that it was asked for with
 * @param asked how many items were asked for
 * @param answer the answer
 * @param whole the answer's body
 * @param bodies the items in it
 * @param total how many items the whole list has, where the answer says it
 * @param failures what to say of what makes no sense
 */
record FetchedPage(
    String target,
    int asked,
    Answer answer,
    JsonValue whole,
    List<JsonObject> bodies,
    OptionalLong total,
    Failures failures) {

  /** A text of the body; empty where it is missing, null or empty. */
  Optional<String> text(FieldPath path) {
    return whole instanceof JsonObject object
        ? path.find(object).flatMap(JsonValue::text).filter(text -> !text.isEmpty())
        : Optional.empty();
  }
}
