package dev.backplane.plugin.dynamodb;

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

/**
 * A cursor as text: its parts in JSON, in base64. The service starts anywhere that it is told to,
 * so the form is checked here and by who goes on from it, and signed by the gateway against being
 * made up.
 */
final class CursorCodec {
  private static final BigDecimal MOST_LANES = BigDecimal.valueOf(1_000);

  private final JsonCodec json;

  CursorCodec(JsonCodec json) {
    this.json = json;
  }

  String write(Cursor cursor) {
    List<JsonValue> parts = new ArrayList<>();
    parts.add(new JsonString(cursor.path()));
    parts.add(JsonNumber.of(cursor.lane()));
    parts.addAll(cursor.marks());
    byte[] text = json.write(new JsonArray(parts));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  Cursor read(String text) {
    try {
      JsonValue decoded = json.read(Base64.getUrlDecoder().decode(text));
      if (decoded instanceof JsonArray array && array.elements().size() >= 2) {
        return cursor(array.elements());
      }
    } catch (IllegalArgumentException | JsonException notOurs) {
      throw unusable();
    }
    throw unusable();
  }

  private static Cursor cursor(List<JsonValue> parts) {
    if (parts.get(0) instanceof JsonString path
        && parts.get(1) instanceof JsonNumber lane
        && lane.value().signum() >= 0
        && lane.value().compareTo(MOST_LANES) < 0) {
      return new Cursor(path.value(), lane.value().intValue(), parts.subList(2, parts.size()));
    }
    throw unusable();
  }

  /** What a client is told whose cursor does not lead on. */
  static StoreException unusable() {
    return new StoreException(Reason.INVALID, "The cursor is not one that this resource gave out.");
  }
}
