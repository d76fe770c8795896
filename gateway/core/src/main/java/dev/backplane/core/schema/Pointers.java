package dev.backplane.core.schema;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.Optional;

/** JSON Pointers (RFC 6901) into schemas. */
final class Pointers {
  private Pointers() {}

  static Optional<JsonValue> find(JsonValue whole, String pointer) {
    Optional<JsonValue> found = Optional.of(whole);
    for (String escaped : pointer.substring(1).split("/", -1)) {
      String name = escaped.replace("~1", "/").replace("~0", "~");
      found =
          found.flatMap(value ->
              value instanceof JsonObject object ? object.get(name) : element(value, name));
    }
    return found;
  }

  private static Optional<JsonValue> element(JsonValue value, String name) {
    boolean isElement =
        value instanceof JsonArray array
            && name.matches("0|[1-9][0-9]{0,6}")
            && Integer.parseInt(name) < array.elements().size();
    return isElement && value instanceof JsonArray array
        ? Optional.of(array.elements().get(Integer.parseInt(name)))
        : Optional.empty();
  }
}
