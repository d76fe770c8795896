package dev.backplane.testkit;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private final StrictJson json = new StrictJson();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "\"\"",
        "\"a \\\" \\\\ \\u0000 ü 😀\"",
        "12345678901234567890123456789012345678.90",
        "1E+400",
        "[]",
        "{\"b\":[1,{\"a\":null}],\"\":{}}"
      })
  void write_when_a_value_was_read_gives_it_back(String text) {
    JsonValue value = json.read(text.getBytes(UTF_8));
    assertThat(new String(json.write(value), UTF_8)).isEqualTo(text);
  }

  @Test
  void read_when_a_number_is_long_keeps_each_digit() {
    JsonObject object =
        (JsonObject) json.read("{\"n\": 0.12345678901234567890123456789e-5}".getBytes(UTF_8));
    assertThat(object.get("n"))
        .contains(JsonNumber.parse("0.0000012345678901234567890123456789").orElseThrow());
  }

  @Test
  void read_when_characters_are_escaped_unescapes_them() {
    assertThat(json.read("\"\\ud83d\\ude00\\n\"".getBytes(UTF_8)))
        .isEqualTo(new JsonString("😀\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1} x",
        "{\"a\":1}{}",
        "{a:1}",
        "'a'",
        "01",
        "+1",
        ".5",
        "NaN",
        "// comment\n1",
        "\uFEFF1",
        "\"\\ud83d\"",
        "{\"\\ude00\":1}",
        "\"\u0001\"",
        "tru"
      })
  void read_when_the_text_is_not_json_refuses_it(String text) {
    assertThatThrownBy(() -> json.read(text.getBytes(UTF_8))).isInstanceOf(JsonException.class);
  }

  @Test
  void read_when_the_text_is_not_json_says_where() {
    assertThatThrownBy(() -> json.read("{\n  \"a\": x}".getBytes(UTF_8)))
        .hasMessageContaining("line 2, column");
  }

  @Test
  void read_when_the_bytes_are_not_utf8_refuses_them() {
    assertThatThrownBy(() -> json.read(new byte[] {'"', (byte) 0xE4, '"'}))
        .isInstanceOf(JsonException.class)
        .hasMessage("The text is not UTF-8.");
    assertThatThrownBy(() -> json.read("{}".getBytes(UTF_16LE))).isInstanceOf(JsonException.class);
  }
}
