package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A line about each request that the built server answers. */
@Timeout(120)
class AccessLogIT {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void mapping() throws Exception {
    file = directory.resolve("access.log");
    Files.writeString(
        directory.resolve("mapping.yaml"),
        """
        authentication: {api-keys: keys.json}
        resources:
          notes: {service: memory, access: {roles: {writer: [list, create, get], anyone: [get]}}}
        """);
    Files.writeString(directory.resolve("keys.json"), "[]");
  }

  private String newKey() throws Exception {
    List<String> made =
        ServerProcess.run(directory, "api-key", "new", "--name", "ann", "--roles", "writer")
            .output()
            .lines()
            .toList();
    Files.writeString(directory.resolve("keys.json"), "[" + made.get(1) + "]");
    return made.get(0);
  }

  @Test
  void request_hasALine_withoutWhatItIsAbout() throws Exception {
    String key = newKey();
    try (ServerProcess server = ServerProcess.serve(directory, "--access-log", "access.log")) {
      HttpRequest create =
          HttpRequest.newBuilder(server.url().resolve("/api/notes"))
              .header("X-API-Key", key)
              .header("Content-Type", "application/json")
              .header("User-Agent", "tests \"1\"" + "x".repeat(1000))
              .header("X-Forwarded-For", "192.0.2.7")
              .header("X-Request-Id", "mine-1")
              .POST(BodyPublishers.ofString("{\"id\":\"jane-doe\",\"pin\":4711}"))
              .build();
      assertThat(ServerProcess.send(create).statusCode()).isEqualTo(201);
      assertThat(server.get("/api/notes/jane-doe?_fields=pin").statusCode()).isEqualTo(200);
      assertThat(server.get("/api/secrets/jane-doe").statusCode()).isEqualTo(404);
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
      server.terminate();
      assertThat(server.awaitExit()).isEqualTo(143);
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(4).allSatisfy(AccessLogIT::assertJson);
    assertThat(lines.get(0))
        .contains(
            "\"client\":\"127.0.0.1\",\"forwardedFor\":\"192.0.2.7\",\"subject\":\"ann\",",
            "\"method\":\"POST\",\"protocol\":\"HTTP/1.1\",\"status\":201,\"latency\":",
            "\"bytesIn\":28,\"bytesOut\":",
            "\"requestId\":\"mine-1\",\"route\":\"/api/{resource}\",\"resource\":\"notes\","
                + "\"service\":\"memory\",",
            "\"storeCalls\":1",
            "\"userAgent\":\"tests \\\"1\\\"xxx")
        .hasSizeLessThan(1000);
    assertThat(lines.get(1))
        .contains("\"route\":\"/api/{resource}/{id}\"")
        .doesNotContain("subject");
    assertThat(lines.get(2)).contains("\"status\":404").doesNotContain("\"route\"");
    assertThat(lines.get(3)).contains("\"route\":\"/health/live\"");
    assertThat(String.join("", lines)).doesNotContain("jane-doe", "4711", "pin", "secrets", key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void request_thatTheServerRefusesItself_hasALine() throws Exception {
    try (ServerProcess server = ServerProcess.serve(directory, "--access-log", "access.log")) {
      int port = server.url().getPort();
      assertThat(RawClient.exchange(port, "nonsense\r\n\r\n")).contains(" 400 ");
      assertThat(RawClient.get(port, "/" + "x".repeat(20_000))).contains(" 414 ");
      String header = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
      assertThat(RawClient.exchange(port, header)).contains(" 431 ");
      server.terminate();
      assertThat(server.awaitExit()).isEqualTo(143);
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3).allSatisfy(AccessLogIT::assertJson);
    assertThat(lines.get(0)).contains("\"status\":400", "\"requestId\":\"");
    assertThat(lines.get(1)).contains("\"status\":414", "\"requestId\":\"");
    assertThat(lines.get(2)).contains("\"status\":431", "\"requestId\":\"");
    assertThat(String.join("", lines)).doesNotContain("xxx");
  }

  @Test
  void standardOutput_takesLinesToo_andNothingOfAPersonWhereNoneIsWanted() throws Exception {
    String key = newKey();
    Map<String, String> environment =
        Map.of("BACKPLANE_ACCESS_LOG", "-", "BACKPLANE_ACCESS_LOG_ANONYMOUS", "true");
    try (ServerProcess server = ServerProcess.serveForPrograms(directory, environment)) {
      HttpRequest list =
          HttpRequest.newBuilder(server.url().resolve("/api/notes"))
              .header("X-API-Key", key)
              .header("User-Agent", "tests")
              .build();
      assertThat(ServerProcess.send(list).statusCode()).isEqualTo(200);
      String line = server.outputLine();
      assertJson(line);
      assertThat(line)
          .contains("\"route\":\"/api/{resource}\"", "\"status\":200")
          .doesNotContain("client", "127.0.0.1", "\"ann\"", "userAgent");
    }
  }

  @Test
  void file_thatCannotBeWritten_isASentence() throws Exception {
    ServerProcess.Finished finished =
        ServerProcess.run(directory, "serve", "--port", "0", "--access-log", "none/access.log");
    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.errors().lines())
        .containsExactly(
            "The access log cannot be written to none/access.log (NoSuchFileException): give"
                + " --access-log a file in a directory that is there and may be written.");
  }

  private static void assertJson(String line) {
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
      json.nextToken();
      json.skipChildren();
      assertThat(json.nextToken()).isNull();
    }
  }
}
