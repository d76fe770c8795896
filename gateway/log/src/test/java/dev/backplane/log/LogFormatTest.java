package dev.backplane.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogFormatTest {
  private static final Instant TIME = Instant.parse("2026-11-25T04:05:06.007Z");

  /** What ends a line somewhere, and what a terminal obeys. */
  private static final String FORGED =
      "a\n2026-11-25T04:05:06.007Z ERROR Bad - forged\r\n\u0085\u2028\u2029\u001b[2K\u0000 \"ü\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-25T04:05:06.007Z",
        "2024-02-29T23:59:59.999Z",
        "1999-12-31T00:00:00.000Z",
        "2031-01-01T10:20:30.100Z"
      })
  void time_isAsIsoHasIt(String text) {
    assertThat(LogTime.text(Instant.parse(text), ZoneOffset.UTC)).isEqualTo(text);
  }

  @Test
  void time_elsewhere_hasItsOffset() {
    assertThat(LogTime.text(TIME, ZoneOffset.ofHoursMinutes(5, 30)))
        .isEqualTo("2026-11-25T09:35:06.007+05:30");
  }

  @Test
  void json_whenTextHasLines_staysOneLine() {
    String written = json(event(FORGED, Map.of("requestId", FORGED), Optional.empty()));
    assertThat(written).endsWith("}\n").doesNotContain("\r");
    assertThat(written.chars().filter(letter -> letter == '\n').count()).isEqualTo(1);
    JsonNode line = read(written);
    assertThat(line.get("message").asString()).isEqualTo(FORGED);
    assertThat(line.get("requestId").asString()).isEqualTo(FORGED);
    assertThat(line.get("timestamp").asString()).isEqualTo("2026-11-25T04:05:06.007Z");
    assertThat(line.get("level").asString()).isEqualTo("WARN");
    assertThat(line.get("logger").asString()).isEqualTo("Some");
    assertThat(line.get("thread").asString()).isEqualTo("http-1");
  }

  @Test
  void json_whenThereIsAFailure_hasItsTraceInTheSameLine() {
    Exception failure = new IllegalStateException("outer", new RuntimeException("inner"));
    String written = json(event("failed", Map.of(), Optional.of(failure)));
    assertThat(written.lines()).hasSize(1);
    JsonNode line = read(written);
    assertThat(line.get("errorType").asString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.get("errorMessage").asString()).isEqualTo("outer");
    assertThat(line.get("stackTrace").asString()).contains("LogFormatTest", "Caused by", "inner");
  }

  @Test
  void json_whenMembersAreStructured_hasThemAsJson() {
    JsonLine written = new JsonLine(TIME);
    written.member("nested", new TreeMap<>(Map.of("a", List.of("b", 1L), "c", true)));
    written.member("latency", 1.25);
    written.member("status", 200);
    written.member("none", null);
    JsonNode line = read(new String(written.end(), StandardCharsets.UTF_8));
    assertThat(line.get("nested").toString()).isEqualTo("{\"a\":[\"b\",1],\"c\":true}");
    assertThat(line.get("latency").asDouble()).isEqualTo(1.25);
    assertThat(line.get("status").isIntegralNumber()).isTrue();
    assertThat(line.get("none").isNull()).isTrue();
  }

  @Test
  void json_whenTheContextHasANameOfOurs_writesItOnce() {
    LogEvent event =
        LogEvent.now(
            Level.INFO,
            "some.Some",
            "said",
            List.of(new KeyValuePair("requestId", "of the event")),
            Map.of("level", "forged", "message", "forged", "requestId", "of the context"),
            null);
    String written = json(event);
    assertThat(written).doesNotContain("forged", "of the context").contains("of the event");
  }

  @Test
  void json_whenTextIsEndless_cutsIt() {
    String endless = "x".repeat(1_000_000);
    assertThat(json(event(endless, Map.of(), Optional.empty())).length()).isLessThan(70_000);
  }

  @Test
  void text_isTimeLevelLoggerMessageAndContext() {
    LogEvent event = event("request 4711: failed", context(), Optional.empty());
    assertThat(text(event))
        .isEqualTo("2026-11-25T04:05:06.007Z WARN Some - request 4711: failed traceId=abc\n");
  }

  private static Map<String, Object> context() {
    Map<String, Object> context = new TreeMap<>();
    context.put("requestId", "4711"); // said already
    context.put("traceId", "abc");
    return context;
  }

  @Test
  void text_whenTextHasLines_forgesNone() {
    Exception failure = new IllegalStateException(FORGED, new RuntimeException(FORGED));
    String written = text(event(FORGED, Map.of("requestId", FORGED + "!"), Optional.of(failure)));
    assertThat(written.lines().filter(line -> line.startsWith("20"))).hasSize(1);
    assertThat(written.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("  "));
    assertThat(written).doesNotContain("\r", "\u0085", "\u2028", "\u2029", "\u001b", "\u0000");
    assertThat(written).contains("a\\n2026", "\\u001b[2K", "\"ü\"");
  }

  private static LogEvent event(
      String message, Map<String, Object> members, Optional<Throwable> failure) {
    return new LogEvent(TIME, Level.WARN, "some.package.Some", "http-1", message, members, failure);
  }

  private static String json(LogEvent event) {
    return new String(LogFormat.JSON.line(event), StandardCharsets.UTF_8);
  }

  private static String text(LogEvent event) {
    return new String(TextLine.of(event, ZoneOffset.UTC), StandardCharsets.UTF_8);
  }

  private static JsonNode read(String line) {
    return JsonMapper.shared().readTree(line);
  }
}
