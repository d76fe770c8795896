package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final AtomicInteger runs = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "application/problem+json", "text/plain", "text/html", "x/y"})
  void handle_whenAnyContentType_answersInUtf8(String type) {
    for (EventKind kind : EventKind.values()) {
      JsonNode answer =
          send(
              ctx -> {
                ctx.contentType(type);
                ctx.res().getOutputStream().write("ü-漢-😀".getBytes(StandardCharsets.UTF_8));
              },
              kind.event(ClientRequest.get("/")));
      assertThat(answer.get("body").asString()).isEqualTo("ü-漢-😀");
      assertThat(answer.get("isBase64Encoded").asBoolean()).isFalse();
      assertThat(header(answer, "Content-Type")).isEqualTo(type);
    }
  }

  @Test
  void handle_whenContentTypeHasParameters_keepsThem() {
    String type = "text/csv; charset=utf-8; header=present";
    assertThat(
            header(send(ctx -> ctx.contentType(type), REST.formatted("GET", "/")), "Content-Type"))
        .isEqualTo(type);
  }

  @Test
  void handle_whenContentTypeIsTakenBack_sendsNone() {
    JsonNode answer = send(ctx -> ctx.res().setContentType(null), REST.formatted("GET", "/"));
    assertThat(answer.get("multiValueHeaders").has("Content-Type")).isFalse();
  }

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
    JsonNode answer = send(ctx -> ctx.result("done"), Fixtures.event(fixture));
    assertThat(answer.get("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.get("body").asString()).isEqualTo("done");
    assertThat(runs).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'httpMethod':'POST','path':'/'}",
        "{'httpMethod':'POST','path':'/','requestContext':null,'multiValueHeaders':null}",
        "{'httpMethod':'POST','path':'/','requestContext':{'identity':null,'stage':null}}",
        "{'routeKey':'POST /','rawPath':'/'}",
      })
  void handle_whenContextIsMissing_everyQuestionHasAnAnswer(String event) {
    JsonNode answer =
        send(
            ctx -> {
              HttpServletRequest request = ctx.req();
              List<Object> asked = new ArrayList<>();
              asked.add(request.getRequestURL());
              asked.add(request.getRemoteAddr());
              asked.add(request.getRemoteHost());
              asked.add(request.getRemoteUser());
              asked.add(request.getUserPrincipal());
              asked.add(request.getAuthType());
              asked.add(request.getProtocol());
              asked.add(request.getScheme());
              asked.add(request.getServerPort());
              asked.add(request.getLocale());
              asked.add(request.getCookies());
              asked.add(request.getContentType());
              asked.add(request.getCharacterEncoding());
              asked.add(request.getParameterMap());
              asked.add(request.getReader().readLine());
              asked.add(request.getRequestId());
              asked.add(request.getServletContext().getContextPath());
              asked.add(request.getSession(false));
              ctx.result("" + asked.size());
            },
            event);
    assertThat(answer.get("body").asString()).isEqualTo("18");
    assertThat(runs).hasValue(1);
  }

  @Test
  void handle_whenStageIsInFront_routesWithoutIt() {
    Container container =
        new Container(
            config ->
                config.routes.get(
                    "/api/{id}",
                    ctx ->
                        ctx.result(ctx.req().getContextPath() + " " + ctx.req().getRequestURI())),
            "");
    JsonNode answer =
        handle(
            container,
            "{'rawPath':'/prod/api/1','requestContext':{'http':{'method':'GET'},'stage':'prod'}}");
    assertThat(answer.get("body").asString()).isEqualTo("/prod /prod/api/1");
  }

  @Test
  void handle_whenRequestHasEverything_servletSeesItExactly() {
    JsonNode answer =
        send(
            ctx -> {
              HttpServletRequest request = ctx.req();
              ctx.result(
                  String.join(
                      "|",
                      request.getRequestURL() + "?" + request.getQueryString(),
                      request.getHeader("user-agent"),
                      request.getHeader("referer"),
                      String.join("+", Collections.list(request.getHeaders("Accept"))),
                      request.getCookies()[1].getValue(),
                      request.getParameter("q"),
                      request.getContentLength() + "",
                      new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
            },
            """
            {'httpMethod':'PUT','path':'/a%2Fb','body':'ü','queryStringParameters':{'q':'a b'},
             'multiValueHeaders':{'User-Agent':['browser'],'Referer':['here'],'Accept':['a','b'],
               'Host':['api.example.com'],'Cookie':['x=1','y=2']},
             'requestContext':{'identity':{'caller':'other','userAgent':'other'}}}
            """);
    assertThat(answer.get("body").asString())
        .isEqualTo("https://api.example.com/a%2Fb?q=a%20b|browser|here|a+b|2|a b|2|ü");
  }

  @Test
  void handle_whenClientNamesTheRequest_keepsTheName() {
    Handler handler = ctx -> ctx.result(ctx.req().getHeader("X-Request-Id"));
    assertThat(
            send(handler, "{'httpMethod':'GET','path':'/','headers':{'x-request-id':'mine'}}")
                .get("body")
                .asString())
        .isEqualTo("mine");
    assertThat(send(handler, REST.formatted("GET", "/")).get("body").asString())
        .isEqualTo(TestContext.REQUEST_ID);
  }

  @Test
  void handle_whenFlushedInTheMiddle_answersWhole() {
    JsonNode answer =
        send(
            ctx -> {
              var out = ctx.res().getOutputStream();
              out.write('a');
              out.flush();
              ctx.res().flushBuffer();
              out.write('b');
              out.close();
            },
            REST.formatted("GET", "/"));
    assertThat(answer.get("body").asString()).isEqualTo("ab");
  }

  @Test
  void handle_whenWrittenAsText_answersWhole() {
    JsonNode answer =
        send(
            ctx -> {
              ctx.res().getWriter().print("lost");
              ctx.res().resetBuffer();
              ctx.res().getWriter().print("ü");
            },
            HTTP.formatted("GET", "/"));
    assertThat(answer.get("body").asString()).isEqualTo("ü");
  }

  @Test
  void handle_whenHandlerStartsOver_forgetsWhatWasSaid() {
    JsonNode answer =
        send(
            ctx -> {
              ctx.res().setStatus(201);
              ctx.res().setContentType("text/html");
              ctx.res().setHeader("X-Lost", "1");
              ctx.res().getWriter().print("lost");
              ctx.res().reset();
              ctx.res().getWriter().print("kept");
            },
            REST.formatted("GET", "/"));
    assertThat(answer.get("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.get("body").asString()).isEqualTo("kept");
    assertThat(answer.get("multiValueHeaders").size()).isZero();
  }

  @Test
  void handle_whenTwoCookiesAreSet_keepsBoth() {
    Handler handler =
        ctx -> {
          ctx.res().addHeader("Set-Cookie", "a=1");
          ctx.res().addHeader("Set-Cookie", "b=2");
        };
    assertThat(send(handler, HTTP.formatted("GET", "/")).get("cookies").toString())
        .isEqualTo("[\"a=1\",\"b=2\"]");
    assertThat(
            send(handler, REST.formatted("GET", "/"))
                .at("/multiValueHeaders/Set-Cookie")
                .toString())
        .isEqualTo("[\"a=1\",\"b=2\"]");
  }

  @Test
  void handle_whenAboutTheConnection_leavesTheHeaderOut() {
    JsonNode answer = send(ctx -> ctx.header("Connection", "close"), REST.formatted("GET", "/"));
    assertThat(answer.get("multiValueHeaders").has("Connection")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REST_API") // its bodies are text by default
  void handle_whenBinary_isSameBytesBothWays(EventKind kind) {
    byte[] bytes = {0, -1, -2, '%', 'a'};
    ClientRequest request =
        new ClientRequest("PUT", "/x", List.of(), bytes).with("Content-Type", "image/png");
    Handler echo =
        ctx -> ctx.res().getOutputStream().write(ctx.req().getInputStream().readAllBytes());
    assertThat(kind.answer(send(echo, kind.event(request)).toString()).body()).isEqualTo(bytes);
  }

  @Test
  void handle_whenRestApiHasBinaryMediaTypes_isSameBytesBothWays() {
    JsonNode answer =
        send(
            ctx -> ctx.res().getOutputStream().write(ctx.req().getInputStream().readAllBytes()),
            "{'httpMethod':'POST','path':'/','body':'AP/+','isBase64Encoded':true}");
    assertThat(answer.get("body").asString()).isEqualTo("AP/+");
    assertThat(answer.get("isBase64Encoded").asBoolean()).isTrue();
  }

  @Test
  void handle_whenAnswerComesLater_waitsForIt() {
    JsonNode answer =
        send(
            ctx -> ctx.future(() -> CompletableFuture.runAsync(() -> ctx.result("later"))),
            HTTP.formatted("GET", "/"));
    assertThat(answer.get("body").asString()).isEqualTo("later");
  }

  @Test
  void handle_whenAnswerNeverComes_answers504BeforeTheTimeout() {
    JsonNode answer =
        parse(
            container(ctx -> ctx.future(CompletableFuture::new))
                .handle(input(HTTP.formatted("GET", "/x")), new TestContext(700)));
    assertProblem(answer, 504);
    assertThat(MAPPER.readTree(answer.get("body").asString()).get("instance").asString())
        .isEqualTo("/x");
  }

  @Test
  void handle_whenHandlerHangs_answers504AndInterruptsIt() throws Exception {
    CompletableFuture<String> interrupted = new CompletableFuture<>();
    Container container =
        container(ctx -> {
          try {
            new CompletableFuture<String>().get();
          } catch (InterruptedException stop) {
            interrupted.complete("interrupted");
          }
        });
    assertProblem(
        parse(container.handle(input(REST.formatted("GET", "/")), new TestContext(600))), 504);
    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
  }

  @ParameterizedTest
  @EnumSource
  void handle_whenAnswerIsTooLarge_saysToAskForLess(EventKind kind) {
    String limit = kind.knowsCallers() ? "6 MB" : "1 MB";
    int size = kind.knowsCallers() ? 6 * 1024 * 1024 : 1_000_000;
    Container container = container(ctx -> ctx.res().getOutputStream().write(new byte[size]));
    byte[] answer =
        container.handle(
            new ByteArrayInputStream(
                kind.event(ClientRequest.get("/api/users")).getBytes(StandardCharsets.UTF_8)),
            new TestContext(30_000));
    assertProblem(parse(answer), 500);
    assertThat(kind.answer(new String(answer, StandardCharsets.UTF_8)).text())
        .contains("_limit", limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'Records':[]}", "nonsense", "[]", "{'source':'warm-up'}"})
  void handle_whenNotHttp_failsAndRunsNothing(String event) {
    assertThatThrownBy(() -> send(ctx -> ctx.result("ran"), event))
        .isInstanceOf(NotHttpException.class)
        .hasNoCause();
    assertThat(runs).hasValue(0);
  }

  @Test
  void handle_whenBodyIsBroken_answers400AndRunsNothing() {
    String event = "{'httpMethod':'POST','path':'/','body':'%','isBase64Encoded':true}";
    assertProblem(send(ctx -> ctx.result("ran"), event), 400);
    assertThat(runs).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void handle_whenPathHasABarePercent_isNoFailure(EventKind kind) {
    JsonNode answer =
        send(ctx -> ctx.result(ctx.path()), kind.event(ClientRequest.get("/api/users/100%")));
    assertThat(answer.get("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.get("body").asString()).isEqualTo("/api/users/100%25");
  }

  @ParameterizedTest
  @EnumSource
  void handle_whenThereAreCookies_javalinSeesThemAll(EventKind kind) {
    ClientRequest request = ClientRequest.get("/").with("Cookie", "a=1; b=x-y").with("X-A", "1,2");
    JsonNode answer =
        send(
            ctx ->
                ctx.result(ctx.header("Cookie") + "|" + ctx.cookie("b") + "|" + ctx.header("x-a")),
            kind.event(request));
    assertThat(answer.get("body").asString()).isEqualTo("a=1; b=x-y|x-y|1,2");
  }

  @ParameterizedTest
  @EnumSource
  void handle_whenDomainIsTheOwners_urlHasIt(EventKind kind) {
    ClientRequest request = ClientRequest.get("/a").with("Host", "api.example.org");
    assertThat(send(ctx -> ctx.result(ctx.url()), kind.event(request)).get("body").asString())
        .isEqualTo("https://api.example.org/a");
  }

  @ParameterizedTest
  @EnumSource
  void handle_whenSessionIsAskedFor_isTheRequestsOwn(EventKind kind) {
    Container container =
        container(ctx -> {
          Object before = ctx.sessionAttribute("x");
          ctx.sessionAttribute("x", "set");
          ctx.result(before + " " + ctx.sessionAttribute("x"));
        });
    for (int i = 0; i < 2; i++) {
      assertThat(handle(container, kind.event(ClientRequest.get("/"))).get("body").asString())
          .isEqualTo("null set");
    }
  }

  @Test
  void handle_whenLoadBalancerSpeaksHttp_requestIsNotSecure() {
    Handler handler = ctx -> ctx.result(ctx.req().isSecure() + " " + ctx.req().getScheme());
    JsonNode plain =
        send(handler, Fixtures.event("load-balancer").replace("\"https\"", "\"http\""));
    assertThat(plain.get("body").asString()).isEqualTo("false http");
    assertThat(send(handler, Fixtures.event("load-balancer")).get("body").asString())
        .isEqualTo("true https");
  }

  private JsonNode send(Handler handler, String event) {
    return handle(container(handler), event);
  }

  private Container container(Handler handler) {
    Handler counting =
        ctx -> {
          runs.incrementAndGet();
          handler.handle(ctx);
        };
    return new Container(
        config -> {
          config.routes.get("/<path>", counting);
          config.routes.get("/", counting);
          config.routes.post("/", counting);
          config.routes.put("/<path>", counting);
        },
        "");
  }

  private static JsonNode handle(Container container, String event) {
    return parse(container.handle(input(event), new TestContext(30_000)));
  }

  private static ByteArrayInputStream input(String event) {
    return new ByteArrayInputStream(event.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode parse(byte[] answer) {
    return MAPPER.readTree(answer);
  }

  private static String header(JsonNode answer, String name) {
    return answer.has("headers")
        ? answer.get("headers").get(name).asString()
        : answer.get("multiValueHeaders").get(name).get(0).asString();
  }

  private static void assertProblem(JsonNode answer, int status) {
    assertThat(answer.get("statusCode").asInt()).isEqualTo(status);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = MAPPER.readTree(answer.get("body").asString());
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asString()).isNotBlank();
    assertThat(problem.get("message")).isEqualTo(problem.get("detail"));
    assertThat(problem.get("request-id").asString()).isEqualTo(TestContext.REQUEST_ID);
  }
}
