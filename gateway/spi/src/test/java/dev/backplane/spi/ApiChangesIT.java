package dev.backplane.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What changed in the SPI since its first version is written down, so that a review sees it. */
class ApiChangesIT {
  private static final Path FOUND = Path.of("target", "japicmp", "first.diff");
  private static final Path WRITTEN = Path.of("promise", "api-changes.txt");

  @Test
  void changes_since_the_first_version_are_written_down() throws IOException {
    List<String> found = Files.readAllLines(FOUND);
    assertThat(Files.readAllLines(WRITTEN))
        .as(
            "The SPI has changed. If that is meant, write it down:%n"
                + "  tail -n +2 gateway/spi/target/japicmp/first.diff"
                + " > gateway/spi/promise/api-changes.txt%n"
                + "and say it in CHANGELOG.md; docs/decisions/0023 says what may change")
        .isEqualTo(found.subList(1, found.size())); // the first line names the files
  }
}
