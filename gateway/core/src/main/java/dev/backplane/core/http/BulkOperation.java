package dev.backplane.core.http;

import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.Optional;
import java.util.Set;

/**
 * One write out of many, as {@code _bulk} takes it.
 *
 * @param kind which write
 * @param id the item's id, a string or a number; empty for a create
 * @param body the item or the patch; an empty object for a delete
 * @param conditions what must hold
 */
record BulkOperation(
    Kind kind, Optional<JsonValue> id, JsonValue body, WriteConditions conditions) {
  /** The writes, by the names that the mapping has for them. */
  enum Kind {
    CREATE,
    REPLACE,
    UPDATE,
    DELETE
  }

  private static final Set<String> MEMBERS =
      Set.of("op", "id", "body", "if-match", "if-none-match");

  static BulkOperation parse(JsonValue element) {
    if (!(element instanceof JsonObject object)) {
      throw HttpProblem.badRequest("An operation is an object such as {\"op\": \"create\", …}.");
    }
    if (!MEMBERS.containsAll(object.members().keySet())) {
      throw HttpProblem.badRequest(
          "An operation has op, id, body, if-match and if-none-match, and nothing else.");
    }
    Kind kind =
        switch (object.get("op").flatMap(JsonValue::text).orElse("")) {
          case "create" -> Kind.CREATE;
          case "replace" -> Kind.REPLACE;
          case "update" -> Kind.UPDATE;
          case "delete" -> Kind.DELETE;
          default ->
              throw HttpProblem.badRequest(
                  "An operation needs \"op\": create, replace, update or delete.");
        };
    Optional<JsonValue> id = object.get("id");
    Optional<JsonValue> body = object.get("body");
    if (kind == Kind.CREATE ? id.isPresent() : id.isEmpty()) {
      throw HttpProblem.badRequest(
          kind == Kind.CREATE
              ? "A create has no \"id\" of its own: the body may have one."
              : "The operation needs the \"id\" of the item.");
    }
    id.ifPresent(BulkOperation::checkId);
    if ((kind == Kind.DELETE) == body.isPresent()) {
      throw HttpProblem.badRequest(
          kind == Kind.DELETE ? "A delete has no \"body\"." : "The operation needs a \"body\".");
    }
    WriteConditions conditions =
        new WriteConditions(text(object, "if-match"), text(object, "if-none-match"));
    return new BulkOperation(kind, id, body.orElse(JsonObject.empty()), conditions);
  }

  static boolean canBeId(JsonValue id) {
    return id instanceof JsonString || id instanceof JsonNumber;
  }

  private static void checkId(JsonValue id) {
    if (!canBeId(id)) {
      throw HttpProblem.badRequest("The \"id\" of an operation should be a string or a number.");
    }
    Ids.check(id.text().orElseThrow());
  }

  private static Optional<String> text(JsonObject object, String name) {
    Optional<JsonValue> value = object.get(name);
    if (value.isPresent() && !(value.get() instanceof JsonString)) {
      throw HttpProblem.badRequest(
          "\"" + name + "\" of an operation should be a string, as the header of that name.");
    }
    return value.flatMap(JsonValue::text);
  }

  String idText() {
    return id.flatMap(JsonValue::text).orElseThrow();
  }

  JsonObject object() {
    if (body instanceof JsonObject object) {
      return object;
    }
    throw HttpProblem.badRequest("The \"body\" of the operation should be an object.");
  }
}
