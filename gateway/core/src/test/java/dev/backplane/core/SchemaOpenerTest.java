package dev.backplane.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where and how the mistakes in a resource's schema are told; no service is needed for that. */
class SchemaOpenerTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          schema: none.json       ! "schema" names a file that does not exist
          schema: "."             ! "schema" names a directory; a schema is a file
          schema: "a\\0b"         ! "schema" should be the path of a file
          schema: broken.json     ! "schema" names a file that cannot be read: The JSON ends before it is complete.
          schema: invalid.json    ! "schema" names a file that is no JSON Schema (2020-12): /type should be one of
          schema: network.json    ! "schema" has a "$ref" to "https://example.com/x.json", but the gateway never reads
          schema: both.json       ! a field is both read-only and write-only
          """)
  void mistake_isToldAtTheKey(String key, String message) throws IOException {
    assertThat(problems("things", key))
        .anyMatch(line -> line.contains("mapping.yaml:4:5: resource \"things\": " + message));
  }

  @Test
  void mistakesOfASchema_areAllTold_eachOnALine() throws IOException {
    assertThat(problems("things", "schema: invalid.json"))
        .anyMatch(line -> line.contains("/type should"))
        .anyMatch(line -> line.contains("/required should be an array"));
  }

  @Test
  void idThatIsWriteOnly_isAMistake_alsoWithoutASchema() throws IOException {
    assertThat(problems("things", "write-only: [id]"))
        .anyMatch(line -> line.contains("the id is write-only, but items are found by it"));
  }

  private List<String> problems(String resource, String key) throws IOException {
    Files.writeString(directory.resolve("broken.json"), "{");
    Files.writeString(directory.resolve("invalid.json"), "{\"type\": 1, \"required\": 1}");
    Files.writeString(
        directory.resolve("network.json"), "{\"$ref\": \"https://example.com/x.json\"}");
    Files.writeString(
        directory.resolve("both.json"),
        "{\"properties\": {\"a\": {\"readOnly\": true, \"writeOnly\": true}}}");
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping, "resources:\n  " + resource + ":\n    service: none\n    " + key + "\n");
    Gateway.Options options = new Gateway.Options(mapping, List.of(), Map.of());
    Gateway.StartException wrong =
        catchThrowableOfType(Gateway.StartException.class, () -> Inspector.check(options));
    return wrong.problems();
  }
}
