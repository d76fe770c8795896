package dev.backplane.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

/** Metrics and spans without a server. */
class TelemetryTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @AfterEach
  void forget() {
    System.clearProperty("otel.traces.exporter");
    System.clearProperty("otel.metrics.exporter");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', false",
    "OTEL_SERVICE_NAME, shop, false",
    "OTEL_TRACES_EXPORTER, otlp, true",
    "OTEL_METRICS_EXPORTER, otlp, true",
    "OTEL_EXPORTER_OTLP_ENDPOINT, http://localhost:4318, true",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, http://localhost:4318/v1/traces, true",
    "OTEL_EXPORTER_OTLP_ENDPOINT, ' ', false",
    "OTEL_EXPORTER_OTLP_HEADERS, a=b, false"
  })
  void whoever_names_a_receiver_wants_something_sent(String name, String value, boolean wants) {
    Map<String, String> environment = new HashMap<>(Map.of(name, value));
    assertThat(TelemetryOptions.isExported(environment)).isEqualTo(wants);
    environment.put("OTEL_SDK_DISABLED", "true");
    assertThat(TelemetryOptions.isExported(environment)).isFalse();
  }

  @Test
  void trace_is_in_the_log_while_a_thread_is_at_a_request_of_it() throws Exception {
    try (Telemetry telemetry = traced()) {
      RequestSpan span =
          telemetry.begin(
              "GET",
              "http",
              name -> name.equals("traceparent") ? "00-" + TRACE + "-b7ad6b7169203331-01" : null);
      RequestSpan.Entered entered = span.enter();
      assertThat(MDC.get("traceId")).isEqualTo(TRACE);
      entered.close();
      assertThat(MDC.get("traceId")).isNull();
      telemetry.end(span, answered(200));
    }
  }

  @Test
  void log_names_no_trace_where_there_are_none() throws Exception {
    try (Telemetry telemetry = Telemetry.start(options(Map.of()))) {
      RequestSpan span = telemetry.begin("GET", "http", name -> null);
      RequestSpan.Entered entered = span.enter();
      assertThat(MDC.get("traceId")).isNull();
      entered.close();
      telemetry.end(span, answered(200));
    }
  }

  @Test
  void what_was_observed_is_scraped() throws Exception {
    try (Telemetry telemetry = Telemetry.start(options(Map.of()))) {
      telemetry.begin("users", "memory", "get").accept("");
      telemetry.begin("users", "memory", "get").accept("timeout");
      telemetry.begin("X", "http", name -> null);
      telemetry.answered(answered(429));
      telemetry.reloaded(false);

      String text = telemetry.scrape("").text();

      String call =
          "db_client_operation_duration_seconds_count{db_collection_name=\"users\","
              + "db_operation_name=\"get\",db_system_name=\"memory\"";
      assertThat(text.lines())
          .contains(
              call + "} 1",
              call + ",error_type=\"timeout\"} 1",
              "http_server_active_requests{http_request_method=\"_OTHER\",url_scheme=\"http\"} 1.0",
              "backplane_requests_refused_total{backplane_refusal=\"rate\"} 1.0",
              "backplane_reload_last_successful 0.0",
              "backplane_build_info{commit=\"abc\",java=\"%s\",version=\"1.2\"} 1"
                  .formatted(Runtime.version()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, true, ''",
    "404, true, ''",
    "304, true, ''",
    "401, true, unauthenticated",
    "403, true, forbidden",
    "400, false, malformed",
    "431, false, too_large",
    "503, true, ''",
    "503, false, overload",
    "500, true, ''"
  })
  void refusal_is_told_from_failure(int status, boolean reached, String word) {
    Answered answer = new Answered("GET", "http", "", "", status, reached, Duration.ZERO);
    assertThat(answer.refusal()).isEqualTo(word);
  }

  private static Answered answered(int status) {
    return new Answered(
        "GET", "http", "/api/{resource}", "users", status, true, Duration.ofMillis(1));
  }

  /** With spans that are sent nowhere. */
  private static Telemetry traced() throws TelemetryException {
    System.setProperty("otel.traces.exporter", "none");
    System.setProperty("otel.metrics.exporter", "none");
    return Telemetry.start(options(Map.of("OTEL_TRACES_EXPORTER", "none")));
  }

  private static TelemetryOptions options(Map<String, String> environment) {
    return new TelemetryOptions(environment, true, "1.2", "abc");
  }
}
