package dev.backplane.log;

import java.time.ZoneId;

/** What a line of the log looks like. Whatever is logged, nothing in it can look like a line. */
public enum LogFormat {
  /** For people: time, level, logger and message; a stack trace follows, indented. */
  TEXT {
    @Override
    byte[] line(LogEvent event) {
      return TextLine.of(event, ZoneId.systemDefault());
    }
  },
  /** For programs: one JSON object in one line. */
  JSON {
    @Override
    byte[] line(LogEvent event) {
      JsonLine line = new JsonLine(event.time());
      line.member("level", event.level().toString());
      line.member("logger", event.shortLogger());
      line.member("thread", event.thread());
      line.member("message", event.message());
      event.members().forEach(line::member);
      event.failure().ifPresent(line::failure);
      return line.end();
    }
  };

  /** The whole line in UTF-8, with its end. */
  abstract byte[] line(LogEvent event);
}
