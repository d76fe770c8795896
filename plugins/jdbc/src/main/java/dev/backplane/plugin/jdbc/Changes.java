package dev.backplane.plugin.jdbc;

import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes changes of a table out of what the gateway wants written. Any thread. */
record Changes(Table table, WrittenRow.Writer writer) {

  Change of(Write write) {
    Optional<Keys.Key> key = table.keys().parse(write.id());
    if (!(write instanceof Write.Put put)) {
      return new Change(key, Optional.empty(), write.precondition(), Optional.empty());
    }
    try {
      requireKey(put.id(), put.body(), key, put.precondition());
      Optional<WrittenRow> row = Optional.of(writer.write(put.body()));
      return new Change(key, row, put.precondition(), Optional.empty());
    } catch (StoreException refusal) {
      return Change.failing(put.precondition(), refusal);
    }
  }

  private void requireKey(
      String id, JsonObject body, Optional<Keys.Key> key, Precondition precondition) {
    boolean creates =
        precondition instanceof Precondition.None || precondition instanceof Precondition.Absent;
    if (key.isEmpty() && creates) {
      throw Refusals.invalid("The id should be " + table.keys().form() + ".");
    }
    if (table.keys().isComposite()) {
      requireParts(id, body);
      return;
    }
    boolean isText = table.keys().first().kind() == Kind.TEXT || isOtherText();
    JsonValue given = body.get(table.idField()).orElse(new JsonString(id));
    if (isText) {
      requireText(table.keys().first(), given);
    }
  }

  /** What is wrong with an id is wrong with the request, and not with a field alone. */
  private void requireText(Column column, JsonValue given) {
    try {
      writer.values().write(column, given);
    } catch (StoreException refusal) {
      throw refusal.about(List.of());
    }
  }

  private boolean isOtherText() {
    Kind kind = table.keys().first().kind();
    return kind == Kind.CHAR || kind == Kind.LABEL;
  }

  private void requireParts(String id, JsonObject body) {
    List<Column> columns = table.keys().columns();
    Optional<CompositeId> parts = CompositeId.parse(id, columns.size());
    for (int i = 0; i < columns.size() && parts.isPresent(); i++) {
      String part = parts.get().parts().get(i);
      JsonValue given = body.get(columns.get(i).member()).orElse(new JsonString(part));
      if (given == JsonNull.NULL || !Keys.canonical(given).text().equals(Optional.of(part))) {
        throw Refusals.invalid(
            "\"" + columns.get(i).member() + "\" says otherwise than the id of the item.");
      }
      if (columns.get(i).kind() == Kind.TEXT) {
        requireText(columns.get(i), given);
      }
    }
  }

  /** A new row under a key that the body, the store or the database chooses. */
  record New(Map<Column, Bind> key, List<Column> generated, WrittenRow row) {}

  New of(JsonObject body) {
    Map<Column, Bind> key = writer.key(body);
    for (Column column : table.keys().columns()) {
      if (!key.containsKey(column) && !column.isGenerated()) {
        key.put(column, random(column));
      }
    }
    List<Column> generated =
        table.keys().columns().stream().filter(column -> !key.containsKey(column)).toList();
    return new New(key, generated, writer.write(body));
  }

  private static Bind random(Column column) {
    if (!Keys.canBeRandom(column)) {
      throw Refusals.invalid(column.member(), "is needed, as the backend chooses none");
    }
    UUID random = UUID.randomUUID();
    return Bind.of(column, column.kind() == Kind.UUID ? random : random.toString());
  }
}
