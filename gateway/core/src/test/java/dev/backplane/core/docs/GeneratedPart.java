package dev.backplane.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A part of docs/configuration.md that is made from the code: what stands between {@code <!-- begin
 * NAME -->} and {@code <!-- end NAME -->}. The module whose code it is made from has a test that
 * calls {@link #check}.
 *
 * @param name the part's
 */
public record GeneratedPart(String name) {
  /** From the directory of a module below gateway/. */
  public static final Path PAGE = Path.of("..", "..", "docs", "configuration.md");

  private static final String HOW =
      "docs/configuration.md is made from the code; write it anew with:"
          + " ./mvnw -pl gateway/server,gateway/lambda -am test -Dtest=ConfigurationPageTest"
          + " -Dconfiguration.write=true -Dsurefire.failIfNoSpecifiedTests=false";

  /**
   * Fails when the page says something else; with {@code -Dconfiguration.write=true}, writes it
   * there first.
   *
   * @param made what the code says, in Markdown
   * @throws IOException when the page cannot be read
   */
  public void check(String made) throws IOException {
    String begin = "<!-- begin " + name + " -->\n";
    String end = "<!-- end " + name + " -->\n";
    String page = Files.readString(PAGE);
    assertThat(page).containsOnlyOnce(begin).containsOnlyOnce(end);
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    String part = "\n" + made + "\n";
    if (Boolean.getBoolean("configuration.write")) {
      Files.writeString(PAGE, page.substring(0, from) + part + page.substring(to));
      return;
    }
    assertThat(page.substring(from, to)).as(HOW).isEqualTo(part);
  }

  /**
   * A table.
   *
   * @param heads of its columns
   * @param rows its cells
   * @return the table in Markdown
   */
  public static String table(List<String> heads, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(row(heads));
    table.append("| --- ".repeat(heads.size())).append("|\n");
    rows.forEach(cells -> table.append(row(cells)));
    return table.toString();
  }

  private static String row(List<String> cells) {
    StringBuilder row = new StringBuilder();
    cells.forEach(
        cell -> row.append(cell.isEmpty() ? "| " : "| " + cell.replace("|", "\\|") + " "));
    return row.append("|\n").toString();
  }

  /**
   * A text as code.
   *
   * @param text what may be empty
   * @return the text in back quotes; nothing of nothing
   */
  public static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
