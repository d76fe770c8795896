package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;

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

  @Test
  void put_whenBase64IsNoUtf8_answers400() {
    Map<String, Object> event =
        EventKind.REST_API.members(ClientRequest.json("PUT", "/api/notes/utf-8", "{}"), "");
    event.put("body", Base64.getEncoder().encodeToString(new byte[] {'"', (byte) 0xC3, '"'}));
    event.put("isBase64Encoded", true);
    String json = new ObjectMapper().writeValueAsString(event);
    ClientAnswer answer = EventKind.REST_API.answer(function.invoke(json));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("detail").asString()).contains("UTF-8");
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
    // Who decodes the query before the function sees it, has made something else of it.
    int expected = kind.keepsQueries() ? 400 : 200;
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
  void get_whenAnswerIsLargerThanMayBeReturned_saysToAskForLess(EventKind kind) {
    String item = "{\"text\":\"" + "x".repeat(900_000) + "\"}";
    for (int i = 0; i < 7; i++) {
      function.send(kind, ClientRequest.json("POST", "/api/pages", item));
    }
    ClientAnswer answer = function.send(kind, ClientRequest.get("/api/pages"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().get("detail").asString())
        .contains(kind.knowsCallers() ? "6 MB" : "1 MB", "_limit");
    assertThat(function.send(kind, ClientRequest.get("/api/pages?_limit=1")).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "rest-api, REST_API",
    "rest-api-console-test, REST_API",
    "http-api-format-1, HTTP_API_1_0",
    "http-api, HTTP_API",
    "function-url, FUNCTION_URL",
    "load-balancer, ALB",
    "load-balancer-health-check, ALB",
  })
  void invoke_whenDocumentedEvent_reachesTheGateway(String fixture, EventKind kind) {
    // the queries of some of them are about parameters that no item has
    ClientAnswer answer = kind.answer(function.invoke(Fixtures.event(fixture)));
    assertThat(answer.header("X-Request-Id")).isPresent();
    assertThat(answer.status()).isIn(200, 400);
    assertThat(answer.text()).doesNotContain("\"status\":404", "\"status\":5");
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_API", "HTTP_API", "HTTP_API_1_0"})
  void invoke_whenStageIsInTheUrl_linksHaveIt(EventKind kind) {
    Map<String, Object> event = kind.members(ClientRequest.get("/api/mocks?_limit=1"), "");
    Map<String, Object> context = new HashMap<>();
    ((Map<?, ?>) event.get("requestContext"))
        .forEach((name, value) -> context.put(name.toString(), value));
    context.put("stage", "prod");
    context.put("domainName", "id.execute-api.eu-west-1.amazonaws.com");
    context.put("path", "/prod/api/mocks");
    event.put("requestContext", context);
    event.computeIfPresent("rawPath", (name, path) -> "/prod/api/mocks");
    if (kind == EventKind.HTTP_API_1_0) {
      event.put("path", "/prod/api/mocks");
    }
    String json = new ObjectMapper().writeValueAsString(event);
    assertThat(kind.answer(function.invoke(json)).header("Link").orElseThrow())
        .contains("</prod/api/mocks?");
  }

  @ParameterizedTest
  @CsvSource({
    "sqs, records of aws:sqs",
    "sns, records of aws:sns",
    "s3, records of aws:s3",
    "dynamodb-stream, records of aws:dynamodb",
    "event-bridge, an event of EventBridge",
    "schedule, a schedule of EventBridge",
    "rest-api-authorizer, the question of an API Gateway authorizer",
    "warm-up, 'an event with [source, concurrency]'",
  })
  void invoke_whenNotHttp_failsSoThatNothingIsLost(String fixture, String what) {
    assertFails(Fixtures.event(fixture), "was sent " + what);
  }

  @Test
  void invoke_whenScheduleSendsARequest_answersIt() {
    String constant = "{\"httpMethod\": \"GET\", \"path\": \"/health/live\"}";
    assertThat(EventKind.REST_API.answer(function.invoke(constant)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[{\"httpMethod\":\"GET\"}]", "no JSON", "null"})
  void invoke_whenNoEventAtAll_fails(String event) {
    assertFails(event, "empty or no JSON object");
  }

  private static void assertFails(String event, String what) {
    int before = function.log().size();
    assertThatThrownBy(() -> function.invoke(event))
        .isInstanceOf(RuntimeApi.FunctionError.class)
        .hasMessageContaining(what)
        .hasMessageContaining("NotHttpException");
    assertThat(function.send(EventKind.ALB, ClientRequest.get("/api/ping")).status())
        .isEqualTo(200);
    List<String> log = function.log();
    assertThat(log.subList(before, log.size()))
        .filteredOn(line -> line.contains("\"level\":\"ERROR\""))
        .singleElement(as(STRING))
        .matches(".*\"logger\":\"Container\",\"thread\":\"[^\"]*\",\"message\":\"[0-9a-f-]{36}: .*")
        .contains(what.replace("\"", "\\\""));
  }

  @Test
  void log_whenStarted_saysWhatIsServed() {
    function.send(EventKind.HTTP_API, ClientRequest.get("/api/ping"));
    assertThat(function.log())
        .anyMatch(line -> line.contains("/api/mocks from memory, /api/notes from memory"))
        .noneMatch(line -> line.contains("WARN"));
  }
}
