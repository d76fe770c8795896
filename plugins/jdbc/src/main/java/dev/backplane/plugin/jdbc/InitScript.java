package dev.backplane.plugin.jdbc;

import dev.backplane.spi.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a script apart into its statements, at each {@code ;} that stands in no text, quoted name
 * or comment. For one thread.
 */
final class InitScript {
  private final String script;
  private final List<String> statements = new ArrayList<>();
  private int start;
  private int at;

  private InitScript(String script) {
    this.script = script;
  }

  static List<String> read(Settings settings, String key, Path file) {
    try {
      return statements(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw settings.wrong(key, "should be the path of a file in UTF-8 that can be read");
    }
  }

  static List<String> statements(String script) {
    InitScript reader = new InitScript(script);
    while (reader.at < script.length()) {
      reader.step();
    }
    reader.end();
    return List.copyOf(reader.statements);
  }

  private void step() {
    char c = script.charAt(at);
    if (c == ';') {
      end();
      at++;
      start = at;
    } else if (c == '\'' || c == '"' || c == '`') {
      skipPast(String.valueOf(c), at + 1);
    } else if (script.startsWith("--", at)) {
      skipPast("\n", at);
    } else if (script.startsWith("/*", at)) {
      skipPast("*/", at + 2);
    } else if (c == '$') {
      dollar();
    } else {
      at++;
    }
  }

  /** PostgreSQL's {@code $tag$ … $tag$}. */
  private void dollar() {
    int close = script.indexOf('$', at + 1);
    if (close < 0 || !script.substring(at + 1, close).matches("\\w*")) {
      at++;
      return;
    }
    String tag = script.substring(at, close + 1);
    skipPast(tag, close + 1);
  }

  private void skipPast(String what, int from) {
    int found = script.indexOf(what, from);
    at = found < 0 ? script.length() : found + what.length();
  }

  private void end() {
    String statement = script.substring(start, at).strip();
    if (!withoutComments(statement).isBlank()) {
      statements.add(statement);
    }
  }

  private static String withoutComments(String statement) {
    return statement.replaceAll("(?s)--[^\n]*|/\\*.*?\\*/", "");
  }
}
