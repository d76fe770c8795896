package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.fuzz.Corpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Fuzz target: of an event becomes a request as a server would have seen it, with an answer in the
 * form that the event asks for, or it is refused. An input is the event.
 */
class EventFuzzTest {
  /** A path of RFC 3986. */
  private static final String LEGAL = "/(?:[\\w\\-.~!$&'()*+,;=:@/]++|%[0-9a-fA-F]{2})*+";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TestContext LAMBDA = new TestContext(30_000);

  @Test
  void corpus_whenReplayed_holds() {
    Corpus.replay(EventFuzzTest.class, EventFuzzTest::fuzzerTestOneInput);
  }

  /** Takes an input of the fuzzer, which finds this by its name. */
  public static void fuzzerTestOneInput(byte[] input) {
    for (String basePath : new String[] {"", "/base"}) {
      try {
        check(new EventReader(basePath).read(new ByteArrayInputStream(input)));
      } catch (NotHttpException notRequest) {
        assertThat(notRequest.getMessage()).startsWith("This function answers HTTP requests");
      } catch (EventException broken) {
        assertThat(broken.getMessage()).isNotBlank();
        assertAnswers(
            Answer.problem(400, broken.getMessage(), null, TestContext.REQUEST_ID),
            broken.format());
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  private static void check(Event event) throws IOException {
    assertThat(event.method()).isNotEmpty();
    assertThat(event.path().inner()).matches(LEGAL);
    assertThat(event.path().prefix()).matches(LEGAL + "|");
    EventResponse response = new EventResponse();
    EventRequest request = new EventRequest(event, response, LAMBDA);
    assertThat(request.getRequestURI()).isEqualTo(event.path().uri());
    assertThat(request.getInputStream().readAllBytes()).isEqualTo(event.body());
    touch(request);
    response.addHeader("X-Path", request.getRequestURI());
    response.getOutputStream().write(event.body());
    JsonNode answer = assertAnswers(response.answer(), event.format());
    if (answer.get("isBase64Encoded").asBoolean()) {
      assertThat(answer.get("body").binaryValue()).isEqualTo(event.body());
    } else {
      assertThat(answer.get("body").stringValue().getBytes(StandardCharsets.UTF_8))
          .isEqualTo(event.body());
    }
  }

  /** What the gateway and Javalin ask of a request. */
  private static void touch(EventRequest request) {
    request.getMethod();
    request.getQueryString();
    request.getParameterMap();
    request.getPathInfo();
    request.getServerName();
    request.getRequestURL();
    request.getContentType();
    request.getCharacterEncoding();
    request.getCookies();
    request.getLocale();
    request.getScheme();
    request.getProtocol();
    request.getRemoteUser();
    request.getUserPrincipal();
    request.getRemoteAddr();
    for (String name : Collections.list(request.getHeaderNames())) {
      assertThat(Collections.list(request.getHeaders(name))).contains(request.getHeader(name));
    }
  }

  private static JsonNode assertAnswers(Answer answer, Event.Format format) {
    JsonNode written = MAPPER.readTree(AnswerWriter.write(answer, format).orElseThrow());
    assertThat(written.get("statusCode").asInt()).isEqualTo(answer.status());
    return written;
  }
}
