package dev.backplane.core.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON document that is being changed in place: many changes cost no more than one copy of it.
 * For one thread.
 */
sealed interface JsonTree {
  /** As deep as a body may be; so is what becomes of an item. */
  int MAX_DEPTH = 100;

  /** What an object, an array or a scalar costs to copy, beside its text: it takes as much heap. */
  int NODE = 64;

  /** An object. */
  record Members(Map<String, JsonTree> members) implements JsonTree {}

  /** An array. */
  record Elements(List<JsonTree> elements) implements JsonTree {}

  /** Anything else. */
  record Scalar(JsonValue value) implements JsonTree {}

  /** A tree is out of bounds. */
  final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("a tree is out of bounds", null, false, false);
    }
  }

  static JsonTree of(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(name, of(member)));
        yield new Members(members);
      }
      case JsonArray array -> {
        List<JsonTree> elements = new ArrayList<>(array.elements().size());
        array.elements().forEach(element -> elements.add(of(element)));
        yield new Elements(elements);
      }
      default -> new Scalar(value);
    };
  }

  /** The document as it is now; fails when it is too deep. */
  default JsonValue value() {
    return value(0);
  }

  private JsonValue value(int depth) {
    requireDepth(depth);
    return switch (this) {
      case Members object -> {
        JsonObject.Builder members = JsonObject.builder();
        object.members.forEach((name, member) -> members.put(name, member.value(depth + 1)));
        yield members.build();
      }
      case Elements array -> {
        List<JsonValue> elements = new ArrayList<>(array.elements.size());
        array.elements.forEach(element -> elements.add(element.value(depth + 1)));
        yield new JsonArray(elements);
      }
      case Scalar scalar -> scalar.value;
    };
  }

  /** Whether this is the same value, numbers compared as numbers. */
  default boolean is(JsonValue other) {
    return switch (this) {
      case Members object ->
          other instanceof JsonObject same
              && object.members.keySet().equals(same.members().keySet())
              && same.members().entrySet().stream()
                  .allMatch(member -> has(object, member.getKey(), member.getValue()));
      case Elements array -> other instanceof JsonArray same && areEqual(array, same);
      case Scalar scalar -> scalar.value.equals(other);
    };
  }

  private static boolean has(Members object, String name, JsonValue value) {
    JsonTree member = object.members.get(name);
    return member != null && member.is(value);
  }

  private static boolean areEqual(Elements array, JsonArray other) {
    if (array.elements.size() != other.elements().size()) {
      return false;
    }
    for (int i = 0; i < array.elements.size(); i++) {
      if (!array.elements.get(i).is(other.elements().get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * A copy that shares nothing with this tree.
   *
   * @param budget about how many more characters of JSON, and {@link #NODE}s, may be copied
   */
  default JsonTree copy(Budget budget) {
    return copy(budget, 0);
  }

  private JsonTree copy(Budget budget, int depth) {
    requireDepth(depth);
    budget.spend(NODE);
    return switch (this) {
      case Members object -> {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        object.members.forEach((name, member) -> {
          budget.spend(name.length() + 3);
          members.put(name, member.copy(budget, depth + 1));
        });
        yield new Members(members);
      }
      case Elements array -> {
        List<JsonTree> elements = new ArrayList<>();
        array.elements.forEach(element -> elements.add(element.copy(budget, depth + 1)));
        yield new Elements(elements);
      }
      case Scalar scalar -> {
        budget.spend(scalar.value instanceof JsonString text ? text.value().length() : 0);
        yield scalar;
      }
    };
  }

  private static void requireDepth(int depth) {
    if (depth > MAX_DEPTH) {
      throw new TooLargeException();
    }
  }

  /** How much may still be copied: copies of copies double what they copy. */
  final class Budget {
    private long left;

    Budget(long characters) {
      this.left = characters;
    }

    private void spend(long characters) {
      left -= characters;
      if (left < 0) {
        throw new TooLargeException();
      }
    }
  }
}
