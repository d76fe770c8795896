package dev.backplane.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class BlockYamlTest {
  @Test
  void document_when_it_is_nested_is_in_block_style() {
    String yaml =
        BlockYaml.of(json("{'A': {'b': [{'c': 1, 'd': {'e': []}}, [true], 'x::y']}, 'f': {}}"));
    assertThat(yaml)
        .isEqualTo(
            """
            A:
              b:
                - c: 1
                  d:
                    e: []
                -
                  - true
                - x::y
            f: {}
            """);
    assertThat(load(yaml))
        .isEqualTo(
            Map.of(
                "A",
                Map.of(
                    "b",
                    List.of(Map.of("c", 1, "d", Map.of("e", List.of())), List.of(true), "x::y")),
                "f",
                Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "no",
        "Yes",
        "on",
        "y",
        "null",
        "~",
        "true",
        "012",
        "1e5",
        "0x1F",
        "1:30",
        ".5",
        "2012-10-17",
        "a: b",
        "a #b",
        "- a",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "{a",
        "[a",
        "a:",
        "a\nb",
        "'a'",
        "\"a\"",
        "=",
        "<<",
        "é",
        "a\u0085b",
        "\uD83D\uDE00",
        "AWS::S3::Bucket"
      })
  void text_when_it_looks_like_something_else_stays_text(String text) {
    JsonObject document =
        JsonObject.of("a", JsonObject.of(text.isEmpty() ? "k" : text, new JsonString(text)));
    assertThat(load(BlockYaml.of(document)))
        .isEqualTo(Map.of("a", Map.of(text.isEmpty() ? "k" : text, text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "Yes", "y", "012", "2012-10-17", "1:30", "="})
  void text_when_older_readers_would_mistake_it_is_quoted(String text) {
    assertThat(BlockYaml.of(JsonObject.of("a", new JsonString(text))))
        .isEqualTo("a: \"" + text + "\"\n");
  }

  private static Object load(String yaml) {
    return new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  private static JsonObject json(String text) {
    return (JsonObject) Json.CODEC.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
