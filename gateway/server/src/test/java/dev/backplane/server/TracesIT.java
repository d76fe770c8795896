package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a collector gets from the built server. */
@Timeout(180)
class TracesIT {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";

  @TempDir private Path directory;

  @BeforeEach
  void mapping() throws IOException {
    Files.writeString(directory.resolve("mapping.yaml"), "resources:\n  notes: memory\n");
  }

  @Test
  void request_and_its_calls_of_stores_are_spans_of_the_callers_trace() throws Exception {
    try (TraceReceiver receiver = new TraceReceiver()) {
      try (ServerProcess server = serve(receiver.url())) {
        HttpResponse<String> created =
            ServerProcess.send(
                HttpRequest.newBuilder(server.url().resolve("/api/notes?token=hidden-query"))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "hidden-header")
                    .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                    .POST(BodyPublishers.ofString("{\"id\":\"hidden-id\",\"a\":\"hidden-body\"}"))
                    .build());
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(server.get("/hidden-path").statusCode()).isEqualTo(404);
        // long before they are sent by themselves
        server.terminate();
        assertThat(server.awaitExit()).isEqualTo(143);
      }

      Span request = named(receiver, "POST /api/{resource}");
      assertThat(hex(request.getTraceId())).isEqualTo(TRACE);
      assertThat(hex(request.getParentSpanId())).isEqualTo(CALLER);
      assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
      assertThat(request.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
      assertThat(TraceReceiver.texts(request.getAttributesList()))
          .isEqualTo(
              Map.of(
                  "http.request.method", "POST",
                  "http.route", "/api/{resource}",
                  "http.response.status_code", "201",
                  "url.scheme", "http",
                  "backplane.resource", "notes"));
      Span call = named(receiver, "put notes");
      assertThat(call.getTraceId()).isEqualTo(request.getTraceId());
      assertThat(call.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
      assertThat(TraceReceiver.texts(call.getAttributesList()))
          .isEqualTo(
              Map.of(
                  "db.system.name", "memory",
                  "db.collection.name", "notes",
                  "db.operation.name", "put"));
      // nobody told that one of a trace, and there is nothing at its path
      assertThat(named(receiver, "GET").getParentSpanId().isEmpty()).isTrue();
      assertThat(receiver.resources())
          .allSatisfy(process ->
              assertThat(process)
                  .containsEntry("service.name", "backplane")
                  .containsKey("service.version"));
      assertThat(receiver.spans().toString()).doesNotContain("hidden");
    }
  }

  @Test
  void backend_is_sent_the_trace_with_the_call_that_it_answers() throws Exception {
    try (TraceReceiver receiver = new TraceReceiver();
        RestBackend backend = new RestBackend()) {
      Files.writeString(directory.resolve("mapping.yaml"), backend.mapping());
      try (ServerProcess server = serve(receiver.url())) {
        HttpRequest request =
            HttpRequest.newBuilder(server.url().resolve("/api/things/1"))
                .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                .build();
        assertThat(ServerProcess.send(request).statusCode()).isEqualTo(200);
        server.terminate();
        assertThat(server.awaitExit()).isEqualTo(143);
      }

      assertThat(backend.last().getFirst("traceparent"))
          .isEqualTo("00-" + TRACE + "-" + hex(named(receiver, "get things").getSpanId()) + "-01");
    }
  }

  @Test
  void failure_of_a_store_is_a_word_and_nothing_of_its_message() throws Exception {
    Files.writeString(directory.resolve("mapping.yaml"), "resources:\n  failing: failing\n");
    FailingPlugin.buildInto(directory.resolve("plugins"));
    try (TraceReceiver receiver = new TraceReceiver()) {
      try (ServerProcess server = serve(receiver.url(), "--plugins", "plugins")) {
        assertThat(server.get("/api/failing/1").statusCode()).isEqualTo(502);
        server.terminate();
        assertThat(server.awaitExit()).isEqualTo(143);
      }

      Span call = named(receiver, "get failing");
      assertThat(call.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
      assertThat(TraceReceiver.texts(call.getAttributesList()))
          .containsEntry("error.type", "unavailable");
      Span request = named(receiver, "GET /api/{resource}/{id}");
      assertThat(request.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
      assertThat(TraceReceiver.texts(request.getAttributesList()))
          .containsEntry("error.type", "502");
      assertThat(receiver.spans().toString()).doesNotContain("secret");
    }
  }

  @Test
  void server_answers_and_ends_though_nobody_takes_its_traces() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    try (ServerProcess server = serve("http://127.0.0.1:" + closed)) {
      for (int i = 0; i < 200; i++) {
        assertThat(server.get("/api/notes").statusCode()).isEqualTo(200);
      }
      server.terminate();

      assertThat(server.awaitExit()).isEqualTo(143);
      assertThat(server.errors()).doesNotContain("\tat ");
    }
  }

  @Test
  void nothing_is_measured_where_open_telemetry_is_switched_off() throws Exception {
    try (TraceReceiver receiver = new TraceReceiver()) {
      Map<String, String> off =
          Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url(), "OTEL_SDK_DISABLED", "true");
      try (ServerProcess server =
          ServerProcess.start(directory, off, backplane(), "serve", "--port", "0")) {
        assertThat(server.get("/api/notes").statusCode()).isEqualTo(200);
        server.terminate();
        assertThat(server.awaitExit()).isEqualTo(143);
      }
      assertThat(receiver.spans()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT, not a URL",
    "OTEL_EXPORTER_OTLP_PROTOCOL, grpc",
    "OTEL_TRACES_EXPORTER, nonesuch"
  })
  void variable_that_cannot_be_followed_is_one_sentence(String name, String value)
      throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");
    environment.put(name, value);
    ServerProcess.Finished finished =
        ServerProcess.run(directory, environment, "serve", "--port", "0");

    assertThat(finished.exitCode()).as(finished.errors()).isEqualTo(2);
    assertThat(finished.errors())
        .startsWith("OpenTelemetry cannot be started as its variables say: ")
        .doesNotContain("\tat ");
  }

  private ServerProcess serve(String collector, String... more) throws Exception {
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", collector,
            "OTEL_METRICS_EXPORTER", "none",
            "OTEL_BSP_SCHEDULE_DELAY", "3600000");
    List<String> all = new ArrayList<>(List.of("serve", "--port", "0"));
    all.addAll(List.of(more));
    return ServerProcess.start(directory, environment, backplane(), all.toArray(String[]::new));
  }

  private static Path backplane() {
    return ServerProcess.DISTRIBUTION.resolve("bin/backplane");
  }

  private static Span named(TraceReceiver receiver, String name) {
    List<Span> spans =
        receiver.spans().stream().filter(span -> span.getName().equals(name)).toList();
    assertThat(spans).as(name + " of " + receiver.spans()).hasSize(1);
    return spans.get(0);
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
