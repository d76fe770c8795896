package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of programs, and the door that is open to nobody who is not asked, on the built server. */
class ApiKeyIT {
  @TempDir private Path directory;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(
        directory.resolve("mapping.yaml"),
        """
        authentication: {api-keys: keys.json}
        resources:
          notes: {service: memory, access: {roles: {reader: [list]}}}
        """);
    Files.writeString(directory.resolve("open.yaml"), "resources: {notes: memory}\n");
    Files.writeString(directory.resolve("keys.json"), "[]");
  }

  private static HttpResponse<String> list(ServerProcess server, String key) throws Exception {
    return ServerProcess.send(
        HttpRequest.newBuilder(server.url().resolve("/api/notes"))
            .header("X-API-Key", key)
            .build());
  }

  private List<String> newKey(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("api-key", "new"));
    command.addAll(List.of(options));
    ServerProcess.Finished made = ServerProcess.run(directory, command.toArray(String[]::new));
    assertThat(made.exitCode()).as(made.toString()).isZero();
    return made.output().lines().toList();
  }

  @Test
  void newKey_letsItsProgramIn_untilItIsTakenOut() throws Exception {
    List<String> ann = newKey("--name", "ann", "--roles", "reader,x");
    List<String> bob = newKey("--name", "bob");
    assertThat(ann).hasSize(2);
    assertThat(ann.get(1)).doesNotContain(ann.get(0)).contains("\"roles\":[\"reader\",\"x\"]");
    Path keys = directory.resolve("keys.json");
    Files.writeString(keys, "[" + ann.get(1) + "," + bob.get(1) + "]");
    try (ServerProcess server = ServerProcess.serve(directory, "--reload", "20ms")) {
      assertThat(list(server, ann.get(0)).statusCode()).isEqualTo(200);
      assertThat(list(server, bob.get(0)).statusCode()).isEqualTo(403);
      assertThat(list(server, ann.get(0) + "x").statusCode()).isEqualTo(401);
      assertThat(list(server, "").statusCode()).isEqualTo(401);
      assertThat(server.get("/api/notes").statusCode()).isEqualTo(401);
      assertThat(server.get("/api/notes").headers().firstValue("WWW-Authenticate"))
          .hasValueSatisfying(how -> assertThat(how).contains("X-API-Key"));
      Files.writeString(keys, "[" + bob.get(1) + "]");
      awaitStatus(server, ann.get(0), 401);
      assertThat(list(server, bob.get(0)).statusCode()).isEqualTo(403);
      Files.writeString(keys, "[{}]");
      Files.writeString(directory.resolve("mapping.yaml"), "resources: {notes: memory}\n");
      assertThat(server.errors()).doesNotContain(ann.get(0), bob.get(0));
    }
  }

  private static void awaitStatus(ServerProcess server, String key, int status) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (list(server, key).statusCode() != status) {
      assertThat(System.nanoTime()).as("the key is still taken").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void wrongKeys_stopTheStart() throws Exception {
    for (String wrong :
        List.of(
            "", "{}", "[{}]", "[{\"name\": \"a\"}]", "[{\"name\": \"a\", \"sha256\": \"zz\"}]")) {
      Files.writeString(directory.resolve("keys.json"), wrong);
      ServerProcess.Finished refused = ServerProcess.run(directory, "serve", "--port", "0");
      assertThat(refused.exitCode()).as(wrong).isEqualTo(2);
      assertThat(refused.errors()).contains("keys.json").doesNotContain("Exception");
    }
    Files.delete(directory.resolve("keys.json"));
    assertThat(ServerProcess.run(directory, "serve", "--port", "0").errors())
        .contains("keys.json cannot be read");
  }

  @Test
  void addressThatOthersReach_needsAuthentication_orTheWordForNone() throws Exception {
    for (String host : List.of("0.0.0.0", "::")) {
      ServerProcess.Finished refused =
          ServerProcess.run(
              directory, "serve", "--port", "0", "--mapping", "open.yaml", "--host", host);
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.errors()).contains("authentication", "--open-to-everyone");
    }
    try (ServerProcess server =
        ServerProcess.serve(
            directory, "--mapping", "open.yaml", "--host", "0.0.0.0", "--open-to-everyone")) {
      assertThat(server.errors()).isEmpty();
    }
    try (ServerProcess server =
        ServerProcess.start(
            directory,
            Map.of("BACKPLANE_OPEN_TO_EVERYONE", "true", "BACKPLANE_HOST", "0.0.0.0"),
            ServerProcess.DISTRIBUTION.resolve("bin/backplane"),
            "serve",
            "--port",
            "0",
            "--mapping",
            "open.yaml")) {
      assertThat(server.errors()).isEmpty();
    }
    try (ServerProcess server = ServerProcess.serve(directory, "--host", "0.0.0.0")) {
      assertThat(server.errors()).isEmpty();
    }
    for (String host : List.of("localhost", "127.0.0.1")) {
      try (ServerProcess server =
          ServerProcess.serve(directory, "--mapping", "open.yaml", "--host", host)) {
        assertThat(server.get("/api/notes").statusCode()).isEqualTo(200);
      }
    }
  }

  /** Nobody takes the lock off while the door is open. */
  @Test
  void changeThatAsksNobodyAnyMore_isRefused_whereOthersReachTheServer() throws Exception {
    try (ServerProcess server =
        ServerProcess.serve(directory, "--host", "0.0.0.0", "--reload", "20ms")) {
      Files.writeString(directory.resolve("mapping.yaml"), "resources: {notes: memory}\n");
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!server.errors().contains("nobody would be asked")) {
        assertThat(System.nanoTime()).as(server.errors()).isLessThan(end);
        Thread.onSpinWait();
      }
      HttpRequest request =
          HttpRequest.newBuilder(
                  server.url().resolve("http://127.0.0.1:" + server.url().getPort() + "/api/notes"))
              .build();
      assertThat(ServerProcess.send(request).statusCode()).isEqualTo(401);
    }
  }
}
