package dev.backplane.testkit;

import dev.backplane.spi.JsonObject;
import java.util.List;

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

  private Samples() {}
}
