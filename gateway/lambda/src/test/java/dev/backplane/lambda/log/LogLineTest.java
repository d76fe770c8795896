package dev.backplane.lambda.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-25T04:05:06.007Z",
        "2024-02-29T23:59:59.999Z",
        "1999-12-31T00:00:00.000Z",
        "2031-01-01T10:20:30.100Z"
      })
  void timestamp_isAsIsoHasIt(String text) {
    assertThat(LogLine.timestamp(Instant.parse(text))).isEqualTo(text);
  }

  @Test
  void writeTo_whenTextHasLines_staysOneLine() {
    String written = write("a\nb\r\n\"c\" \u2028 \u0000 ü", line -> {});
    assertThat(written.lines()).hasSize(1);
    JsonNode line = read(written);
    assertThat(line.get("message").asString()).isEqualTo("a\nb\r\n\"c\" \u2028 \u0000 ü");
    assertThat(line.get("level").asString()).isEqualTo("WARN");
    assertThat(line.get("logger").asString()).isEqualTo("Some");
  }

  @Test
  void writeTo_whenThereIsAFailure_hasItsTraceInTheSameLine() {
    Exception failure = new IllegalStateException("outer", new RuntimeException("inner"));
    String written = write("failed", line -> line.failure(failure));
    assertThat(written.lines()).hasSize(1);
    JsonNode line = read(written);
    assertThat(line.get("errorType").asString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.get("errorMessage").asString()).isEqualTo("outer");
    assertThat(line.get("stackTrace").asString()).contains("LogLineTest", "Caused by", "inner");
  }

  @Test
  void writeTo_whenMembersAreStructured_hasThemAsJson() {
    Map<String, Object> nested = new TreeMap<>(Map.of("a", List.of("b", 1L), "c", true));
    JsonNode line =
        read(
            write(
                "m",
                each -> {
                  each.member("nested", nested);
                  each.member("latency", 1.25);
                  each.member("status", 200);
                  each.member("none", null);
                }));
    assertThat(line.get("nested").toString()).isEqualTo("{\"a\":[\"b\",1],\"c\":true}");
    assertThat(line.get("latency").asDouble()).isEqualTo(1.25);
    assertThat(line.get("status").isIntegralNumber()).isTrue();
    assertThat(line.get("none").isNull()).isTrue();
  }

  @Test
  void writeTo_whenTextIsEndless_cutsIt() {
    assertThat(write("x".repeat(1_000_000), line -> {}).length()).isLessThan(70_000);
  }

  private static String write(String message, Consumer<LogLine> members) {
    LogLine line = new LogLine(Level.WARN, "some.package.Some", message);
    members.accept(line);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    line.writeTo(new PrintStream(written, false, StandardCharsets.UTF_8));
    return written.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode read(String line) {
    return JsonMapper.shared().readTree(line);
  }
}
