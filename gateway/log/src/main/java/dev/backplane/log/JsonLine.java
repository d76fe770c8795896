package dev.backplane.log;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One line of a log as a JSON object; for the use of one thread. The names of the members are those
 * that CloudWatch and Lambda know: {@code timestamp}, {@code level}, {@code message} and {@code
 * requestId}. See <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">JSON
 * log format</a>.
 */
public final class JsonLine {
  private static final JsonFactory JSON = new JsonFactory();

  /** An event of CloudWatch Logs may have 256 KiB at least; a longer one is cut in two. */
  private static final int MOST_CHARACTERS = 64 * 1024;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private final JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line);
  private final Set<String> names = new HashSet<>();

  /**
   * Begins a line.
   *
   * @param time when it happened
   */
  public JsonLine(Instant time) {
    json.writeStartObject();
    member("timestamp", LogTime.text(time, ZoneOffset.UTC));
  }

  /**
   * Adds a member; one that the line has already stays as it is.
   *
   * @param name its name
   * @param value a number, a truth, a map, a list, or anything else as text; null is JSON's
   */
  public void member(String name, @Nullable Object value) {
    if (names.add(name)) {
      json.writeName(name);
      value(value);
    }
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
        members.forEach((name, member) -> {
          json.writeName(String.valueOf(name));
          value(member);
        });
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

  void failure(Throwable failure) {
    member("errorType", failure.getClass().getName());
    member("errorMessage", String.valueOf(failure.getMessage()));
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    member("stackTrace", trace);
  }

  /**
   * Ends the line.
   *
   * @return the line in UTF-8, with the line break that ends it and no other
   */
  public byte[] end() {
    json.writeEndObject();
    json.close();
    line.write('\n');
    return line.toByteArray();
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }
}
