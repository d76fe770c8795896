package dev.backplane.plugin.jdbc;

import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A body, taken apart into what its columns are to hold.
 *
 * @param given a value for each column that the body has a member for, the key's not among them
 * @param rest the other members, as the text of a JSON object; empty where there is no column
 */
record WrittenRow(Map<Column, Bind> given, Optional<String> rest) {

  /** Takes bodies of a table apart. Any thread. */
  record Writer(Table table, ValueWriter values) {

    WrittenRow write(JsonObject body) {
      Map<Column, Bind> given = new LinkedHashMap<>();
      JsonObject.Builder rest = JsonObject.builder();
      body.members()
          .forEach((name, value) -> {
            Optional<Column> column = table.member(name);
            if (column.isEmpty()) {
              requireRest(name);
              rest.put(name, value);
            } else if (!table.isKey(column.get()) && !column.get().isComputed()) {
              given.put(column.get(), values.write(column.get(), value));
              if (value == JsonNull.NULL) {
                rest.put(name, value); // null was said, which a column of nothing does not tell
              }
            }
          });
      return new WrittenRow(given, table.rest().map(column -> values.jsonText(rest.build())));
    }

    /** The key that a body names by its members. */
    Map<Column, Bind> key(JsonObject body) {
      Map<Column, Bind> key = new LinkedHashMap<>();
      for (Column column : table.keys().columns()) {
        Optional<JsonValue> value = body.get(column.member());
        value.ifPresent(given -> key.put(column, values.write(column, given)));
      }
      return key;
    }

    private void requireRest(String name) {
      boolean isId = name.equals(table.idField());
      if (table.rest().isEmpty() && !isId) {
        throw Refusals.invalid(
            name, "is no field of this resource; its fields are " + table.memberNames());
      }
    }
  }
}
