package dev.backplane.spi;

import java.util.List;
import java.util.Optional;

/**
 * Where a value stands in an item: {@code address.city} is the member {@code city} of the object
 * {@code address}.
 *
 * @param segments the names from the outside in; at least one, none empty. A name may hold a dot; a
 *     store quotes or aliases each segment by itself and never builds text from {@link #toString}
 */
public record FieldPath(List<String> segments) {
  /** Copies the segments. */
  public FieldPath {
    segments = List.copyOf(segments);
    if (segments.isEmpty() || segments.contains("")) {
      throw new IllegalArgumentException("a field path needs a name in every place");
    }
  }

  /**
   * Reads a dotted path.
   *
   * @param dotted for example {@code address.city}
   * @return the path
   * @throws IllegalArgumentException when a name between the dots is empty
   */
  public static FieldPath parse(String dotted) {
    return new FieldPath(List.of(dotted.split("\\.", -1)));
  }

  /**
   * Looks the value up.
   *
   * @param body an item's body
   * @return the value, which may be {@link JsonNull}; empty when the path does not exist
   */
  public Optional<JsonValue> find(JsonObject body) {
    JsonValue value = body;
    for (String segment : segments) {
      Optional<JsonValue> inner =
          value instanceof JsonObject object ? object.get(segment) : Optional.empty();
      if (inner.isEmpty()) {
        return inner;
      }
      value = inner.get();
    }
    return Optional.of(value);
  }

  /** The dotted form. */
  @Override
  public String toString() {
    return String.join(".", segments);
  }
}
