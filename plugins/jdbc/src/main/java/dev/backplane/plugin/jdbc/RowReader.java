package dev.backplane.plugin.jdbc;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rows as items. Any thread. */
final class RowReader {
  /** What a version may be made of, as it becomes an ETag. */
  private static final Pattern VERSION = Pattern.compile("[!#-~]{1,200}");

  private static final int HASH_BYTES = 16;

  private final Table table;
  private final JsonCodec json;
  private final ValueReader values;
  private final List<Column> selected;

  RowReader(Table table, Dialect dialect, JsonCodec json) {
    this.table = table;
    this.json = json;
    this.values = new ValueReader(dialect, json);
    this.selected = table.selected();
  }

  /**
   * A row.
   *
   * @param item what it is to the gateway; empty where its key makes no id
   */
  record Row(List<Column> columns, List<JsonValue> values, Optional<Item> item) {
    JsonValue value(Column column) {
      return values.get(columns.indexOf(column));
    }
  }

  Row read(ResultSet row) throws SQLException {
    List<JsonValue> read = new ArrayList<>(selected.size());
    for (int i = 0; i < selected.size(); i++) {
      Column column = selected.get(i);
      JsonValue value = values.read(row, i + 1, column);
      read.add(table.isKey(column) ? Keys.canonical(value) : value);
    }
    return new Row(selected, read, item(read));
  }

  private Optional<Item> item(List<JsonValue> read) {
    List<JsonValue> key =
        table.keys().columns().stream().map(column -> read.get(selected.indexOf(column))).toList();
    return table
        .keys()
        .id(key)
        .map(id -> {
          JsonObject body = body(read);
          return new Item(id, version(body, read), body);
        });
  }

  /**
   * Without a column for the rest, null is null. With one, a column of nothing is a member that is
   * not there, unless the rest says that it is null: so each body comes back as it was.
   */
  private JsonObject body(List<JsonValue> read) {
    Optional<JsonObject> rest =
        table.rest().map(column -> rest(read.get(selected.indexOf(column))));
    JsonObject.Builder body = JsonObject.builder();
    for (int i = 0; i < table.columns().size(); i++) {
      JsonValue value = read.get(i);
      if (value != JsonNull.NULL || rest.isEmpty()) {
        body.put(table.columns().get(i).member(), value);
      }
    }
    rest.ifPresent(others ->
        others
            .members()
            .forEach((name, value) -> {
              if (!body.has(name)) {
                body.put(name, value);
              }
            }));
    return body.build();
  }

  private static JsonObject rest(JsonValue value) {
    return value instanceof JsonObject object ? object : JsonObject.empty();
  }

  private String version(JsonObject body, List<JsonValue> read) {
    Optional<String> kept =
        table.version().flatMap(column -> read.get(selected.indexOf(column)).text());
    String text = kept.orElse("");
    return VERSION.matcher(text).matches() ? text : hash(body, text);
  }

  /** The content is the version: it differs whenever the content does, whoever wrote it. */
  private String hash(JsonObject body, String version) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(version.getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(json.write(body));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, HASH_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
