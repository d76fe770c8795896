package dev.backplane.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.fuzz.Corpus;
import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Fuzz target: a mapping is read, or there are problems with places in the file; and what is read
 * is right by the published schema, too. An input is the file.
 */
class MappingFuzzTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("EMPTY", "", "TEN", "10", "NAME", "a");

  @Test
  void corpus_whenReplayed_holds() {
    Corpus.replay(MappingFuzzTest.class, MappingFuzzTest::fuzzerTestOneInput);
  }

  /** Takes an input of the fuzzer, which finds this by its name. */
  public static void fuzzerTestOneInput(byte[] input) {
    MappingReader.Result result = MappingReader.read(input, ENVIRONMENT);
    for (Problem problem : result.problems()) {
      assertThat(problem.message()).isNotBlank().hasSizeLessThan(1000);
      problem.position().ifPresent(at -> assertIn(input, at));
    }
    if (result.problems().isEmpty()) {
      assertThat(result.mapping().resources()).isNotEmpty();
      assertAccepted(new String(input, StandardCharsets.UTF_8));
    }
  }

  private static void assertIn(byte[] input, Position at) {
    int lines = 1;
    for (byte b : input) {
      lines += b == '\n' || b == '\r' ? 1 : 0;
    }
    assertThat(at.line()).isBetween(1, lines);
    assertThat(at.column()).isBetween(1, input.length + 1);
  }

  private static void assertAccepted(String yaml) {
    Reading reading = Reading.of(ENVIRONMENT);
    String json =
        YamlReader.read(yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml, reading)
            .map(MappingFuzzTest::json)
            .map(value -> new String(Json.CODEC.write(value), StandardCharsets.UTF_8))
            .orElseThrow();
    assertThat(MappingSchemaTest.acceptsJson(json)).as(json).isTrue();
  }

  private static JsonValue json(Yaml yaml) {
    return switch (yaml) {
      case Yaml.Scalar scalar -> scalar.value();
      case Yaml.Items items ->
          new JsonArray(items.values().stream().map(MappingFuzzTest::json).toList());
      case Yaml.Group group -> {
        JsonObject.Builder members = JsonObject.builder();
        group.entries().forEach(entry -> members.put(entry.key(), json(entry.value())));
        yield members.build();
      }
      case Yaml.Broken broken -> JsonNull.NULL;
    };
  }
}
