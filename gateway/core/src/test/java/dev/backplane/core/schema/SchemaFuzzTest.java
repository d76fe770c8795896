package dev.backplane.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.fuzz.Corpus;
import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Fuzz target: a schema is refused with a reason, or it checks every body in little time, always
 * alike. An input is the schema in one line, and a body behind it.
 */
class SchemaFuzzTest {
  private static final int MOST = 10;
  private static final Path FILE = file();

  @Test
  void corpus_whenReplayed_holds() {
    Corpus.replay(SchemaFuzzTest.class, SchemaFuzzTest::fuzzerTestOneInput);
  }

  /** Takes an input of the fuzzer, which finds this by its name. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
    read(parts[0])
        .ifPresent(schema -> {
          Shape shape = Shape.of(Optional.of(schema), List.of(), List.of());
          shape.isContradictory();
          shape.paths().forEach(path -> assertThat(path.segments()).isNotEmpty());
          body(parts.length < 2 ? "{}" : parts[1]).ifPresent(body -> check(schema, shape, body));
        });
  }

  private static void check(JsonSchema schema, Shape shape, JsonObject body) {
    List<Violation> found = schema.check(body, any -> true, MOST);
    assertThat(found).hasSizeLessThanOrEqualTo(MOST).doesNotHaveDuplicates();
    for (Violation violation : found) {
      assertThat(violation.pointer()).matches("(?s)|/.*");
      assertThat(violation.message()).isNotBlank().hasSizeLessThan(1000);
      shape.at(violation.pointer());
    }
    assertThat(schema.check(body, any -> true, MOST)).isEqualTo(found);
  }

  private static Optional<JsonSchema> read(String schema) {
    try {
      Files.writeString(FILE, schema);
      return Optional.of(new JsonSchemas(Json.CODEC).read(FILE));
    } catch (SchemaException wrong) {
      assertThat(wrong.problems())
          .isNotEmpty()
          .allSatisfy(problem -> assertThat(problem).isNotBlank().hasSizeLessThan(1000));
      return Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Optional<JsonObject> body(String text) {
    try {
      return Json.CODEC.read(text.getBytes(StandardCharsets.UTF_8)) instanceof JsonObject body
          ? Optional.of(body)
          : Optional.empty();
    } catch (JsonException noJson) {
      return Optional.empty();
    }
  }

  private static Path file() {
    try {
      Path directory = Files.createTempDirectory("schema");
      directory.toFile().deleteOnExit();
      Path file = directory.resolve("schema.json");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
