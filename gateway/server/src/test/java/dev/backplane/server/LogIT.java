package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the built server writes into its log, for people and for programs. */
@Timeout(120)
class LogIT {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}";

  @TempDir private Path directory;

  @BeforeEach
  void mapping() throws Exception {
    UnrulyPlugin.buildInto(directory.resolve("plugins"));
    Files.writeString(
        directory.resolve("mapping.yaml"),
        "resources:\n  notes: {service: memory, settings: {max-items: 4711}}\n  items: unruly\n");
  }

  @Test
  void json_isAllThatIsWritten_andTellsOfARequestUnderItsId() throws Exception {
    try (ServerProcess server =
        ServerProcess.serveForPrograms(directory, Map.of(), "--plugins", "plugins")) {
      HttpResponse<String> broken =
          ServerProcess.send(
              HttpRequest.newBuilder(server.url().resolve("/api/items/no-class"))
                  .header("X-Request-Id", "mine-1")
                  .build());
      assertThat(broken.statusCode()).isEqualTo(502);
      server.terminate();
      assertThat(server.awaitExit()).isEqualTo(143);

      List<String> lines = server.errors().lines().toList();
      assertThat(lines)
          .isNotEmpty()
          .allMatch(line -> line.matches("\\{\"timestamp\":\"" + TIME + "Z\",\"level\":\".*}"));
      assertThat(lines).anyMatch(line -> line.contains("\"message\":\"/api/notes"));
      assertThat(lines)
          .filteredOn(line -> line.contains("\"requestId\":\"mine-1\""))
          .hasSize(1)
          .allMatch(line ->
              line.contains("\"level\":\"WARN\",\"logger\":\"HttpApi\",\"thread\":\"http-")
                  && line.contains("\"stackTrace\":\""));
    }
  }

  @Test
  void json_isWhatMistakesAre() throws Exception {
    Files.writeString(directory.resolve("mapping.yaml"), "resources:\n  notes: none\n");
    ServerProcess.Finished finished =
        ServerProcess.run(
            directory, Map.of("BACKPLANE_LOG_FORMAT", "json"), "serve", "--port", "0");
    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.errors().lines())
        .hasSize(1)
        .allMatch(line -> line.contains("\"level\":\"ERROR\"") && line.contains("mapping.yaml:2"));
    assertThat(finished.output()).isEmpty();
  }

  @Test
  void format_thatIsNone_isASentence() throws Exception {
    ServerProcess.Finished finished = ServerProcess.run(directory, "serve", "--log-format", "xml");
    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.errors()).contains("'xml' is no log format: give text or json");
  }

  @Test
  void text_isOneLineForAnEvent_andASecretIsInNone_evenAtTheLowestLevel() throws Exception {
    Map<String, String> all = Map.of("BACKPLANE_LOG_LEVEL", "trace");
    try (ServerProcess server =
        ServerProcess.start(
            directory,
            all,
            ServerProcess.DISTRIBUTION.resolve("bin").resolve("backplane"),
            "serve",
            "--port",
            "0",
            "--plugins",
            "plugins")) {
      HttpRequest create =
          HttpRequest.newBuilder(server.url().resolve("/api/notes"))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer top-secret")
              .header("X-API-Key", "top-secret")
              .header("Cookie", "a=top-secret")
              .POST(BodyPublishers.ofString("{\"pin\":\"top-secret\"}"))
              .build();
      assertThat(ServerProcess.send(create).statusCode()).isEqualTo(201);
      assertThat(server.get("/api/items/no-class").statusCode()).isEqualTo(502);
      assertThat(server.get("/api/items/none?x=top-secret").statusCode()).isEqualTo(400);
      server.terminate();
      assertThat(server.awaitExit()).isEqualTo(143);
      assertThat(server.errors()).doesNotContain("top-secret", "4711");
      assertThat(server.errors().lines())
          .isNotEmpty()
          .allMatch(line -> line.startsWith("  ") || line.matches(TIME + "\\S+ [A-Z]+ \\w+ - .*"));
    }
  }
}
