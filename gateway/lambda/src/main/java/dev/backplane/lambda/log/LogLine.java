package dev.backplane.lambda.log;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One line of the log as a JSON object, with the members that CloudWatch and Lambda know: {@code
 * timestamp}, {@code level}, {@code message} and {@code requestId}. See <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">JSON
 * log format</a>.
 */
final class LogLine {
  private static final JsonFactory JSON = new JsonFactory();

  /** An event of CloudWatch Logs may have 256 KiB at least; a longer one is cut in two. */
  private static final int MOST_CHARACTERS = 64 * 1024;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private final JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line);

  LogLine(Level level, String logger, String message) {
    json.writeStartObject();
    json.writeStringProperty("timestamp", timestamp(Instant.now()));
    json.writeStringProperty("level", level.toString());
    json.writeStringProperty("logger", logger.substring(logger.lastIndexOf('.') + 1));
    json.writeStringProperty("message", cut(message));
  }

  /** In UTC with milliseconds; the JDK's own formatter takes longer to load than all else here. */
  static String timestamp(Instant instant) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(24);
    text.append(time.toLocalDate()).append('T');
    padded(text, 2, time.getHour()).append(':');
    padded(text, 2, time.getMinute()).append(':');
    padded(text, 2, time.getSecond()).append('.');
    return padded(text, 3, instant.getNano() / 1_000_000).append('Z').toString();
  }

  private static StringBuilder padded(StringBuilder text, int width, int number) {
    String digits = Integer.toString(number);
    return text.repeat('0', width - digits.length()).append(digits);
  }

  void members(@Nullable Map<String, String> members) {
    if (members != null) {
      members.forEach(this::member);
    }
  }

  void member(String name, @Nullable Object value) {
    json.writeName(name);
    value(value);
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Long number -> json.writeNumber(number);
      case Integer number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      case Map<?, ?> members -> {
        json.writeStartObject();
        members.forEach((name, member) -> member(String.valueOf(name), member));
        json.writeEndObject();
      }
      case List<?> elements -> {
        json.writeStartArray();
        elements.forEach(this::value);
        json.writeEndArray();
      }
      default -> json.writeString(cut(value.toString()));
    }
  }

  void failure(@Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    json.writeStringProperty("errorType", failure.getClass().getName());
    json.writeStringProperty("errorMessage", cut(String.valueOf(failure.getMessage())));
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    json.writeStringProperty("stackTrace", cut(trace.toString()));
  }

  /** Ends the line and writes it in one piece, as each write becomes an event of its own. */
  void writeTo(PrintStream output) {
    json.writeEndObject();
    json.close();
    line.write('\n');
    output.write(line.toByteArray(), 0, line.size());
    output.flush();
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }
}
