package dev.backplane.core.http;

import dev.backplane.core.http.JsonTree.Elements;
import dev.backplane.core.http.JsonTree.Members;
import dev.backplane.core.http.JsonTree.Scalar;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * JSON Patch (RFC 6902). A document that is no patch is a 400; one that does not fit the item as it
 * is, a failed test included, is a 409, and one whose result cannot be stored a 422 (RFC 5789,
 * section 2.2). Either all operations are applied or none.
 */
final class JsonPatch {
  private static final int MAX_OPERATIONS = 1000;

  /** Deeper than any document, and short enough for what walks along it. */
  private static final int MAX_TOKENS = JsonTree.MAX_DEPTH + 1;

  private enum Kind {
    ADD,
    REMOVE,
    REPLACE,
    MOVE,
    COPY,
    TEST,
    /** Takes away what may not be there: of a hidden field that is not told. */
    FORGET;

    boolean hasValue() {
      return this == ADD || this == REPLACE || this == TEST;
    }

    boolean hasFrom() {
      return this == MOVE || this == COPY;
    }
  }

  private record Operation(Kind kind, JsonPointer path, JsonPointer from, JsonValue value) {}

  private final List<Operation> operations;
  private final int maxCopied;

  private JsonPatch(List<Operation> operations, int maxCopied) {
    this.operations = operations;
    this.maxCopied = maxCopied;
  }

  /**
   * Reads a patch.
   *
   * @param document the patch document
   * @param maxCopied how many characters of JSON its copies may make in all
   */
  static JsonPatch parse(JsonValue document, int maxCopied) {
    if (!(document instanceof JsonArray array)) {
      throw HttpProblem.badRequest("A JSON Patch is an array of operations.");
    }
    if (array.elements().size() > MAX_OPERATIONS) {
      throw HttpProblem.badRequest(
          "The patch has more than " + MAX_OPERATIONS + " operations: send several.");
    }
    List<Operation> operations = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      operations.add(operation(operations.size() + 1, element));
    }
    return new JsonPatch(operations, maxCopied);
  }

  private static Operation operation(int number, JsonValue element) {
    if (!(element instanceof JsonObject object)) {
      throw malformed(number, "is not an object");
    }
    Kind kind =
        switch (object.get("op").flatMap(JsonValue::text).orElse("")) {
          case "add" -> Kind.ADD;
          case "remove" -> Kind.REMOVE;
          case "replace" -> Kind.REPLACE;
          case "move" -> Kind.MOVE;
          case "copy" -> Kind.COPY;
          case "test" -> Kind.TEST;
          default ->
              throw malformed(number, "needs \"op\": add, remove, replace, move, copy or test");
        };
    JsonPointer path = pointer(number, object, "path");
    JsonPointer from = kind.hasFrom() ? pointer(number, object, "from") : path;
    Optional<JsonValue> value = object.get("value");
    if (kind.hasValue() && value.isEmpty()) {
      throw malformed(number, "needs \"value\"");
    }
    if (kind == Kind.MOVE && from.isAround(path)) {
      throw malformed(number, "moves a value into itself");
    }
    return new Operation(kind, path, from, value.orElse(JsonNull.NULL));
  }

  private static JsonPointer pointer(int number, JsonObject object, String name) {
    JsonPointer pointer =
        (object.get(name).orElse(JsonNull.NULL) instanceof JsonString text
                ? JsonPointer.parse(text.value())
                : Optional.<JsonPointer>empty())
            .orElseThrow(
                () -> malformed(number, "needs \"" + name + "\", a JSON Pointer such as /a/0"));
    if (pointer.tokens().size() > MAX_TOKENS) {
      throw malformed(number, "has a \"" + name + "\" that is deeper than any item");
    }
    return pointer;
  }

  /** The places that the patch reads, so that its result or its success tells what is there. */
  List<JsonPointer> reads() {
    return operations.stream()
        .filter(operation -> operation.kind().hasFrom() || operation.kind() == Kind.TEST)
        .map(Operation::from)
        .toList();
  }

  /** The same patch, which goes on whether or not there is anything at certain places. */
  JsonPatch blindTo(Predicate<JsonPointer> hidden) {
    List<Operation> blind = new ArrayList<>(operations.size());
    for (Operation operation : operations) {
      Kind kind = hidden.test(operation.path()) ? blind(operation.kind()) : operation.kind();
      blind.add(new Operation(kind, operation.path(), operation.from(), operation.value()));
    }
    return new JsonPatch(blind, maxCopied);
  }

  private static Kind blind(Kind kind) {
    return switch (kind) {
      case REPLACE -> Kind.ADD;
      case REMOVE -> Kind.FORGET;
      default -> kind;
    };
  }

  /** Applies the patch; the target stays as it is. */
  JsonValue apply(JsonValue target) {
    JsonTree.Budget budget = new JsonTree.Budget(maxCopied);
    JsonTree tree = JsonTree.of(target);
    try {
      for (int i = 0; i < operations.size(); i++) {
        tree = apply(tree, operations.get(i), new Place(i + 1), budget);
      }
      return tree.value();
    } catch (JsonTree.TooLargeException tooLarge) {
      throw new HttpProblem(422, "The patch makes the item too large or too deep.");
    }
  }

  private static JsonTree apply(
      JsonTree tree, Operation operation, Place place, JsonTree.Budget budget) {
    return switch (operation.kind()) {
      case ADD -> place.add(tree, operation.path(), JsonTree.of(operation.value()));
      case REMOVE -> place.remove(tree, operation.path());
      case FORGET -> place.forget(tree, operation.path());
      case REPLACE -> place.replace(tree, operation.path(), JsonTree.of(operation.value()));
      case MOVE -> {
        JsonTree moved = place.find(tree, operation.from());
        if (operation.from().equals(operation.path())) {
          yield tree;
        }
        yield place.add(place.remove(tree, operation.from()), operation.path(), moved);
      }
      case COPY -> {
        JsonTree copied = place.find(tree, operation.from()).copy(budget);
        yield place.add(tree, operation.path(), copied);
      }
      case TEST -> {
        if (!place.find(tree, operation.path()).is(operation.value())) {
          throw place.conflict("the test failed");
        }
        yield tree;
      }
    };
  }

  private static HttpProblem malformed(int number, String what) {
    return HttpProblem.badRequest("Operation " + number + " of the patch " + what + ".");
  }

  /** Finds and changes places in a tree for one operation, whose number a problem names. */
  private record Place(int number) {
    HttpProblem conflict(String why) {
      return new HttpProblem(
          409, "Operation " + number + " of the patch does not fit the item: " + why + ".");
    }

    private HttpProblem missing() {
      return conflict("there is nothing at its path");
    }

    JsonTree find(JsonTree root, JsonPointer pointer) {
      JsonTree found = root;
      for (String token : pointer.tokens()) {
        found =
            switch (found) {
              case Members object ->
                  Optional.ofNullable(object.members().get(token)).orElseThrow(this::missing);
              case Elements array ->
                  array.elements().get(index(token, array.elements().size() - 1));
              case Scalar scalar -> throw missing();
            };
      }
      return found;
    }

    JsonTree add(JsonTree root, JsonPointer pointer, JsonTree value) {
      if (pointer.isRoot()) {
        return value;
      }
      switch (find(root, pointer.parent())) {
        case Members object -> object.members().put(pointer.last(), value);
        case Elements array -> {
          int size = array.elements().size();
          int at = pointer.last().equals("-") ? size : index(pointer.last(), size);
          array.elements().add(at, value);
        }
        case Scalar scalar -> throw missing();
      }
      return root;
    }

    JsonTree replace(JsonTree root, JsonPointer pointer, JsonTree value) {
      find(root, pointer);
      if (pointer.isRoot()) {
        return value;
      }
      switch (find(root, pointer.parent())) {
        case Members object -> object.members().put(pointer.last(), value);
        case Elements array ->
            array.elements().set(index(pointer.last(), array.elements().size() - 1), value);
        case Scalar scalar -> throw missing();
      }
      return root;
    }

    JsonTree remove(JsonTree root, JsonPointer pointer) {
      find(root, pointer);
      if (pointer.isRoot()) {
        return new Scalar(JsonNull.NULL);
      }
      switch (find(root, pointer.parent())) {
        case Members object -> object.members().remove(pointer.last());
        case Elements array ->
            array.elements().remove(index(pointer.last(), array.elements().size() - 1));
        case Scalar scalar -> throw missing();
      }
      return root;
    }

    /** As {@link #remove}, of a member that need not be there. */
    JsonTree forget(JsonTree root, JsonPointer pointer) {
      if (find(root, pointer.parent()) instanceof Members object) {
        object.members().remove(pointer.last());
        return root;
      }
      return remove(root, pointer);
    }

    private int index(String token, int last) {
      boolean digits = token.matches("0|[1-9][0-9]{0,8}");
      if (!digits || Integer.parseInt(token) > last) {
        throw conflict("there is no such place in the array");
      }
      return Integer.parseInt(token);
    }
  }
}
