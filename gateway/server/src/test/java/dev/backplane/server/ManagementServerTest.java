package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.BindException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** The management port by itself. */
class ManagementServerTest {
  private ManagementServer server;

  @BeforeEach
  void start() throws BindException {
    server =
        ManagementServer.start(new ManagementAddress("127.0.0.1", 0))
            .add(
                "/accepted",
                accept -> new ManagementServer.Page(200, "text/plain", accept.orElse("nothing")))
            .add(
                "/broken",
                accept -> {
                  throw new IllegalStateException("broken on purpose");
                });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void page_is_made_for_whoever_asks() throws Exception {
    HttpResponse<String> answer =
        ServerProcess.send(request("/accepted").header("Accept", "text/x").build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("text/x");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(ServerProcess.send(request("/accepted?x=1").build()).body()).isEqualTo("nothing");
  }

  @Test
  void head_is_a_get_without_its_body() throws Exception {
    HttpResponse<String> answer = ServerProcess.send(request("/accepted").HEAD().build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).hasValue("7");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/accepted/", "/api/users", "/health/live"})
  void other_path_is_404_and_says_what_there_is(String path) throws Exception {
    HttpResponse<String> answer = ServerProcess.send(request(path).build());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("/accepted, /broken");
  }

  @Test
  void other_method_is_405() throws Exception {
    HttpResponse<String> answer = ServerProcess.send(request("/accepted").DELETE().build());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void page_that_fails_tells_nothing_of_the_reason() throws Exception {
    HttpResponse<String> answer = ServerProcess.send(request("/broken").build());

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("purpose");
  }

  @Test
  void port_in_use_is_one_sentence_that_names_the_option() {
    int port = URI.create(server.url()).getPort();

    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> ManagementServer.start(new ManagementAddress("127.0.0.1", port)))
        .withMessage(
            "Cannot listen on port %d of 127.0.0.1: another program uses it; choose another with"
                + " --management.",
            port);
  }

  @ParameterizedTest
  @CsvSource({
    "9090, 127.0.0.1:9090",
    "0.0.0.0:9090, 0.0.0.0:9090",
    "[::1]:0, [::1]:0",
    "localhost:65535, localhost:65535"
  })
  void address_is_read(String given, String read) {
    assertThat(new ManagementAddress.Converter().convert(given)).hasToString(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", ":9090", "9090:", "1.2.3.4", "::1:9090", "a:b:1", "70000", "h:-1"})
  void address_that_is_none_is_refused(String given) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new ManagementAddress.Converter().convert(given))
        .withMessageContaining("give 9090, 0.0.0.0:9090 or [::1]:9090");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url()).resolve(path));
  }
}
