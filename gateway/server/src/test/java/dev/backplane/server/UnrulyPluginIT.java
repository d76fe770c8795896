package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A plugin that misbehaves neither takes the server down nor makes it lie: the client gets a
 * defined answer, the log names the plugin, and others are served on.
 */
@Timeout(300)
class UnrulyPluginIT {
  private static final List<String> LISTS =
      List.of(
          "null",
          "twice",
          "too-many",
          "same-cursor",
          "ever-new",
          "exit",
          "memory",
          "sleep",
          "stuck",
          "close-stuck");

  @TempDir private Path directory;
  private ServerProcess server;

  @BeforeEach
  void serve() throws Exception {
    UnrulyPlugin.buildInto(directory.resolve("plugins"));
    StringBuilder mapping = new StringBuilder("resources:\n  notes: memory\n  items: unruly\n");
    LISTS.forEach(list ->
        mapping.append(
            "  list-%s: {service: unruly, settings: {list: \"%1$s\"}}\n".formatted(list)));
    Files.writeString(directory.resolve("mapping.yaml"), mapping);
    server = ServerProcess.serve(directory, "--plugins", "plugins", "--drain", "1s");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "other",
        "deep",
        "no-class",
        "assertion",
        "checked",
        "exit",
        "runtime-exit",
        "halt"
      })
  void call_that_misbehaves_is_a_502_and_is_logged_with_the_plugin(String how) throws Exception {
    assertBroken(502, send("GET", "/api/items/" + how, ""), "items");
    if (!how.equals("null") && !how.equals("other")) {
      assertBroken(502, send("PUT", "/api/items/" + how, "{}"), "items");
      assertBroken(502, send("DELETE", "/api/items/" + how, ""), "items");
    }
    assertServesOn();
  }

  @Test
  void write_that_returns_rubbish_is_a_502() throws Exception {
    for (String id : List.of("null", "other", "impossible")) {
      assertBroken(502, send("PUT", "/api/items/" + id, "{}"), "items");
    }
    for (String id : List.of("null", "other")) {
      assertBroken(502, send("DELETE", "/api/items/" + id, ""), "items");
    }
    assertBroken(502, send("POST", "/api/items", "{}"), "items");
    assertServesOn();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "twice", "too-many", "same-cursor", "exit"})
  void list_that_misbehaves_is_a_502_and_is_logged_with_the_plugin(String how) throws Exception {
    assertBroken(502, send("GET", "/api/list-" + how, ""), "list-" + how);
    assertServesOn();
  }

  @Test
  void list_without_an_end_ends() throws Exception {
    HttpResponse<String> answer = send("GET", "/api/list-ever-new", "");
    assertThat(answer.statusCode()).isIn(400, 504); // scan-limit, or ten seconds
    assertProblem(answer);
    assertServesOn();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/items/memory", "/api/items/much-memory", "/api/list-memory"})
  void call_that_runs_out_of_memory_is_a_500(String path) throws Exception {
    HttpResponse<String> answer = send("GET", path, "");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertProblem(answer);
    assertThat(server.errors()).contains("service unruly", "unruly.jar", "resource ");
    assertServesOn();
  }

  @Test
  void call_that_never_ends_is_a_504_whether_or_not_it_can_be_interrupted() throws Exception {
    List<String> paths =
        List.of(
            "/api/items/sleep",
            "/api/items/wait",
            "/api/items/stuck",
            "/api/list-sleep",
            "/api/list-stuck");
    List<CompletableFuture<HttpResponse<String>>> answers =
        paths.stream()
            .map(path ->
                HttpClient.newHttpClient()
                    .sendAsync(
                        HttpRequest.newBuilder(server.url().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString()))
            .toList();
    assertServesOn();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      HttpResponse<String> late = answer.get(60, TimeUnit.SECONDS);
      assertThat(late.statusCode()).as(late.uri() + late.body()).isEqualTo(504);
      assertProblem(late);
    }
    assertThat(server.errors())
        .contains("unruly.jar), resource items: a request has spent 25 s in calls, the last of")
        .contains("UnrulyStore.ignoreInterrupts");
    assertServesOn();
    server.terminate();
    assertThat(server.awaitExit()).isEqualTo(143);
  }

  @Test
  void plugin_that_is_stuck_is_not_entered_again_and_again() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 40)
            .mapToObj(n ->
                client.sendAsync(
                    HttpRequest.newBuilder(server.url().resolve("/api/items/stuck")).build(),
                    HttpResponse.BodyHandlers.ofString()))
            .toList();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(504);
    }
    HttpResponse<String> refused = send("GET", "/api/items/fine", "");
    assertThat(refused.statusCode()).isEqualTo(504);
    assertThat(refused.body()).contains("does not answer");
    assertThat(server.get("/api/list-null").statusCode()).isEqualTo(502); // another store
    assertThat(send("POST", "/api/notes", "{\"a\":1}").statusCode()).isEqualTo(201);
  }

  @Test
  void store_that_does_not_close_keeps_nobody() throws Exception {
    server.terminate();
    assertThat(server.awaitExit()).isEqualTo(143);
    assertThat(server.errors()).contains("resource list-close-stuck: its store did not close");
  }

  @Test
  void thread_that_is_left_behind_is_named_and_keeps_nobody() throws Exception {
    assertThat(send("GET", "/api/items/leak", "").statusCode()).isEqualTo(404);
    server.terminate();
    assertThat(server.awaitExit()).isEqualTo(143);
    assertThat(server.errors()).contains("plugin unruly.jar", "forgotten");
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    URI uri = server.url().resolve(path);
    return ServerProcess.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  private void assertBroken(int status, HttpResponse<String> answer, String resource) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertProblem(answer);
    String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
    String log = server.errors();
    assertThat(log).contains(id);
    assertThat(log.substring(log.indexOf(id)))
        .contains("service unruly (")
        .contains("unruly.jar), resource " + resource);
  }

  private static void assertProblem(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .contains("\"status\":" + answer.statusCode())
        .doesNotContain("com.example", "unruly");
  }

  private void assertServesOn() throws Exception {
    assertThat(server.get("/api/items/fine").statusCode()).isEqualTo(200);
    assertThat(send("POST", "/api/notes", "{\"a\":1}").statusCode()).isEqualTo(201);
    assertThat(server.isRunning()).isTrue();
  }
}
