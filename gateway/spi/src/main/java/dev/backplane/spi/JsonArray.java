package dev.backplane.spi;

import java.util.List;

/**
 * A JSON array.
 *
 * @param elements the values in order; copied, immutable
 */
public record JsonArray(List<JsonValue> elements) implements JsonValue {
  /** Copies the elements. */
  public JsonArray {
    elements = List.copyOf(elements);
  }

  /**
   * Makes an array of the given values.
   *
   * @param elements the values in order
   * @return the array
   */
  public static JsonArray of(JsonValue... elements) {
    return new JsonArray(List.of(elements));
  }
}
