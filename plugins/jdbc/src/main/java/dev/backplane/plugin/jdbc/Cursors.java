package dev.backplane.plugin.jdbc;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A cursor holds the values that the last row of a page has for each key of the order, so that the
 * next page begins behind that place, whatever came and went. It is JSON in base64. Any thread.
 */
record Cursors(JsonCodec json, ValueWriter writer) {

  String write(List<SortKey> keys, RowReader.Row row) {
    List<JsonValue> marks = new ArrayList<>();
    for (SortKey key : keys) {
      JsonValue value = row.value(key.column());
      marks.add(key.isText() ? new JsonString(value.text().orElse("")) : value);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.write(new JsonArray(marks)));
  }

  /** The values that the next page comes behind. */
  List<Optional<Bind>> read(List<SortKey> keys, String cursor) {
    List<JsonValue> marks = marks(cursor);
    if (marks.size() != keys.size()) {
      throw unusable();
    }
    List<Optional<Bind>> binds = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      binds.add(bind(keys.get(i), marks.get(i)));
    }
    return binds;
  }

  private Optional<Bind> bind(SortKey key, JsonValue mark) {
    if (mark == JsonNull.NULL && key.nullable()) {
      return Optional.empty();
    }
    if (key.isText()) {
      String text = mark.text().orElseThrow(Cursors::unusable);
      return Optional.of(Bind.of(Kind.TEXT, text));
    }
    try {
      Bind bind = writer.write(key.column(), mark);
      return Optional.of(bind).filter(each -> each.value().isPresent());
    } catch (StoreException otherType) {
      throw unusable();
    }
  }

  private List<JsonValue> marks(String cursor) {
    try {
      if (json.read(Base64.getUrlDecoder().decode(cursor)) instanceof JsonArray array) {
        return array.elements();
      }
    } catch (IllegalArgumentException | JsonException notOurs) {
      throw unusable();
    }
    throw unusable();
  }

  private static StoreException unusable() {
    return new StoreException(
        Reason.INVALID, "The cursor does not belong to this list: start again without one.");
  }
}
