package dev.backplane.testkit;

import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Ids and bodies that several rules share. */
final class Samples {
  /** Ids that are easily changed on the way; each differs from the others. */
  static final List<String> IDS =
      List.of(
          "0",
          "00",
          "000-1",
          "1",
          "1.0",
          "1e3",
          "1000",
          "-1",
          "+1",
          "0x10",
          "true",
          "null",
          "a",
          "A",
          " a",
          "a ",
          "a b",
          "a+b",
          "a%20b",
          "a/b",
          "a%2Fb",
          "%2F",
          "/",
          "//",
          "a//b",
          "\\",
          "100%",
          "%",
          "%25",
          "a;b",
          "a:b",
          "a,b",
          "a=b",
          "a&b",
          "a?b",
          "a#b",
          "..x",
          ".x",
          "x.",
          "a.b",
          "\"",
          "'",
          "''",
          "`",
          "' OR '1'='1",
          "*",
          "_",
          "_id",
          "$id",
          "#",
          "@",
          "~",
          "-",
          "--",
          "{id}",
          "[0]",
          "<a>",
          "|",
          "^",
          "ü-漢-😀",
          "ü",
          "u\u0308",
          "Ü",
          "ß",
          "SS",
          "İ",
          "i",
          "ı",
          "\u00A0",
          "\u200B",
          "\uFEFFa",
          "\uFFFD",
          "😀",
          "é",
          "x".repeat(200),
          "x".repeat(199) + "y",
          "漢".repeat(200));

  /** A body of several types, of which {@link #SECOND} shares only one field. */
  static final JsonObject FIRST =
      Json.of("{'name': 'first', 'old': {'deep': [1, 2]}, 'number': 1}");

  /** Another body. */
  static final JsonObject SECOND = Json.of("{'name': 'second', 'new': true}");

  /** Values that a backend may refuse, but not change. */
  static final List<JsonValue> EXTREMES =
      List.of(
          new JsonNumber(new BigDecimal("1".repeat(60))),
          new JsonNumber(new BigDecimal("0." + "1".repeat(60))),
          new JsonNumber(new BigDecimal("1e400")),
          new JsonNumber(new BigDecimal("-1e-400")),
          new JsonNumber(new BigDecimal("1e100000000")),
          new JsonString("a\u0000b"),
          new JsonString("x".repeat(100_000)),
          Json.value("[".repeat(100) + "]".repeat(100)),
          Json.value("{'': 1}"));

  private Samples() {}

  /** A body that the store refuses to hold; a test of a store that holds all is skipped. */
  static JsonObject impossible(Resource resource, WritableStore store) {
    String id = resource.id(99);
    for (JsonValue extreme : EXTREMES) {
      JsonObject body = JsonObject.of("v", extreme);
      try {
        store.put(id, body, new Precondition.None());
        store.delete(id, new Precondition.None());
      } catch (StoreException refusal) {
        return body;
      }
    }
    return Assumptions.abort("does not apply: the store holds whatever it is given");
  }
}
