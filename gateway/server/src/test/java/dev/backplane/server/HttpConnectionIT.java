package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a server is asked to do: keep a connection in order, whatever comes down it. */
@Timeout(60)
class HttpConnectionIT {
  private static final int MAX_BODY_SIZE = 1024;
  private static SocketClient gateway;

  private HttpConnection connection;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(mapping, "max-body-size: 1024\nresources:\n  things: memory\n");
    gateway = SocketClient.start(mapping);
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @BeforeEach
  void connect() throws IOException {
    connection = new HttpConnection(gateway.port());
  }

  @AfterEach
  void disconnect() throws IOException {
    connection.close();
  }

  @Test
  void idempotencyKey_is400_whereTheMappingKeepsNoAnswers() throws IOException {
    Request post =
        new Request(
            "POST",
            "/api/things",
            List.of(
                Map.entry("Content-Type", "application/json"), Map.entry("Idempotency-Key", "k")),
            new byte[] {'{', '}'});
    Answer refused = connection.exchange(post);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("the mapping has no idempotency");
  }

  @Test
  void connection_isKept_afterErrors() throws IOException {
    assertThat(connection.exchange(Request.of("GET", "/other")).status()).isEqualTo(404);
    assertThat(connection.exchange(Request.of("DELETE", "/api/things")).status()).isEqualTo(405);
    assertThat(connection.exchange(Request.json("PUT", "/api/things/none", "{}")).status())
        .isEqualTo(404);
    assertThat(connection.exchange(Request.json("POST", "/api/things", "{")).status())
        .isEqualTo(400);
    Request untyped = new Request("POST", "/api/things", List.of(), new byte[] {'{', '}'});
    assertThat(connection.exchange(untyped).status()).isEqualTo(415);
    assertThat(connection.exchange(Request.json("DELETE", "/api/things/none", "{}")).status())
        .isEqualTo(404);
    assertThat(connection.exchange(Request.of("HEAD", "/other")).status()).isEqualTo(404);
    assertPong(connection.exchange(Request.of("GET", "/api/ping")));
  }

  @Test
  void pipelinedRequests_areAnsweredInTheirOrder() throws IOException {
    connection.write(
        "GET /api/ping HTTP/1.1",
        "Host: x",
        "X-Request-Id: first",
        "",
        "HEAD /api/ping HTTP/1.1",
        "Host: x",
        "X-Request-Id: second",
        "",
        "POST /api/things HTTP/1.1",
        "Host: x",
        "X-Request-Id: third",
        "Content-Type: text/plain",
        "Content-Length: 5",
        "",
        "no js" + "GET /other HTTP/1.1",
        "Host: x",
        "X-Request-Id: fourth",
        "",
        "GET /api/ping HTTP/1.1",
        "Host: x",
        "X-Request-Id: fifth",
        "");
    assertAnswer(connection.read("GET"), 200, "first");
    assertAnswer(connection.read("HEAD"), 200, "second");
    assertAnswer(connection.read("POST"), 415, "third");
    assertAnswer(connection.read("GET"), 404, "fourth");
    assertAnswer(connection.read("GET"), 200, "fifth");
  }

  @Test
  void chunkedBody_isRead() throws IOException {
    connection.write(
        "POST /api/things HTTP/1.1",
        "Host: x",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
        "",
        "5",
        "{\"a\":",
        "4;x=y",
        " \"b\"",
        "1",
        "}",
        "0",
        "");
    Answer created = connection.read("POST");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text()).contains("\"a\":\"b\"");
    assertPong(connection.exchange(Request.of("GET", "/api/ping")));
  }

  @Test
  void chunkedBodyThatIsTooLarge_is413() throws IOException {
    connection.write(
        "POST /api/things HTTP/1.1",
        "Host: x",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
        "",
        "401",
        "\"" + "x".repeat(MAX_BODY_SIZE));
    assertThat(connection.read("POST").status()).isEqualTo(413);
  }

  @Test
  void chunkedBodyThatIsMalformed_is400() throws IOException {
    connection.write(
        "POST /api/things HTTP/1.1",
        "Host: x",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
        "",
        "nonsense",
        "{}",
        "0",
        "");
    Answer refused = connection.read("POST");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("Content-Type")).hasValue("application/problem+json");
    assertThat(connection.isClosedByServer()).isTrue();
  }

  @Test
  void bodyThatIsCutOff_createsNothing() throws IOException {
    connection.write(
        "PUT /api/things/cut HTTP/1.1",
        "Host: x",
        "Content-Type: application/json",
        "If-None-Match: *",
        "Content-Length: 100",
        "",
        "{}");
    connection.endOutput();
    assertThat(connection.read("PUT").status()).isEqualTo(400);
    assertThat(gateway.send(Request.of("GET", "/api/things/cut")).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1025", "2147483648", "9223372036854775807"})
  void announcedBodyThatIsTooLarge_is413_beforeItIsSent(String length) throws IOException {
    connection.write(
        "POST /api/things HTTP/1.1",
        "Host: x",
        "Content-Type: application/json",
        "Content-Length: " + length,
        "");
    Answer refused = connection.read("POST");
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.header("Content-Type")).hasValue("application/problem+json");
    assertThat(connection.isClosedByServer()).isTrue();
  }

  @Test
  void announcedBodyThatIsTooLarge_isReadAway_soThatTheAnswerArrives() throws IOException {
    int length = 8 * 1024 * 1024;
    connection.write(
        "POST /api/things HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        "Content-Length: " + length,
        "");
    byte[] some = new byte[64 * 1024];
    for (int sent = 0; sent < length; sent += some.length) {
      connection.write(some); // long after the answer was sent
    }

    Answer answer = connection.read("POST");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(connection.isClosedByServer()).isTrue();
  }

  @Test
  void expectation_isAnswered_beforeTheBodyIsSent() throws IOException {
    connection.write(expecting(2));
    assertThat(connection.read("POST").status()).isEqualTo(100);
    connection.write("{}".getBytes(StandardCharsets.US_ASCII));
    assertThat(connection.read("POST").status()).isEqualTo(201);
    assertPong(connection.exchange(Request.of("GET", "/api/ping")));
  }

  @Test
  void expectation_isRefused_whenTheBodyWouldBeTooLarge() throws IOException {
    connection.write(expecting(MAX_BODY_SIZE + 1));
    assertThat(connection.read("POST").status()).isEqualTo(413);
  }

  @Test
  void absoluteTarget_isTheSameAsItsPath() throws IOException {
    assertPong(connection.exchange(Request.of("GET", "http://localhost/api/ping")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//api/ping", "/api//ping", "/api/ping//", "/./api/ping", "/api/../api/ping"})
  void pathIsTakenAsItIs_andNeverTidiedUp(String path) throws IOException {
    assertThat(connection.exchange(Request.of("GET", path)).status()).isIn(400, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "PROPFIND", "get", "QUERY"})
  void methodThatNobodyServes_is405(String method) throws IOException {
    Answer refused = connection.exchange(Request.of(method, "/api/things"));
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.header("Allow")).hasValue("GET, HEAD, POST, OPTIONS");
    assertPong(connection.exchange(Request.of("GET", "/api/ping")));
  }

  @Test
  void http10_isAnswered_andTheConnectionClosed() throws IOException {
    connection.write("GET /api/ping HTTP/1.0", "");
    assertPong(connection.read("GET"));
    assertThat(connection.isClosedByServer()).isTrue();
  }

  private static String[] expecting(int length) {
    return new String[] {
      "POST /api/things HTTP/1.1",
      "Host: x",
      "Content-Type: application/json",
      "Expect: 100-continue",
      "Content-Length: " + length,
      ""
    };
  }

  private static void assertPong(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("pong");
  }

  private static void assertAnswer(Answer answer, int status, String requestId) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("X-Request-Id")).hasValue(requestId);
  }
}
