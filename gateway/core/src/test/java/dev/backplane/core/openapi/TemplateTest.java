package dev.backplane.core.openapi;

import static dev.backplane.core.openapi.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final Template TEMPLATE =
      new Template(
          Map.of(
              "name", new JsonString("a $1 ${b}"),
              "number", json("7"),
              "list", json("[1, 2]"),
              "object", json("{\"x\": \"${name}\"}")),
          Set.of("on", "too"));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": "b"}                               ; {"a": "b"}
          {"a": "is ${name}."}                     ; {"a": "is a $1 ${b}."}
          {"/${name}/${number}": 1}                ; {"/a $1 ${b}/7": 1}
          {"a": "${number}"}                       ; {"a": 7}
          {"a": "${object}"}                       ; {"a": {"x": "${name}"}}
          {"a": [0, "${list}", 3]}                 ; {"a": [0, 1, 2, 3]}
          {"a": [["${list}"]]}                     ; {"a": [[1, 2]]}
          {"a": {"x-when": "off on", "b": 1}}      ; {"a": {"b": 1}}
          {"a": {"x-when": "off", "b": "${c}"}}    ; {}
          {"a": [{"x-when": "off"}, 1]}            ; {"a": [1]}
          {"a": {"b": {"x-when": "off"}}, "c": {}} ; {"c": {}}
          {"a": {"x-when": "too", "x-use": "${list}"}} ; {"a": [1, 2]}
          """)
  void fill_fillsWhatIsThere(String template, String filled) {
    JsonValue value = TEMPLATE.fill(json(template));
    assertThat(value).isEqualTo(json(filled));
  }

  @Test
  void fill_sharesWhatHasNoPlaces() {
    JsonValue template = json("{\"a\": {\"b\": [1, {\"c\": \"d\"}]}, \"e\": \"${name}\"}");
    assertThat(Documents.at(TEMPLATE.fill(template), "/a")).isSameAs(Documents.at(template, "/a"));
  }

  @Test
  void fill_whenAWordIsMissing_isADefect() {
    assertThatThrownBy(() -> TEMPLATE.fill(json("{\"a\": \"${missing}\"}")))
        .hasMessageContaining("missing");
  }
}
