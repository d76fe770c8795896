package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The function in AWS's own runtime client, from the zip that is deployed. */
class FunctionIT {
  private static final String MAPPING =
      """
      max-body-size: 2MB
      resources:
        mocks:
          service: memory
          settings:
            items: plugins/memory/examples/mocks.json
        notes: memory
        pages: memory
      """;

  @TempDir static Path folder;
  private static FunctionUnderTest function;

  @BeforeAll
  static void start() throws IOException {
    Path root = FunctionUnderTest.unpack(folder);
    Files.writeString(root.resolve("memory.yaml"), MAPPING);
    function = FunctionUnderTest.start(root, Map.of("BACKPLANE_MAPPING", "memory.yaml"));
  }

  @AfterAll
  static void stop() {
    if (function != null) {
      function.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void get_whenPing_answersPong(EventKind kind) {
    ClientAnswer answer = function.send(kind, ClientRequest.get("/api/ping"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"result\":\"pong\"}");
    assertThat(answer.header("content-type")).contains("application/json");
    assertThat(answer.header("x-request-id")).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void get_whenList_answersItemsOfTheExample(EventKind kind) {
    ClientAnswer answer = function.send(kind, ClientRequest.get("/api/mocks"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().findValuesAsString("id")).containsExactly("000-1", "000-2");
    assertThat(answer.header("X-Total-Count")).contains("2");
  }

  @ParameterizedTest
  @EnumSource
  void put_whenIdIsUnusual_keepsItAndGetFindsIt(EventKind kind) {
    for (String id :
        new String[] {
          "a%2Fb", "a%20b", "100%25", "%C3%BC-%E6%BC%A2-%F0%9F%98%80", "%252F", "a%3Bb", "a%2Bb"
        }) {
      String path = "/api/notes/" + id + kind.ordinal();
      ClientAnswer created =
          function.send(
              kind,
              ClientRequest.json("PUT", path, "{\"text\":\"ü-漢-😀\"}").with("If-None-Match", "*"));
      assertThat(created.status()).as(path).isEqualTo(201);
      ClientAnswer found = function.send(kind, ClientRequest.get(path));
      assertThat(found.status()).as(path).isEqualTo(200);
      assertThat(found.json().get("text").asString()).isEqualTo("ü-漢-😀");
      String query = "/api/notes?id=" + id + kind.ordinal();
      assertThat(function.send(kind, ClientRequest.get(query)).json()).as(query).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void put_whenEtagIsAmongSeveral_replaces(EventKind kind) {
    String path = "/api/notes/etag-" + kind;
    ClientAnswer created =
        function.send(
            kind, ClientRequest.json("PUT", path, "{\"n\":1}").with("If-None-Match", "*"));
    String etag = created.header("ETag").orElseThrow();
    ClientRequest replace = ClientRequest.json("PUT", path, "{\"n\":2}");
    assertThat(function.send(kind, replace.with("If-Match", "\"a,b\", " + etag)).status())
        .isEqualTo(200);
    assertThat(function.send(kind, replace.with("If-Match", "\"a,b\", " + etag)).status())
        .isEqualTo(412);
  }

  @ParameterizedTest
  @EnumSource
  void patch_whenMergePatch_isReadWhetherTextOrBase64(EventKind kind) {
    String path = "/api/notes/patch-" + kind;
    function.send(kind, ClientRequest.json("PUT", path, "{\"a\":1}").with("If-None-Match", "*"));
    ClientRequest patch =
        new ClientRequest(
                "PATCH", path, List.of(), "{\"b\":\"ü\"}".getBytes(StandardCharsets.UTF_8))
            .with("Content-Type", "application/merge-patch+json");
    assertThat(function.send(kind, patch).json().get("b").asString()).isEqualTo("ü");
  }

  @ParameterizedTest
  @EnumSource
  void post_whenCreated_saysWhere(EventKind kind) {
    ClientAnswer created =
        function.send(kind, ClientRequest.json("POST", "/api/notes", "{\"text\":\"new\"}"));
    assertThat(created.status()).isEqualTo(201);
    String location = created.header("Location").orElseThrow();
    assertThat(location).startsWith("/api/notes/");
    assertThat(function.send(kind, ClientRequest.get(location)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void get_whenMethodIsOverridden_staysGet(EventKind kind) {
    ClientRequest request =
        ClientRequest.get("/api/mocks/000-1").with("X-HTTP-Method-Override", "DELETE");
    assertThat(function.send(kind, request).json().get("id").asString()).isEqualTo("000-1");
    assertThat(function.send(kind, ClientRequest.get("/api/mocks/000-1")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void get_whenQueryIsMalformed_answers400OnceItArrives(EventKind kind) {
    // A REST API decodes the query by itself, so the function gets to see it only here.
    int expected = kind == EventKind.HTTP_API ? 400 : 200;
    assertThat(function.send(kind, ClientRequest.get("/api/notes?id=%zz")).status())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void get_whenUnknown_answersProblem(EventKind kind) {
    ClientAnswer answer = function.send(kind, ClientRequest.get("/api/nothing"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.json().get("instance").asString()).isEqualTo("/api/nothing");
  }

  @ParameterizedTest
  @EnumSource
  void head_whenItem_hasNoBody(EventKind kind) {
    ClientRequest head = new ClientRequest("HEAD", "/api/mocks/000-1", List.of(), new byte[0]);
    ClientAnswer answer = function.send(kind, head);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isPresent();
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void get_whenAnswerIsLargerThanLambdaReturns_saysToAskForLess(EventKind kind) {
    String item = "{\"text\":\"" + "x".repeat(1_500_000) + "\"}";
    for (int i = 0; i < 5; i++) {
      function.send(kind, ClientRequest.json("POST", "/api/pages", item));
    }
    ClientAnswer answer = function.send(kind, ClientRequest.get("/api/pages"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().get("detail").asString()).contains("6 MB", "_limit");
    assertThat(function.send(kind, ClientRequest.get("/api/pages?_limit=1")).status())
        .isEqualTo(200);
  }

  @Test
  void invoke_whenDocumentedEvents_answers200() {
    for (String fixture : new String[] {"rest-api-console-test"}) {
      assertThat(EventKind.REST_API.answer(function.invoke(Fixtures.event(fixture))).status())
          .as(fixture)
          .isEqualTo(200);
    }
  }

  @Test
  void invoke_whenStageIsInTheUrl_linksHaveIt() {
    String event = EventKind.REST_API.event(ClientRequest.get("/api/mocks?_limit=1"));
    String staged =
        event.replace(
            "\"path\":\"/api/mocks\",\"domainName\"", "\"path\":\"/prod/api/mocks\",\"x\"");
    assertThat(staged).isNotEqualTo(event);
    assertThat(EventKind.REST_API.answer(function.invoke(staged)).header("Link").orElseThrow())
        .contains("</prod/api/mocks?");
  }

  @Test
  void invoke_whenNotHttp_answers400AndLogsWhatItWas() {
    ClientAnswer answer = EventKind.HTTP_API.answer(function.invoke(Fixtures.event("sqs")));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(function.log()).anyMatch(line -> line.contains("records of aws:sqs"));
  }

  @Test
  void log_whenStarted_saysWhatIsServed() {
    function.send(EventKind.HTTP_API, ClientRequest.get("/api/ping"));
    assertThat(function.log())
        .anyMatch(line -> line.contains("/api/mocks from memory, /api/notes from memory"))
        .noneMatch(line -> line.contains("WARN"));
  }
}
