package dev.backplane.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The inputs that fuzzing once found worth keeping: {@code src/test/resources/fuzz/<target>}. */
public final class Corpus {
  private Corpus() {}

  /**
   * Gives a target every input that was kept for it.
   *
   * @param target whose inputs
   * @param fuzzer takes one, and fails when what should hold does not
   */
  public static void replay(Class<?> target, Consumer<byte[]> fuzzer) {
    List<Path> inputs = inputs(target);
    assertThat(inputs).isNotEmpty();
    for (Path input : inputs) {
      try {
        fuzzer.accept(Files.readAllBytes(input));
      } catch (Exception | AssertionError | StackOverflowError failure) {
        throw new AssertionError("with the input " + input, failure);
      }
    }
  }

  private static List<Path> inputs(Class<?> target) {
    String name = "/fuzz/" + target.getSimpleName();
    URL directory = Objects.requireNonNull(target.getResource(name), name);
    try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
      return files.sorted().toList();
    } catch (IOException | URISyntaxException unreadable) {
      throw new AssertionError(name, unreadable);
    }
  }
}
