package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ServletTest {
  private static final String REST = "{'httpMethod':'%s','path':'%s'}";
  private static final String HTTP =
      "{'rawPath':'%2$s','requestContext':{'http':{'method':'%1$s'}}}";

  private final TestContainer test = new TestContainer();

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "application/problem+json", "text/plain", "text/html", "x/y"})
  void handle_whenAnyContentType_answersInUtf8(String type) {
    for (EventKind kind : EventKind.values()) {
      JsonNode answer =
          test.send(
              ctx -> {
                ctx.contentType(type);
                ctx.res().getOutputStream().write("ü-漢-😀".getBytes(StandardCharsets.UTF_8));
              },
              kind.event(ClientRequest.get("/")));
      assertThat(answer.get("body").asString()).isEqualTo("ü-漢-😀");
      assertThat(answer.get("isBase64Encoded").asBoolean()).isFalse();
      assertThat(TestContainer.header(answer, "Content-Type")).isEqualTo(type);
    }
  }

  @Test
  void handle_whenContentTypeHasParameters_keepsThem() {
    String type = "text/csv; charset=utf-8; header=present";
    assertThat(
            TestContainer.header(
                test.send(ctx -> ctx.contentType(type), REST.formatted("GET", "/")),
                "Content-Type"))
        .isEqualTo(type);
  }

  @Test
  void handle_whenContentTypeIsTakenBack_sendsNone() {
    JsonNode answer = test.send(ctx -> ctx.res().setContentType(null), REST.formatted("GET", "/"));
    assertThat(answer.get("multiValueHeaders").has("Content-Type")).isFalse();
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
        test.send(
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
    assertThat(test.runs()).isEqualTo(1);
  }

  @Test
  void language_isTheOneMostWanted_orTheDefaultWhereNoneIsNamed() {
    String own = Locale.getDefault().toLanguageTag();
    Map<String, String> languages =
        Map.of("fr;q=0.5, de-ch", "de-CH", "*", own, "", own, "de;q=0.)", own, "nonsense!", own);
    languages.forEach((header, language) -> {
      String event =
          "{'httpMethod':'GET','path':'/','multiValueHeaders':{'Accept-Language':['%s']}}";
      JsonNode answer =
          test.send(
              ctx -> ctx.result(ctx.req().getLocale().toLanguageTag()), event.formatted(header));
      assertThat(answer.get("body").asString()).as(header).isEqualTo(language);
    });
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
        TestContainer.handle(
            container,
            "{'rawPath':'/prod/api/1','requestContext':{'http':{'method':'GET'},'stage':'prod'}}");
    assertThat(answer.get("body").asString()).isEqualTo("/prod /prod/api/1");
  }

  @Test
  void handle_whenRequestHasEverything_servletSeesItExactly() {
    JsonNode answer =
        test.send(
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
            test.send(handler, "{'httpMethod':'GET','path':'/','headers':{'x-request-id':'mine'}}")
                .get("body")
                .asString())
        .isEqualTo("mine");
    assertThat(test.send(handler, REST.formatted("GET", "/")).get("body").asString())
        .isEqualTo(TestContext.REQUEST_ID);
  }

  @Test
  void handle_whenFlushedInTheMiddle_answersWhole() {
    JsonNode answer =
        test.send(
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
        test.send(
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
        test.send(
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
    assertThat(test.send(handler, HTTP.formatted("GET", "/")).get("cookies").toString())
        .isEqualTo("[\"a=1\",\"b=2\"]");
    assertThat(
            test.send(handler, REST.formatted("GET", "/"))
                .at("/multiValueHeaders/Set-Cookie")
                .toString())
        .isEqualTo("[\"a=1\",\"b=2\"]");
  }

  @Test
  void handle_whenAboutTheConnection_leavesTheHeaderOut() {
    JsonNode answer =
        test.send(ctx -> ctx.header("Connection", "close"), REST.formatted("GET", "/"));
    assertThat(answer.get("multiValueHeaders").has("Connection")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void handle_whenThereAreCookies_javalinSeesThemAll(EventKind kind) {
    ClientRequest request = ClientRequest.get("/").with("Cookie", "a=1; b=x-y").with("X-A", "1,2");
    JsonNode answer =
        test.send(
            ctx ->
                ctx.result(ctx.header("Cookie") + "|" + ctx.cookie("b") + "|" + ctx.header("x-a")),
            kind.event(request));
    assertThat(answer.get("body").asString()).isEqualTo("a=1; b=x-y|x-y|1,2");
  }

  @ParameterizedTest
  @EnumSource
  void handle_whenDomainIsTheOwners_urlHasIt(EventKind kind) {
    ClientRequest request = ClientRequest.get("/a").with("Host", "api.example.org");
    assertThat(test.send(ctx -> ctx.result(ctx.url()), kind.event(request)).get("body").asString())
        .isEqualTo("https://api.example.org/a");
  }

  @ParameterizedTest
  @EnumSource
  void handle_whenSessionIsAskedFor_isTheRequestsOwn(EventKind kind) {
    Container container =
        test.container(ctx -> {
          Object before = ctx.sessionAttribute("x");
          ctx.sessionAttribute("x", "set");
          ctx.result(before + " " + ctx.sessionAttribute("x"));
        });
    for (int i = 0; i < 2; i++) {
      assertThat(
              TestContainer.handle(container, kind.event(ClientRequest.get("/")))
                  .get("body")
                  .asString())
          .isEqualTo("null set");
    }
  }

  @Test
  void handle_whenLoadBalancerSpeaksHttp_requestIsNotSecure() {
    Handler handler = ctx -> ctx.result(ctx.req().isSecure() + " " + ctx.req().getScheme());
    JsonNode plain =
        test.send(handler, Fixtures.event("load-balancer").replace("\"https\"", "\"http\""));
    assertThat(plain.get("body").asString()).isEqualTo("false http");
    assertThat(test.send(handler, Fixtures.event("load-balancer")).get("body").asString())
        .isEqualTo("true https");
  }
}
