package dev.backplane.server;

import dev.backplane.log.LogFormat;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what is written about what the server does. */
final class LogOptions {
  private static final String OFF = "off";

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = {
        "What the log on standard error is like: text for people, or json for programs, where what"
            + " is printed goes there, too. BACKPLANE_LOG_LEVEL says how much. Default: text"
      },
      converter = Format.class)
  private LogFormat format = LogFormat.TEXT;

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description = {
        "Where to write a line of JSON about each request: a file, - for standard output, off for"
            + " nowhere. Default: off"
      },
      converter = Target.class)
  private String access = OFF;

  @Option(
      names = "--access-log-anonymous",
      description = {
        "Leaves out of the access log what tells of a person: address, name and browser."
      })
  private boolean anonymous;

  LogFormat format() {
    return format;
  }

  /**
   * Opens the access log and begins to write it.
   *
   * @return the log; empty where none is wanted
   * @throws IOException when it cannot be written; the message says what to change
   */
  Optional<AccessLog> openAccessLog() throws IOException {
    if (access.equals(OFF)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new AccessLog(LogFile.open(access), anonymous).start());
    } catch (IOException | InvalidPathException failure) {
      throw new IOException(
          "The access log cannot be written to "
              + access
              + " ("
              + failure.getClass().getSimpleName()
              + "): give --access-log a file in a directory that is there and may be written.",
          failure);
    }
  }

  static final class Format implements ITypeConverter<LogFormat> {
    @Override
    public LogFormat convert(String value) {
      return switch (value) {
        case "text" -> LogFormat.TEXT;
        case "json" -> LogFormat.JSON;
        default ->
            throw new TypeConversionException(
                "'" + value + "' is no log format: give text or json");
      };
    }
  }

  static final class Target implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (value.isBlank()) {
        throw new TypeConversionException("'' is no file: give one, or -, or off");
      }
      return value;
    }
  }
}
