package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backplane.core.contract.Client.Feature;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which JSON is taken, and that it is given back as it came. */
interface JsonRules extends HttpRules {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "1",
        "\"text\"",
        "[]",
        "[{\"id\": \"x\"}]", // no object
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\": 1",
        "{\"a\": \"",
        "}", // cut off
        "{} {}",
        "{}x",
        "{}]",
        "{},",
        "{}\u0000", // trailing text
        "\uFEFF{}", // a byte order mark
        "{\"a\": 1, \"a\": 2}",
        "{\"o\": {\"a\": 1, \"\\u0061\": 1}}", // a name twice
        "{\"a\": \"\\ud800\"}",
        "{\"a\": \"\\ude00\\ud83d\"}",
        "{\"\\udc00\": 1}", // half a pair
        "{a: 1}",
        "{'a': 1}",
        "{\"a\": 1,}",
        "{\"a\": [1,]}",
        "{\"a\": [,1]}", // laxer dialects
        "{\"a\": 1} // no",
        "/* no */ {}",
        "{\"a\": NaN}",
        "{\"a\": Infinity}",
        "{\"a\": TRUE}",
        "{\"a\": 01}",
        "{\"a\": +1}",
        "{\"a\": .5}",
        "{\"a\": 1.}",
        "{\"a\": 0x1}",
        "{\"a\": 1e}",
        "{\"a\": --1}",
        "{\"a\": \"\\x41\"}",
        "{\"a\": \"\\u12\"}",
        "{\"a\": \"tab\there\"}",
        "{\"a\": \"line\nbreak\"}",
        "\u00A0{}",
        "{\"a\": undefined}"
      })
  default void malformedJson_is400_onEveryWrite(String body) {
    String item = create("{\"id\": \"a\"}");
    post(400, THINGS, body);
    put(400, item, body);
    patch(400, item, body);
    assertThat(get(200, THINGS).json()).isEqualTo(HttpRules.json("[{\"id\": \"a\"}]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
  default void bodyInAnotherEncodingThanUtf8_is400_alsoWhenTheCharsetNamesIt(String charset) {
    assumeTrue(client().can(Feature.RAW_BODY), "the body is decoded before the gateway sees it");
    byte[] body = "{\"a\": \"ü\"}".getBytes(Charset.forName(charset));
    Request request = Request.of("POST", THINGS).body(body);
    send(400, request.header("Content-Type", "application/json"));
    send(400, request.header("Content-Type", "application/json; charset=" + charset));
  }

  @Test
  default void bytesThatAreNoUtf8_are400() {
    assumeTrue(client().can(Feature.RAW_BODY), "the body is decoded before the gateway sees it");
    byte[][] broken = {
      {(byte) 0xFF},
      {(byte) 0xC3},
      {(byte) 0xC0, (byte) 0xAF},
      {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
      {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80}
    };
    for (byte[] bytes : broken) {
      byte[] body = "{\"a\": \"????\"}".getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bytes, 0, body, 7, bytes.length);
      send(400, Request.of("POST", THINGS).header("Content-Type", "application/json").body(body));
    }
  }

  @Test
  default void tooDeepJson_is400_andSaysSo() {
    String deep = "{\"a\": " + "[".repeat(5000) + "]".repeat(5000) + "}";
    assertThat(post(400, THINGS, deep).text()).contains("deep");
    String open = "{\"a\": " + "{\"a\":".repeat(5000);
    assertThat(post(400, THINGS, open).text()).contains("deep");
  }

  @Test
  default void fairlyDeepJson_isKept() {
    String deep = "{\"id\": \"a\", \"a\": " + "[".repeat(25) + "]".repeat(25) + "}";
    assertThat(get(200, create(deep)).json()).isEqualTo(HttpRules.json(deep));
  }

  @Test
  default void tooLongNumber_is400_andSaysSo() {
    assertThat(post(400, THINGS, "{\"a\": " + "1".repeat(5000) + "}").text()).contains("digits");
    post(400, THINGS, "{\"a\": 0." + "1".repeat(5000) + "}");
    post(400, THINGS, "{\"a\": 1e" + "1".repeat(5000) + "}");
    post(400, THINGS, "{\"a\": 1e99999999999}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678901234567890123456789012345678",
        "-98765432109876543210987654321098765432",
        "0.12345678901234567890123456789012345678",
        "9007199254740993",
        "18446744073709551617",
        "3.141592653589793238462643383279502884"
      })
  default void number_keepsEveryDigit(String digits) {
    String item = create("{\"id\": \"a\", \"n\": " + digits + "}");
    assertThat(get(200, item).text()).containsPattern("\"n\": ?\\Q" + digits + "\\E[,}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0", "1.10", "-0.0", "1e5", "1E+5", "1.5e-7", "1e100", "1e-100", "1000000"})
  default void number_keepsItsValue_howeverItIsSpelled(String number) {
    String item = create("{\"id\": \"a\", \"n\": " + number + "}");
    assertThat(value(get(200, item).member("n"))).isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e400", "-1e-400", "1e2000000000", "1234567890123456789012345678901234567890.5"})
  default void numberBeyondABackend_isKeptExactlyOrRefused_neverChanged(String number) {
    String body = "{\"id\": \"a\", \"n\": " + number + "}";
    Answer answer = send(Request.json("POST", THINGS, body));
    if (answer.status() == 400) {
      get(404, THINGS + "/a");
      return;
    }
    assertThat(answer.status()).isEqualTo(201);
    assertThat(value(get(200, THINGS + "/a").member("n"))).isEqualByComparingTo(number);
    assertThat(get(200, THINGS + "?n:gt=1").items().size()).isLessThan(2);
    assertThat(get(200, THINGS + "?q=zz").items()).isEmpty();
  }

  @Test
  default void everyKindOfValue_isKept() {
    String body =
        """
        {"id": "a", "null": null, "yes": true, "no": false, "empty": "", "text": "ü漢😀\\n\\"\\\\/",
         "zero": "\\u0000", "list": [], "lists": [[1], [], [null, {"a": []}]], "object": {},
         "nested": {"a": {"b": {"b": "deep"}}}, "a.b": 1, "$ref": "#", "ünïcode": 1, " ": 2}
        """;
    String item = create(body);
    JsonValue expected = HttpRules.json(body);
    assertThat(get(200, item).json()).isEqualTo(expected);
    assertThat(get(200, THINGS).items()).containsExactly((JsonObject) expected);
  }

  private static BigDecimal value(JsonValue value) {
    return value instanceof JsonNumber number ? number.value() : fail("no number: " + value);
  }
}
