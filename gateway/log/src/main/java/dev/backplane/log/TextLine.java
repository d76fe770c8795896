package dev.backplane.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log for people. Only a line of ours begins with a time: the lines of a stack trace
 * are indented, and a line break in a message, or what a terminal would obey, is written as an
 * escape.
 */
final class TextLine {
  private final StringBuilder line = new StringBuilder(256);

  private TextLine() {}

  static byte[] of(LogEvent event, ZoneId zone) {
    TextLine text = new TextLine();
    ZoneOffset offset = zone.getRules().getOffset(event.time());
    text.line.append(LogTime.text(event.time(), offset)).append(' ').append(event.level());
    text.line.append(' ');
    text.escaped(event.shortLogger());
    text.line.append(" - ");
    text.escaped(event.message());
    event.members().forEach((name, value) -> text.member(event.message(), name, value));
    text.line.append('\n');
    event.failure().ifPresent(text::failure);
    return text.line.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What the message says already is not said twice. */
  private void member(String message, String name, @Nullable Object value) {
    String text = String.valueOf(value);
    if (message.contains(text)) {
      return;
    }
    line.append(' ');
    escaped(name);
    line.append('=');
    escaped(text);
  }

  private void failure(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    trace
        .toString()
        .lines()
        .forEach(each -> {
          line.append("  ");
          escaped(each);
          line.append('\n');
        });
  }

  private void escaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      switch (letter) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append('\t');
        default -> {
          if (Character.isISOControl(letter) || letter == '\u2028' || letter == '\u2029') {
            line.append("\\u%04x".formatted((int) letter));
          } else {
            line.append(letter);
          }
        }
      }
    }
  }
}
