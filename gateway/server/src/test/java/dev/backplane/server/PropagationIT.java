package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a client's request a backend is sent along, where nobody traces. */
@Timeout(60)
class PropagationIT {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private RestBackend backend;
  private SocketClient gateway;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    backend = new RestBackend();
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(mapping, backend.mapping());
    gateway = SocketClient.start(mapping);
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  private static Request get() {
    return Request.of("GET", "/api/things/1");
  }

  @Test
  void id_and_trace_of_a_request_are_passed_on_and_nothing_else_of_its_headers() {
    gateway.send(
        get()
            .header("X-Request-Id", "mine")
            .header("traceparent", PARENT)
            .header("tracestate", "a=1")
            .header("tracestate", "b=2")
            .header("Authorization", "Bearer hidden")
            .header("Cookie", "hidden")
            .header("X-Other", "hidden"));

    assertThat(backend.last().getFirst("X-Request-Id")).isEqualTo("mine");
    assertThat(backend.last().getFirst("traceparent")).isEqualTo(PARENT);
    assertThat(backend.last().getFirst("tracestate")).isEqualTo("a=1, b=2");
    assertThat(backend.last().values().toString()).doesNotContain("hidden");
  }

  @Test
  void request_without_them_has_an_id_of_its_own() {
    String id = gateway.send(get()).header("X-Request-Id").orElseThrow();

    assertThat(backend.last().getFirst("X-Request-Id")).isEqualTo(id);
    assertThat(backend.last()).doesNotContainKeys("Traceparent", "Tracestate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "hidden"
      })
  void trace_that_is_none_is_not_passed_on(String parent) {
    gateway.send(get().header("traceparent", parent).header("tracestate", "a=1"));

    assertThat(backend.last()).doesNotContainKeys("Traceparent", "Tracestate");
  }

  @Test
  void trace_of_a_later_version_is_passed_on() {
    String later = "01-" + PARENT.substring(3) + "-more";
    gateway.send(get().header("traceparent", later));

    assertThat(backend.last().getFirst("traceparent")).isEqualTo(later);
  }
}
