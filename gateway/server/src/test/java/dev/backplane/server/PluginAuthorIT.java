package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From an empty folder to an answer over HTTP, as docs/plugins.md leads its reader. */
@Timeout(600)
class PluginAuthorIT {
  private static final Path PAGE = Path.of("..", "..", "docs", "plugins.md");

  @TempDir private Path folder;

  @Test
  void every_command_of_the_page_does_what_it_shows() throws Exception {
    try (PageFollower reader = new PageFollower(PAGE, folder, Map.of())) {
      String said = reader.follow();

      Matcher tests = Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0").matcher(said);
      assertThat(tests.find()).isTrue();
      assertThat(Integer.parseInt(tests.group(1))).isGreaterThan(80);
    }
  }
}
