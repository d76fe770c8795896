package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.plugin.PluginJar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built server as a process. */
@Timeout(180)
class ServeIT {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "-Xmx64m, -XX:+UseParallelGC",
    "-XX:+UseSerialGC -Xmx64m, -XX:+UseSerialGC",
    "-XX:+UseG1GC, -XX:+UseG1GC"
  })
  void collector_is_the_one_that_is_named_or_else_ours(String options, String used)
      throws Exception {
    mapping("resources:\n  notes: memory\n");
    Map<String, String> environment =
        Map.of("BACKPLANE_JAVA_OPTIONS", "-XX:+PrintCommandLineFlags " + options);
    ServerProcess.Finished finished =
        ServerProcess.run(directory, environment, "validate", "mapping.yaml");
    assertThat(finished.exitCode()).as(finished.errors()).isZero();
    assertThat(finished.output().lines().findFirst().orElse("").split(" ")).contains(used);
  }

  @Test
  void mapping_is_served_over_http() throws Exception {
    mapping("resources:\n  notes: memory\n");
    try (ServerProcess server = ServerProcess.serve(directory)) {
      HttpResponse<String> created =
          ServerProcess.send(
              HttpRequest.newBuilder(server.url().resolve("/api/notes/a%2Fb"))
                  .header("Content-Type", "application/json")
                  .header("If-None-Match", "*")
                  .PUT(HttpRequest.BodyPublishers.ofString("{\"text\":\"ü-漢-😀\"}"))
                  .build());
      assertThat(created.statusCode()).isEqualTo(201);

      HttpResponse<String> read = server.get("/api/notes/a%2Fb");
      assertThat(read.statusCode()).isEqualTo(200);
      assertThat(read.body()).contains("\"a/b\"", "ü-漢-😀");
      assertThat(read.headers().map()).doesNotContainKeys("server", "x-powered-by");

      HttpResponse<String> head =
          ServerProcess.send(
              HttpRequest.newBuilder(server.url().resolve("/api/notes/a%2Fb")).HEAD().build());
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("Content-Length"))
          .isEqualTo(read.headers().firstValue("Content-Length"))
          .isPresent();

      assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(server.errors()).isEmpty();
    }
  }

  @Test
  void port_in_use_is_one_sentence_and_exit_code_2() throws Exception {
    mapping("resources:\n  notes: memory\n");
    try (ServerProcess first = ServerProcess.serve(directory)) {
      int port = first.url().getPort();

      ServerProcess.Finished second =
          ServerProcess.run(directory, "serve", "--port", String.valueOf(port));

      assertThat(second.exitCode()).isEqualTo(2);
      assertThat(second.errors().lines())
          .containsExactly(
              "Cannot listen on port "
                  + port
                  + " of 127.0.0.1: another program uses it; choose another with --port.");
      assertThat(second.output()).isEmpty();
      assertThat(first.get("/api/notes").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void two_servers_run_side_by_side() throws Exception {
    mapping("resources:\n  notes: memory\n");
    try (ServerProcess first = ServerProcess.serve(directory);
        ServerProcess second = ServerProcess.serve(directory)) {
      assertThat(first.get("/api/notes").statusCode()).isEqualTo(200);
      assertThat(second.get("/api/notes").statusCode()).isEqualTo(200);
    }
  }

  /** Each page is empty and names another next one, as a filter that matches nothing makes them. */
  private static final String ENDLESS =
      """
      package com.example;

      import dev.backplane.spi.*;
      import java.util.*;

      public final class EndlessService implements Service {
        public String name() {
          return "endless";
        }

        public Store open(StoreContext context) {
          return new Store() {
            public Optional<Item> get(String id) {
              return Optional.empty();
            }

            public Page list(Query query) {
              try {
                Thread.sleep(100);
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
              long page = Long.parseLong(query.cursor().orElse("0"));
              return new Page(List.of(), Optional.of("" + (page + 1)));
            }
          };
        }
      }
      """;

  @Test
  void list_that_does_not_end_is_answered_in_time() throws Exception {
    PluginJar.named("endless")
        .source(ENDLESS)
        .service("com.example.EndlessService")
        .buildInto(directory.resolve("plugins"));
    mapping("resources:\n  endless: endless\n");
    try (ServerProcess server = ServerProcess.serve(directory, "--plugins", "plugins")) {
      HttpResponse<String> answer = server.get("/api/endless");

      assertThat(answer.statusCode()).isEqualTo(504);
      assertThat(answer.body()).contains("narrower filter");
    }
  }

  @Test
  void sigterm_drains_requests_and_then_closes_stores() throws Exception {
    SlowPlugin.buildInto(directory.resolve("plugins"));
    mapping("resources:\n  slow:\n    service: slow\n    settings:\n      directory: " + directory);
    try (ServerProcess server = ServerProcess.serve(directory, "--plugins", "plugins")) {
      CompletableFuture<HttpResponse<String>> answer =
          HttpClient.newHttpClient()
              .sendAsync(
                  HttpRequest.newBuilder(server.url().resolve("/api/slow/1")).build(),
                  HttpResponse.BodyHandlers.ofString());
      await(directory.resolve("entered"));

      server.terminate();
      awaitRefused(server.url());

      assertThat(server.isRunning()).isTrue();
      assertThat(answer).isNotDone();
      assertThat(directory.resolve("closed")).doesNotExist();
      Files.createFile(directory.resolve("leave"));

      assertThat(answer.get().statusCode()).isEqualTo(200);
      assertThat(server.awaitExit()).isEqualTo(143); // 128 + SIGTERM
      assertThat(directory.resolve("closed")).exists();
      assertThat(server.errors()).isEmpty();
    }
  }

  @Test
  void stores_are_closed_when_requests_outlast_the_drain() throws Exception {
    SlowPlugin.buildInto(directory.resolve("plugins"));
    mapping("resources:\n  slow:\n    service: slow\n    settings:\n      directory: " + directory);
    try (ServerProcess server =
        ServerProcess.serve(directory, "--plugins", "plugins", "--drain", "100ms")) {
      CompletableFuture<HttpResponse<String>> answer =
          HttpClient.newHttpClient()
              .sendAsync(
                  HttpRequest.newBuilder(server.url().resolve("/api/slow/1")).build(),
                  HttpResponse.BodyHandlers.ofString());
      await(directory.resolve("entered"));

      server.terminate();

      assertThat(server.awaitExit()).isEqualTo(143);
      assertThat(directory.resolve("closed")).exists();
      assertThat(answer).failsWithin(Duration.ofSeconds(30));
      assertThat(server.errors())
          .contains("Requests still ran 100 ms after the stop and were cut off.")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void serve_script_runs_from_any_directory() throws Exception {
    mapping("resources:\n  notes: memory\n");
    Path script = Path.of("..", "..", "serve").toRealPath();
    try (ServerProcess server =
        ServerProcess.start(
            directory, Map.of(), script, "--mapping", "mapping.yaml", "--port", "0")) {
      assertThat(server.get("/api/notes").statusCode()).isEqualTo(200);

      server.terminate();

      assertThat(server.awaitExit()).isEqualTo(143); // the signal reached the server
    }
  }

  private void mapping(String text) throws IOException {
    Files.writeString(directory.resolve("mapping.yaml"), text);
  }

  private static void await(Path file) throws InterruptedException {
    while (!Files.exists(file)) {
      Thread.sleep(10);
    }
  }

  private static void awaitRefused(URI url) throws InterruptedException {
    while (true) {
      try {
        new RawClient(url.getPort()).close();
        Thread.sleep(10);
      } catch (IOException refused) {
        return;
      }
    }
  }
}
