package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.http.Handler;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ContainerTest {
  private static final String REST = "{'httpMethod':'%s','path':'%s'}";
  private static final String HTTP =
      "{'rawPath':'%2$s','requestContext':{'http':{'method':'%1$s'}}}";

  private final TestContainer test = new TestContainer();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rest-api",
        "rest-api-console-test",
        "http-api",
        "http-api-format-1",
        "function-url",
        "load-balancer",
        "load-balancer-health-check"
      })
  void handle_whenDocumentedEvent_runsOnceAndAnswers200(String fixture) {
    JsonNode answer = test.send(ctx -> ctx.result("done"), Fixtures.event(fixture));
    assertThat(answer.get("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.get("body").asString()).isEqualTo("done");
    assertThat(test.runs()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REST_API") // its bodies are text by default
  void handle_whenBinary_isSameBytesBothWays(EventKind kind) {
    byte[] bytes = {0, -1, -2, '%', 'a'};
    ClientRequest request =
        new ClientRequest("PUT", "/x", List.of(), bytes).with("Content-Type", "image/png");
    Handler echo =
        ctx -> ctx.res().getOutputStream().write(ctx.req().getInputStream().readAllBytes());
    assertThat(kind.answer(test.send(echo, kind.event(request)).toString()).body())
        .isEqualTo(bytes);
  }

  @Test
  void handle_whenRestApiHasBinaryMediaTypes_isSameBytesBothWays() {
    JsonNode answer =
        test.send(
            ctx -> ctx.res().getOutputStream().write(ctx.req().getInputStream().readAllBytes()),
            "{'httpMethod':'POST','path':'/','body':'AP/+','isBase64Encoded':true}");
    assertThat(answer.get("body").asString()).isEqualTo("AP/+");
    assertThat(answer.get("isBase64Encoded").asBoolean()).isTrue();
  }

  @Test
  void handle_whenAnswerComesLater_waitsForIt() {
    JsonNode answer =
        test.send(
            ctx -> ctx.future(() -> CompletableFuture.runAsync(() -> ctx.result("later"))),
            HTTP.formatted("GET", "/"));
    assertThat(answer.get("body").asString()).isEqualTo("later");
  }

  @Test
  void handle_whenAnswerNeverComes_answers504BeforeTheTimeout() {
    JsonNode answer =
        TestContainer.parse(
            test.container(ctx -> ctx.future(CompletableFuture::new))
                .handle(TestContainer.input(HTTP.formatted("GET", "/x")), new TestContext(700)));
    assertProblem(answer, 504);
    assertThat(
            new ObjectMapper().readTree(answer.get("body").asString()).get("instance").asString())
        .isEqualTo("/x");
  }

  @Test
  void handle_whenHandlerHangs_answers504AndInterruptsIt() throws Exception {
    CompletableFuture<String> interrupted = new CompletableFuture<>();
    Container container =
        test.container(ctx -> {
          try {
            new CompletableFuture<String>().get();
          } catch (InterruptedException stop) {
            interrupted.complete("interrupted");
          }
        });
    assertProblem(
        TestContainer.parse(
            container.handle(
                TestContainer.input(REST.formatted("GET", "/")), new TestContext(600))),
        504);
    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
  }

  @ParameterizedTest
  @EnumSource
  void handle_whenAnswerIsTooLarge_saysToAskForLess(EventKind kind) {
    String limit = kind.knowsCallers() ? "6 MB" : "1 MB";
    int size = kind.knowsCallers() ? 6 * 1024 * 1024 : 1_000_000;
    Container container = test.container(ctx -> ctx.res().getOutputStream().write(new byte[size]));
    byte[] answer =
        container.handle(
            new ByteArrayInputStream(
                kind.event(ClientRequest.get("/api/users")).getBytes(StandardCharsets.UTF_8)),
            new TestContext(30_000));
    assertProblem(TestContainer.parse(answer), 500);
    assertThat(kind.answer(new String(answer, StandardCharsets.UTF_8)).text())
        .contains("_limit", limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'Records':[]}", "nonsense", "[]", "{'source':'warm-up'}"})
  void handle_whenNotHttp_failsAndRunsNothing(String event) {
    assertThatThrownBy(() -> test.send(ctx -> ctx.result("ran"), event))
        .isInstanceOf(NotHttpException.class)
        .hasNoCause();
    assertThat(test.runs()).isEqualTo(0);
  }

  @Test
  void handle_whenBodyIsBroken_answers400AndRunsNothing() {
    String event = "{'httpMethod':'POST','path':'/','body':'%','isBase64Encoded':true}";
    assertProblem(test.send(ctx -> ctx.result("ran"), event), 400);
    assertThat(test.runs()).isEqualTo(0);
  }

  @ParameterizedTest
  @EnumSource
  void handle_whenPathHasABarePercent_isNoFailure(EventKind kind) {
    JsonNode answer =
        test.send(ctx -> ctx.result(ctx.path()), kind.event(ClientRequest.get("/api/users/100%")));
    assertThat(answer.get("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.get("body").asString()).isEqualTo("/api/users/100%25");
  }

  private static void assertProblem(JsonNode answer, int status) {
    assertThat(answer.get("statusCode").asInt()).isEqualTo(status);
    assertThat(TestContainer.header(answer, "Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = new ObjectMapper().readTree(answer.get("body").asString());
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asString()).isNotBlank();
    assertThat(problem.get("message")).isEqualTo(problem.get("detail"));
    assertThat(problem.get("request-id").asString()).isEqualTo(TestContext.REQUEST_ID);
  }
}
