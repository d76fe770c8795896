package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the function starts, and how it does not. */
class FunctionStartIT {
  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void unpack() throws IOException {
    root = FunctionUnderTest.unpack(folder);
  }

  @Test
  void start_whenMappingIsTheExample_needsNoNetwork() throws IOException {
    Map<String, String> environment = Map.of("DYNAMODB_ENDPOINT", "aws");
    try (FunctionUnderTest function = FunctionUnderTest.start(root, environment)) {
      assertThat(function.send(EventKind.REST_API, ClientRequest.get("/api/mocks")).status())
          .isEqualTo(200);
    }
  }

  @Test
  void start_whenMappingHasMistakes_failsAndLogsEachOnALine() throws IOException {
    Files.writeString(
        root.resolve("mapping.yaml"),
        "resources:\n  users: dynamodbb\n  notes:\n    serv: memory\n");
    try (FunctionUnderTest function = FunctionUnderTest.start(root, Map.of())) {
      assertThat(function.initError()).contains("dynamodbb", "serv");
      assertThat(function.log())
          .anyMatch(line -> line.contains("\"level\":\"ERROR\"") && line.contains("dynamodbb"))
          .anyMatch(line -> line.contains("\"level\":\"ERROR\"") && line.contains("serv"));
    }
  }

  @Test
  void start_whenMappingIsMissing_saysWhichFile() throws IOException {
    Map<String, String> environment = Map.of("BACKPLANE_MAPPING", "other.yaml");
    try (FunctionUnderTest function = FunctionUnderTest.start(root, environment)) {
      assertThat(function.initError()).contains("other.yaml");
    }
  }

  @Test
  void start_whenNoResourceHasASchema_needsNoValidator() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(root.resolve("lib"), "json-schema-*.jar")) {
      for (Path jar : jars) {
        Files.delete(jar);
      }
    }
    assertThat(root.resolve("lib")).isDirectoryNotContaining("glob:**/json-schema-*.jar");
    Files.writeString(root.resolve("mapping.yaml"), "resources:\n  notes: memory\n");
    try (FunctionUnderTest function = FunctionUnderTest.start(root, Map.of())) {
      ClientRequest post = ClientRequest.json("POST", "/api/notes", "{\"id\": \"a\"}");
      assertThat(function.send(EventKind.REST_API, post).status()).isEqualTo(201);
      assertThat(function.send(EventKind.REST_API, ClientRequest.get("/api/notes?q=a")).text())
          .isEqualTo("[{\"id\":\"a\"}]");
      assertThat(function.send(EventKind.REST_API, ClientRequest.get("/openapi.json")).status())
          .isEqualTo(200);
    }
  }

  @Test
  void start_whenPluginIsInADirectory_loadsItFromThere() throws IOException {
    Path plugin = Files.createDirectories(root.resolve("backplane/plugins/memory"));
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(root.resolve("lib"), "backplane-plugin-*.jar")) {
      for (Path jar : jars) {
        if (jar.getFileName().toString().contains("memory")) {
          Files.move(jar, plugin.resolve(jar.getFileName()));
        } else {
          Files.delete(jar);
        }
      }
    }
    Files.writeString(root.resolve("mapping.yaml"), "resources:\n  notes: memory\n");
    try (FunctionUnderTest function = FunctionUnderTest.start(root, Map.of())) {
      assertThat(function.send(EventKind.HTTP_API, ClientRequest.get("/api/notes")).text())
          .isEqualTo("[]");
    }
  }
}
