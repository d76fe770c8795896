package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonHashTest {
  private static String state(String json) {
    return JsonHash.of((JsonObject) Json.CODEC.read(json.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"a": 1, "b": {"c": 2, "d": 3}} | {"b": {"d": 3, "c": 2}, "a": 1}
          {"a": 100}                      | {"a": 1e2}
          {"a": 1.10}                     | {"a": 1.1}
          {"a": 0.0}                      | {"a": 0}
          {"a": "\\u00e9"}                | {"a": "é"}
          """)
  void of_whenBodiesAreEqual_isTheSame(String one, String other) {
    assertThat(state(one)).isEqualTo(state(other)).matches("[\\w-]{22}");
  }

  @Test
  void of_whenBodiesDiffer_isAnother() {
    Stream<String> bodies =
        Stream.of(
            "{}",
            "{\"a\": null}",
            "{\"a\": 1}",
            "{\"a\": \"1\"}",
            "{\"a\": true}",
            "{\"a\": false}",
            "{\"a\": \"true\"}",
            "{\"a\": []}",
            "{\"a\": {}}",
            "{\"a\": [1]}",
            "{\"a\": [[1]]}",
            "{\"a\": [1, 2]}",
            "{\"a\": [2, 1]}",
            "{\"a\": [12]}",
            "{\"a\": \"b\", \"c\": \"d\"}",
            "{\"a\": \"bc\", \"\": \"d\"}",
            "{\"a\": {\"b\": 1}, \"c\": 2}",
            "{\"a\": {\"b\": 1, \"c\": 2}}");
    assertThat(bodies.map(JsonHashTest::state)).doesNotHaveDuplicates();
  }
}
