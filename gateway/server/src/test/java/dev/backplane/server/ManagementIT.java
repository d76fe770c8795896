package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The management port of the built server. */
@Timeout(120)
class ManagementIT {
  @TempDir private Path directory;

  @BeforeEach
  void mapping() throws Exception {
    Files.writeString(directory.resolve("mapping.yaml"), "resources:\n  notes: memory\n");
  }

  @Test
  void info_tells_what_runs() throws Exception {
    try (ServerProcess server = ServerProcess.serve(directory, "--management", "0")) {
      HttpResponse<String> info = managed(server, "/info");

      assertThat(info.statusCode()).isEqualTo(200);
      assertThat(info.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(info.body())
          .matches(
              "\\{\"version\":\"[^\"]+\",\"commit\":\"\\w+\",\"java\":\"[^\"]+\","
                  + "\"started\":\"[^\"]+Z\",\"mapping\":\\{\"file\":\"mapping.yaml\","
                  + "\"sha256\":\"[0-9a-f]{64}\",\"taken\":\"[^\"]+Z\"}}");
    }
  }

  @Test
  void each_port_serves_its_own() throws Exception {
    try (ServerProcess server = ServerProcess.serve(directory, "--management", "127.0.0.1:0")) {
      assertThat(server.management().getPort()).isNotEqualTo(server.url().getPort());
      for (String path : List.of("/info", "/metrics")) {
        assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
      }
      for (String path : List.of("/api/notes", "/health/ready", "/openapi.json", "/docs", "/")) {
        assertThat(managed(server, path).statusCode()).as(path).isEqualTo(404);
      }
    }
  }

  @Test
  void management_answers_while_no_request_of_the_api_does() throws Exception {
    SlowPlugin.buildInto(directory.resolve("plugins"));
    Files.writeString(
        directory.resolve("mapping.yaml"),
        "resources:\n  slow:\n    service: slow\n    settings:\n      directory: " + directory);
    List<RawClient> waiting = new ArrayList<>();
    try (ServerProcess server =
        ServerProcess.serve(directory, "--plugins", "plugins", "--management", "0")) {
      for (int i = 0; i < 2 * RequestThreads.PLATFORM; i++) {
        RawClient client = new RawClient(server.url().getPort());
        client.send("GET /api/slow/1 HTTP/1.1\r\nHost: a\r\n\r\n");
        waiting.add(client);
      }
      while (!Files.exists(directory.resolve("entered"))) {
        Thread.onSpinWait();
      }

      assertThat(managed(server, "/info").statusCode()).isEqualTo(200);
    } finally {
      for (RawClient client : waiting) {
        client.close();
      }
    }
  }

  @Test
  void place_that_is_none_is_one_sentence_that_names_the_variable() throws Exception {
    ServerProcess.Finished finished =
        ServerProcess.run(directory, Map.of("BACKPLANE_MANAGEMENT", "on"), "serve", "--port", "0");

    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.errors())
        .contains("'on' is no place to listen", "BACKPLANE_MANAGEMENT")
        .doesNotContain("\tat ");
  }

  /** Or else each start would pay for what few ask for. */
  @Test
  void nothing_of_telemetry_is_loaded_unless_it_is_asked_for() throws Exception {
    assertThat(loadedOf("io.opentelemetry.", "serve", "--port", "0")).isEmpty();
    assertThat(loadedOf("io.prometheus.", "serve", "--port", "0")).isEmpty();
    assertThat(loadedOf("io.opentelemetry.", "serve", "--port", "0", "--management", "0"))
        .isNotEmpty()
        .noneMatch(line -> line.contains("io.opentelemetry.sdk.autoconfigure."))
        .noneMatch(line -> line.contains("io.opentelemetry.exporter."));
  }

  /** The classes of a package that a server has loaded when it has answered. */
  private List<String> loadedOf(String prefix, String... arguments) throws Exception {
    Path loaded = Files.createTempFile(directory, "classes", ".txt");
    Map<String, String> log =
        Map.of("BACKPLANE_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded.getFileName());
    Path program = ServerProcess.DISTRIBUTION.resolve("bin/backplane");
    try (ServerProcess server = ServerProcess.start(directory, log, program, arguments)) {
      assertThat(server.get("/api/notes").statusCode()).isEqualTo(200);
    }
    List<String> lines = Files.readAllLines(loaded);
    assertThat(lines).anyMatch(line -> line.contains(" dev.backplane.server.Main "));
    return lines.stream().filter(line -> line.contains(" " + prefix)).toList();
  }

  private static HttpResponse<String> managed(ServerProcess server, String path) throws Exception {
    URI url = server.management().resolve(path);
    return ServerProcess.send(HttpRequest.newBuilder(url).build());
  }
}
