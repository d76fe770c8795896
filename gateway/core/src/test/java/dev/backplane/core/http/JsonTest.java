package dev.backplane.core.http;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[[],[1,[2,[]],3],[[4]],5]",
        "[{\"a\":[1]},{\"a\":[2,{\"a\":[]}]},[3]]",
        "null",
        "true",
        "\"\"",
        "{\"a\":[1,2,{\"b\":null}],\"\":\"ü-漢-😀\",\"nul\":\"\\u0000\"}",
        "12345678901234567890123456789012345678",
        "0.1234567890123456789012345678901234567",
        "-0.5",
        "1E+400",
        "0",
        "-7",
        "999999999999999999",
        "-999999999999999999",
        "1000000000000000000",
        "-9223372036854775808",
        "9223372036854775808"
      })
  void write_whenRead_givesTheSameText(String text) {
    assertThat(new String(Json.CODEC.write(read(text)), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7_000, 8_000, 9_000, 100_000})
  void write_whenLong_givesAllOfIt(int length) {
    String text = "[\"" + "ü".repeat(length) + "\",\"end\"]";
    assertThat(new String(Json.CODEC.write(read(text)), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1}}",
        "{} {}",
        "[1,]",
        "01",
        "+1",
        ".5",
        "5.",
        "NaN",
        "Infinity",
        "0x1F",
        "// comment\n1",
        "\"tab\tinside\"",
        "\"\\x\"",
        "tru",
        "\uFEFF{}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "\"\\ud800\"",
        "\"\\udc00x\"",
        "\"\\ud800\\ud800\"",
        "{\"\\ud800\":1}"
      })
  void read_whenNotStrictJson_refuses(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(JsonException.class);
  }

  @Test
  void read_whenNotUtf8_refuses() {
    byte[] latin1 = "\"ü\"".getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);
    byte[] encodedSurrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};

    assertThatThrownBy(() -> Json.CODEC.read(latin1)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> Json.CODEC.read(utf16)).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> Json.CODEC.read(encodedSurrogate)).hasMessageContaining("UTF-8");
  }

  @Test
  void read_whenTooDeep_saysHowDeep() {
    assertThat(read("[".repeat(100) + "]".repeat(100))).isInstanceOf(JsonArray.class);
    assertThatThrownBy(() -> read("[".repeat(101) + "]".repeat(101)))
        .hasMessageContaining("100 levels");
    assertThatThrownBy(() -> read("{\"a\":".repeat(100_000))).hasMessageContaining("100 levels");
  }

  @Test
  void read_whenNumberTooLong_saysHowLong() {
    assertThatThrownBy(() -> read("1".repeat(1001))).hasMessageContaining("1000 digits");
  }

  @Test
  void read_whenNamesCollide_readsThem_andOthersAfterThem() {
    // every two of these letters have one value to the base 33, which names were once hashed by
    List<String> colliding = List.of("");
    for (int i = 0; i < 10; i++) {
      colliding = colliding.stream().flatMap(name -> Stream.of(name + "Aa", name + "B@")).toList();
    }
    assertThat(readObjectOf(colliding).members()).hasSize(1024);

    List<String> others = IntStream.range(0, 200_000).mapToObj(i -> "n" + i).toList();
    assertThat(readObjectOf(others).members()).hasSize(200_000);
  }

  @Test
  void read_whenANameComesAgain_keepsItOnce() {
    JsonArray array = (JsonArray) read("[{\"name\":1},{\"name\":2}]");
    List<String> names =
        array.elements().stream()
            .flatMap(element -> ((JsonObject) element).members().keySet().stream())
            .toList();
    assertThat(names).containsExactly("name", "name");
    assertThat(names.get(0)).isSameAs(names.get(1));
  }

  @Test
  void read_whenANameIsLong_readsIt() {
    assertThat(readObjectOf(List.of("n".repeat(60_000))).members()).hasSize(1);
  }

  @Test
  void read_whenMalformed_saysWhereAndRepeatsNothing() {
    assertThatThrownBy(() -> read("{\n \"password\": s3cret}"))
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void read_whenSurrogatesPair_keepsTheCharacter() {
    assertThat(read("{\"a\":\"\\ud83d\\ude00\"}"))
        .isEqualTo(JsonObject.of("a", new JsonString("😀")));
  }

  /** Of a table of names that all share, some got lost when many were added at once. */
  @Test
  void read_whenManyReadManyNamesAtOnce_readsThemAll() {
    List<String> names = IntStream.range(0, 50_000).mapToObj(Integer::toHexString).toList();
    assertThat(
            IntStream.range(0, 64)
                .parallel()
                .mapToObj(n -> readObjectOf(names))
                .mapToInt(object -> object.members().size()))
        .hasSize(64)
        .containsOnly(50_000);
  }

  private static JsonObject readObjectOf(List<String> names) {
    return (JsonObject)
        read(names.stream().map(name -> '"' + name + "\":1").collect(joining(",", "{", "}")));
  }

  private static JsonValue read(String text) {
    return Json.CODEC.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
