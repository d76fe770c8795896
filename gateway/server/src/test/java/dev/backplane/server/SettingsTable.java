package dev.backplane.server;

import static dev.backplane.core.docs.GeneratedPart.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.docs.GeneratedPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the README of a plugin says about its settings.
 *
 * @param rows what a setting means and what holds without it, by its dotted key; {@code *} stands
 *     for a name that the mapping chooses
 * @param readme all that it says
 */
record SettingsTable(Map<String, Row> rows, String readme) {
  private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

  /** What a setting means and what holds without it, in Markdown. */
  record Row(String meaning, String fallback) {}

  /**
   * Reads the tables whose first column is headed {@code setting}, {@code of `group`}, or {@code of
   * an index}.
   */
  static SettingsTable read(Path readme) throws IOException {
    Map<String, Row> rows = new LinkedHashMap<>();
    String prefix = null;
    for (String line : Files.readAllLines(readme)) {
      List<String> cells =
          List.of(line.replaceFirst("^\\| ?", "").replaceFirst(" ?\\|$", "").split(" \\| ", -1));
      if (!line.startsWith("|")) {
        prefix = null;
      } else if (cells.getFirst().equals("setting")) {
        prefix = "";
      } else if (cells.getFirst().equals("of an index")) {
        prefix = "indexes.*.";
      } else if (cells.getFirst().startsWith("of `")) {
        prefix = cells.getFirst().split("`")[1] + ".";
      } else if (prefix != null && line.startsWith("| `")) {
        List<String> names = names(cells.getFirst());
        List<String> fallbacks = fallbacks(cells.size() > 2 ? cells.get(2) : "", names.size());
        for (int i = 0; i < names.size(); i++) {
          rows.put(prefix + names.get(i), new Row(cells.get(1), fallbacks.get(i)));
        }
      }
    }
    return new SettingsTable(rows, Files.readString(readme));
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map(match -> match.group(1)).toList();
  }

  /** One for each setting, or one for all. */
  private static List<String> fallbacks(String cell, int settings) {
    List<String> parts = List.of(cell.split(", (?:and )?", -1));
    return parts.size() == settings ? parts : Collections.nCopies(settings, cell);
  }

  /**
   * The table for the page.
   *
   * @param settings what the plugin asks for, and what it takes for each
   */
  String with(Map<String, String> settings) {
    assertThat(settings.keySet())
        .as("the settings that the plugin asks for, and those of its README")
        .containsAll(rows.keySet());
    List<List<String>> cells = new ArrayList<>();
    settings.forEach((key, value) -> {
      Row row = Optional.ofNullable(rows.get(key)).orElseGet(() -> explainedElsewhere(key));
      cells.add(List.of(code(key), value, row.fallback(), row.meaning()));
    });
    return GeneratedPart.table(List.of("setting", "value", "when missing", "meaning"), cells);
  }

  /**
   * A setting without a row of its own: one of a group, or one that the row of another explains.
   */
  private Row explainedElsewhere(String key) {
    if (key.endsWith(".*")) {
      return new Row("", "");
    }
    String name = key.substring(key.lastIndexOf('.') + 1);
    Pattern word = Pattern.compile("[`{ ]" + name + "[`:,}]");
    assertThat(word.matcher(readme).find())
        .as("the README says nothing of the setting %s", key)
        .isTrue();
    return key.contains(".")
        ? new Row("", "")
        : rows.entrySet().stream()
            .filter(other -> word.matcher(other.getValue().toString()).find())
            .map(other -> new Row("see " + code(other.getKey()), ""))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no row of the README tells of " + key));
  }
}
