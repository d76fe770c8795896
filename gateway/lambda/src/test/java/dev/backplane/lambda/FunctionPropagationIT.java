package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What of a client's request a backend of the function is sent along. */
class FunctionPropagationIT {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @TempDir static Path folder;
  private static FunctionUnderTest function;

  @BeforeAll
  static void start() throws IOException {
    function = FunctionUnderTest.start(folder, PropagatingService.class, "sent", "propagating");
  }

  @AfterAll
  static void stop() {
    if (function != null) {
      function.close();
    }
  }

  private static ClientAnswer send(EventKind kind, ClientRequest request) {
    return function.send(kind, request, "");
  }

  @ParameterizedTest
  @EnumSource
  void id_and_trace_of_a_request_are_passed_on_and_nothing_else_of_its_headers(EventKind kind) {
    JsonNode sent =
        send(
                kind,
                ClientRequest.get("/api/sent/1")
                    .with("X-Request-Id", "mine")
                    .with("traceparent", PARENT)
                    .with("tracestate", "a=1")
                    .with("Authorization", "Bearer hidden")
                    .with("X-Other", "hidden"))
            .json();
    assertThat(sent.get("X-Request-Id").asString()).isEqualTo("mine");
    assertThat(sent.get("traceparent").asString()).isEqualTo(PARENT);
    assertThat(sent.get("tracestate").asString()).isEqualTo("a=1");
    assertThat(sent.toString()).doesNotContain("hidden");
  }

  @ParameterizedTest
  @EnumSource
  void request_without_them_has_an_id_of_its_own(EventKind kind) {
    ClientAnswer answer = send(kind, ClientRequest.get("/api/sent/1"));
    JsonNode sent = answer.json();
    assertThat(answer.header("X-Request-Id")).hasValue(sent.get("X-Request-Id").asString());
    assertThat(sent.has("traceparent")).isFalse();
  }
}
