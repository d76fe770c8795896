package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/owasp.md points to are there, some for each of the ten risks. */
class OwaspPageTest {
  private static final Path PROJECT = Path.of("..", "..");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

  @Test
  void everyRisk_isShownByTests_thatAreThere() throws IOException {
    Map<String, String> sources = sources();
    String[] sections = Files.readString(PROJECT.resolve("docs/owasp.md")).split("\n(?=## )", -1);
    List<String> risks =
        Arrays.stream(sections).filter(section -> section.startsWith("## API")).toList();
    assertThat(risks.stream().map(risk -> risk.replaceFirst("(?s)## (API\\d+:2023) .*", "$1")))
        .isEqualTo(IntStream.rangeClosed(1, 10).mapToObj(n -> "API" + n + ":2023").toList());
    for (String risk : risks) {
      List<MatchResult> named = NAMED.matcher(risk).results().toList();
      assertThat(named).as(risk).isNotEmpty();
      for (MatchResult test : named) {
        assertThat(method(sources.getOrDefault(test.group(1), ""), test.group(2)))
            .as(test.group())
            .containsAnyOf("@Test", "@ParameterizedTest");
      }
    }
  }

  /** What stands before the name of a method, from the empty line before it on. */
  private static String method(String source, String name) {
    int end = source.indexOf("void " + name + "(");
    return end < 0 ? "" : source.substring(source.lastIndexOf("\n\n", end), end);
  }

  /** The sources of all tests, by the name of their class. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String parent : List.of("gateway", "plugins")) {
      try (Stream<Path> modules = Files.list(PROJECT.resolve(parent))) {
        for (Path module : modules.toList()) {
          read(module.resolve("src/test/java"), sources);
        }
      }
    }
    return sources;
  }

  private static void read(Path tests, Map<String, String> sources) throws IOException {
    if (!Files.isDirectory(tests)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tests)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.merge(name, Files.readString(file), String::concat);
      }
    }
  }
}
