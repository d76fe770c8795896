package dev.backplane.core.mapping;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Says in our words what the parser refused: its own words quote the file, where a secret may
 * stand.
 */
final class YamlMistakes {
  static final String UNKNOWN = "this is not valid YAML";

  private YamlMistakes() {}

  static void report(YamlEngineException refused, String text, Reading reading) {
    if (refused instanceof MarkedYamlEngineException marked) {
      Optional<Mark> mark = marked.getProblemMark().or(marked::getContextMark);
      String problem = String.valueOf(marked.getProblem());
      mark.ifPresentOrElse(
          at -> reading.report(position(at), explain(problem)),
          () -> reading.report(explain(problem)));
      return;
    }
    if (refused instanceof ReaderException) {
      reading.report(firstUnprintable(text), "this character is not allowed in YAML");
      return;
    }
    reading.report(UNKNOWN);
  }

  static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Where a text that is cut off ends. */
  static Position end(CharSequence text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean followed = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !followed)) {
        line++;
        column = 1;
      } else if (!Character.isLowSurrogate(c) && c != '\r') {
        column++;
      }
    }
    return new Position(line, column);
  }

  private static Position firstUnprintable(String text) {
    int i = 0;
    while (i < text.length() && StreamReader.isPrintable(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return end(text.substring(0, i));
  }

  private static String explain(String problem) {
    if (problem.contains("TAB")) {
      return "a tab stands where only spaces may: indent with spaces";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "this \": \" is not expected here: indent the line like its neighbours, or put a text"
          + " that has \": \" in quotes";
    }
    if (problem.startsWith("could not find expected ':'")) {
      return "a key above has no \":\" after it; a key and its value are written \"key: value\"";
    }
    if (problem.startsWith("expected <block end>")) {
      return "this does not fit the lines above: check the indentation and the quotes";
    }
    if (problem.startsWith("expected ',' or")) {
      return "a comma or the closing bracket is missing; inside {...} and [...], a text with"
          + " ${...} or one of , [ ] { } needs quotes";
    }
    if (problem.startsWith("found unexpected end of stream")) {
      return "a quote is opened and never closed";
    }
    if (problem.startsWith("found unknown escape") || problem.startsWith("expected escape")) {
      return "\\ starts an escape in a text in \"double quotes\": write \\\\, or use 'single"
          + " quotes'";
    }
    if (problem.startsWith("found character")) {
      return "a text cannot start with this character: put the text in quotes";
    }
    if (problem.startsWith("sequence entries are not allowed")) {
      return "this \"- \" is not expected here: check the indentation";
    }
    return UNKNOWN;
  }
}
