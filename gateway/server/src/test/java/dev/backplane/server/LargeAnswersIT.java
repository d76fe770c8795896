package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import dev.backplane.spi.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers to writes that are too large to be sent whole, or to be kept whole. */
class LargeAnswersIT {
  private static final int KB = 1024;

  private SocketClient gateway;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        max-body-size: 2MB
        resources: {things: memory, kept: memory}
        idempotency: {resource: kept}
        """);
    gateway = SocketClient.start(mapping);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void bulk_whenTheBodiesExceed4MegaBytes_answersTheRestWithoutThem() {
    assertStatus(201, gateway.send(post(body("a", 1000 * KB))));
    String update = "{\"op\": \"update\", \"id\": \"a\", \"body\": {\"n\": %d}}";
    Answer answer =
        gateway.send(
            bulk(
                update.formatted(1),
                update.formatted(2),
                update.formatted(3),
                update.formatted(4),
                update.formatted(5),
                update.formatted(6)));
    assertStatus(200, answer);
    List<JsonObject> results = answer.items();
    assertThat(results)
        .hasSize(6)
        .allSatisfy(result -> {
          assertThat(result.get("status").flatMap(status -> status.text())).hasValue("200");
          assertThat(result.members()).containsKeys("id", "etag");
        });
    assertThat(results.subList(0, 4)).allMatch(result -> result.get("body").isPresent());
    assertThat(results.subList(4, 6)).noneMatch(result -> result.get("body").isPresent());
    assertThat(answer.body().length).isBetween(4000 * KB, 4 * KB * KB);
  }

  @Test
  void create_whenItsAnswerIsTooLargeToKeep_isAnsweredAgainAsTheMinimumIs() {
    Request create = keyed(post(body("a", 257 * KB)));
    Answer first = gateway.send(create);
    assertStatus(201, first);
    assertThat(first.body().length).isGreaterThan(256 * KB);
    Answer again = gateway.send(create);
    assertStatus(201, again);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("Preference-Applied")).hasValue("return=minimal");
    for (String name : List.of("Location", "ETag")) {
      assertThat(again.header(name)).as(name).isPresent().isEqualTo(first.header(name));
    }
    assertThat(gateway.send(Request.of("GET", "/api/things")).items()).hasSize(1);
  }

  @Test
  void create_whenItsAnswerIsJustSmallEnough_isAnsweredAgainWhole() {
    Request create = keyed(post(body("a", 255 * KB)));
    Answer first = gateway.send(create);
    assertThat(gateway.send(create).text()).isEqualTo(first.text());
  }

  @Test
  void patch_whenItsAnswerIsTooLargeToKeep_isAnsweredAgainAsTheMinimumIs() {
    assertStatus(201, gateway.send(post(body("a", 257 * KB))));
    Request patch = keyed(Request.json("PATCH", "/api/things/a", "{\"n\": 1}"));
    Answer first = gateway.send(patch);
    assertStatus(200, first);
    Answer again = gateway.send(patch);
    assertStatus(204, again);
    assertThat(again.header("ETag")).isPresent().isEqualTo(first.header("ETag"));
  }

  @Test
  void bulk_whenItsAnswerIsTooLargeToKeep_isAnsweredAgainWithEachStatus() {
    String create = "{\"op\": \"create\", \"body\": " + body("a", 257 * KB) + "}";
    Request bulk = keyed(bulk(create, create, "{\"op\": \"delete\", \"id\": \"none\"}"));
    Answer first = gateway.send(bulk);
    assertThat(first.each("status")).containsExactly("201", "409", "404");
    Answer again = gateway.send(bulk);
    assertStatus(200, again);
    assertThat(again.text()).isEqualTo("[{\"status\":201},{\"status\":409},{\"status\":404}]");
    assertThat(again.header("Preference-Applied")).hasValue("return=minimal");
  }

  private static String body(String id, int size) {
    return "{\"id\": \"" + id + "\", \"text\": \"" + "x".repeat(size) + "\"}";
  }

  private static Request post(String body) {
    return Request.json("POST", "/api/things", body);
  }

  private static Request bulk(String... operations) {
    return Request.json("POST", "/api/things/_bulk", "[" + String.join(", ", operations) + "]");
  }

  private static Request keyed(Request request) {
    return request.header("Idempotency-Key", "\"key\"");
  }

  private static void assertStatus(int status, Answer answer) {
    assertThat(answer.status())
        .as(() -> new String(answer.body(), StandardCharsets.UTF_8).lines().findFirst().orElse(""))
        .isEqualTo(status);
  }
}
