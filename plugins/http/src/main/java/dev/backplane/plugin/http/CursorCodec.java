package dev.backplane.plugin.http;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cursor as text: its parts in JSON, in base64. The gateway signs it; the form is checked here
 * all the same, and the position by its style.
 */
record CursorCodec(JsonCodec json) {
  private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

  String write(Cursor cursor) {
    Stream<JsonValue> parts =
        Stream.of(
            new JsonString(cursor.position()),
            JsonNumber.of(cursor.size()),
            JsonNumber.of(cursor.skip()));
    Stream<JsonValue> anchors = cursor.anchors().stream().map(JsonString::new);
    byte[] text = json.write(new JsonArray(Stream.concat(parts, anchors).toList()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  Cursor read(String text) {
    try {
      JsonValue decoded = json.read(Base64.getUrlDecoder().decode(text));
      if (decoded instanceof JsonArray array
          && array.elements().size() >= 3
          && array.elements().get(0) instanceof JsonString position) {
        List<JsonValue> parts = array.elements();
        return new Cursor(
            position.value(),
            number(parts.get(1)),
            number(parts.get(2)),
            anchors(parts.subList(3, parts.size())));
      }
    } catch (IllegalArgumentException | JsonException notOurs) {
      throw unusable();
    }
    throw unusable();
  }

  private static int number(JsonValue value) {
    if (value instanceof JsonNumber number
        && number.value().signum() >= 0
        && number.value().compareTo(MOST) <= 0) {
      return number.value().intValue();
    }
    throw unusable();
  }

  private static List<String> anchors(List<JsonValue> values) {
    List<String> anchors = new ArrayList<>();
    for (JsonValue value : values) {
      if (!(value instanceof JsonString text)) {
        throw unusable();
      }
      anchors.add(text.value());
    }
    return anchors;
  }

  /** A position that is a number; without one, the list is at the first. */
  static int number(String position, int first) {
    if (position.isEmpty()) {
      return first;
    }
    try {
      int number = Integer.parseInt(position);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException notOurs) {
      throw unusable();
    }
    throw unusable();
  }

  /** What a client is told whose cursor does not lead on. */
  static StoreException unusable() {
    return new StoreException(Reason.INVALID, "The cursor is not one that this resource gave out.");
  }
}
