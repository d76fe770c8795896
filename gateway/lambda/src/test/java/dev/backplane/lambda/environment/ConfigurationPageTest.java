package dev.backplane.lambda.environment;

import static dev.backplane.core.docs.GeneratedPart.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.EnvironmentVariable;
import dev.backplane.core.docs.GeneratedPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The variables of the function in docs/configuration.md are those that it reads. */
class ConfigurationPageTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern VARIABLE =
      Pattern.compile("\"(?:BACKPLANE|AWS|LAMBDA)_[A-Z_0-9]*\"");

  @Test
  void page_whenCompared_hasEveryVariable() throws IOException {
    List<List<String>> rows =
        FunctionVariables.ALL.stream()
            .map(each -> List.of(code(each.name()), code(each.fallback()), each.meaning()))
            .toList();

    new GeneratedPart("function variables")
        .check(GeneratedPart.table(List.of("variable", "when not set", "meaning"), rows));
  }

  private static final Set<EnvironmentVariable> OF_THE_LOG =
      Set.of(FunctionVariables.LOG_LEVEL, FunctionVariables.LOG_LEVEL_OF_LAMBDA);

  @Test
  void sources_whenTheyNameAVariable_doSoInTheList() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> naming =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !variables(file).isEmpty())
              .toList();
      assertThat(naming)
          .extracting(Path::getFileName)
          .containsExactly(Path.of("FunctionVariables.java"));
      assertThat(variables(naming.getFirst()))
          .containsExactlyInAnyOrderElementsOf(
              FunctionVariables.ALL.stream()
                  .filter(each -> !OF_THE_LOG.contains(each))
                  .map(each -> '"' + each.name() + '"')
                  .filter(each -> VARIABLE.matcher(each).matches())
                  .toList());
    }
  }

  private static List<String> variables(Path file) {
    try {
      return VARIABLE.matcher(Files.readString(file)).results().map(MatchResult::group).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
