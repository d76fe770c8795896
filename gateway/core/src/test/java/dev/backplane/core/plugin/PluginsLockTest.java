package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin directory with a lock gives what the lock lists, and nothing else. */
final class PluginsLockTest {
  private static final String RAN = PluginsLockTest.class.getName() + ".ran";

  @TempDir private Path plugins;
  @TempDir private Path elsewhere;

  private static Path build(Path directory, String name, String text) {
    String className = "Service" + name;
    return PluginJar.named(name)
        .source(
            Sources.service(
                className,
                "static { System.setProperty(\"%s\", \"%s\"); }%n".formatted(RAN, text)
                    + Sources.named(name)
                    + Sources.OPENS_EMPTY))
        .service("com.example." + className)
        .buildInto(directory);
  }

  private void lock() throws IOException {
    PluginsLocking.of(plugins);
  }

  private String problem() {
    try (Plugins found = Plugins.discover(List.of(plugins))) {
      assertThat(found.problems()).hasSize(1);
      return found.problems().getFirst().replace(plugins + "/", "");
    }
  }

  @Test
  void discover_whenTheLockListsEveryJar() throws IOException {
    build(plugins, "a", "a");
    Path b = build(plugins.resolve("b"), "b", "b");
    PluginJar.named("library").source("package lib; public class L {}").buildInto(b.getParent());
    lock();

    try (Plugins found = Plugins.discover(List.of(plugins))) {
      assertThat(found.problems()).isEmpty();
      assertThat(found.names()).containsExactly("a", "b");
    }
  }

  @Test
  void discover_whenAJarIsNotListed_runsNothingOfIt() throws IOException {
    build(plugins, "a", "a");
    lock();
    build(plugins, "b", "b");
    System.clearProperty(RAN);

    assertThat(problem())
        .isEqualTo(
            "b.jar is not listed in plugins.lock; remove it, or if it is to be there, run backplane"
                + " plugin lock --plugins "
                + plugins);
    assertThat(System.clearProperty(RAN)).isEqualTo("a");
  }

  @Test
  void discover_whenAJarHasChanged_runsNothingOfIt() throws IOException {
    build(plugins, "a", "first");
    lock();
    build(plugins, "a", "second");
    System.clearProperty(RAN);

    assertThat(problem())
        .matches(
            "a\\.jar is not the jar that plugins\\.lock lists: its SHA-256 is [0-9a-f]{64} and not"
                + " [0-9a-f]{64}; put the listed one back, or if the change is meant, run backplane"
                + " plugin lock --plugins .*");
    assertThat(System.getProperty(RAN)).isNull();
  }

  @Test
  void discover_whenALibraryOfAPluginHasChanged_refusesThePlugin() throws IOException {
    build(plugins.resolve("a"), "a", "a");
    PluginJar library = PluginJar.named("library").file("x", "1");
    library.buildInto(plugins.resolve("a"));
    lock();
    library.file("x", "2").buildInto(plugins.resolve("a"));

    assertThat(problem()).startsWith("a/library.jar is not the jar that plugins.lock lists");
    try (Plugins found = Plugins.discover(List.of(plugins))) {
      assertThat(found.names()).isEmpty();
    }
  }

  @Test
  void discover_whenAListedJarIsMissing() throws IOException {
    build(plugins, "a", "a");
    Path b = build(plugins, "b", "b");
    lock();
    Files.delete(b);

    assertThat(problem())
        .isEqualTo(
            "plugins.lock lists what is not there: b.jar; put it back, or if it is not needed any"
                + " more, run backplane plugin lock --plugins "
                + plugins);
  }

  @Test
  void discover_whenALineIsMalformed_loadsNothing() throws IOException {
    build(plugins, "a", "a");
    lock();
    Path file = plugins.resolve("plugins.lock");
    for (String line :
        List.of("# a comment", "", "abc  a.jar", "0".repeat(64), "0".repeat(64) + "  a\u0000")) {
      Files.writeString(
          file, Files.readString(file).lines().findFirst().get() + "\n" + line + "\n");
      System.clearProperty(RAN);

      assertThat(problem())
          .isEqualTo(
              "line 2 of plugins.lock is not a SHA-256, two spaces and the path of a jar; run"
                  + " backplane plugin lock --plugins "
                  + plugins);
      assertThat(System.getProperty(RAN)).isNull();
    }
  }

  @Test
  void discover_whenAJarIsListedTwice() throws IOException {
    build(plugins, "a", "a");
    Files.writeString(
        plugins.resolve("plugins.lock"),
        "0".repeat(64) + "  a.jar\n" + "1".repeat(64) + "  ./a.jar\n");

    assertThat(problem()).startsWith("plugins.lock lists a.jar twice, with two SHA-256; run ");
  }

  @Test
  void discover_whenTheLockIsNoText() throws IOException {
    Files.write(plugins.resolve("plugins.lock"), new byte[] {(byte) 0xff, 0});

    assertThat(problem()).startsWith("plugins.lock is not a text in UTF-8; run ");
  }

  @Test
  void discover_whenTheLockIsWrittenBySha256sum() throws IOException {
    build(plugins, "a", "a");
    lock();
    Path file = plugins.resolve("plugins.lock");
    // with its mark for binary files, with digits in capitals, with a path from `find`
    String line = Files.readString(file);
    Files.writeString(
        file, line.substring(0, 64).toUpperCase(java.util.Locale.ROOT) + " *./a.jar\n");

    try (Plugins found = Plugins.discover(List.of(plugins))) {
      assertThat(found.problems()).isEmpty();
      assertThat(found.names()).containsExactly("a");
    }
  }

  @Test
  void discoverAgain_whenTheLockHasChanged_looksAtWhatIsAtWork() throws IOException {
    Path jar = build(plugins, "a", "first");
    try (Plugins first = Plugins.discover(List.of(plugins), List.of(plugins))) {
      lock();
      try (Plugins locked = first.discoverAgain(List.of(plugins))) {
        assertThat(locked.problems()).isEmpty();
        Path next = build(elsewhere, "a", "second");
        Files.move(next, jar, StandardCopyOption.REPLACE_EXISTING);
        try (Plugins refused = locked.discoverAgain(List.of(plugins))) {
          assertThat(refused.problems()).hasSize(1);
          lock();
          try (Plugins again = refused.discoverAgain(List.of(plugins))) {
            assertThat(again.problems()).isEmpty();
            assertThat(again.names()).containsExactly("a");
          }
        }
        Files.writeString(plugins.resolve("plugins.lock"), "");
        try (Plugins empty = locked.discoverAgain(List.of(plugins))) {
          assertThat(empty.problems()).hasSize(1);
          assertThat(empty.names()).isEmpty();
        }
      }
    }
  }

  @Test
  void locking_tellsWhatHasChanged() throws IOException {
    build(plugins, "a", "a");
    build(plugins, "b", "b");
    assertThat(PluginsLocking.of(plugins).changes()).containsExactly("added a.jar", "added b.jar");
    Path file = plugins.resolve("plugins.lock");
    assertThat(file).content().matches("([0-9a-f]{64}  [ab]\\.jar\n){2}");
    assertThat(PluginsLocking.of(plugins).changes()).isEmpty();

    build(plugins, "a", "other");
    Files.delete(plugins.resolve("b.jar"));
    build(plugins.resolve("c"), "c", "c");
    PluginsLocking again = PluginsLocking.of(plugins);
    assertThat(again.changes()).containsExactly("changed a.jar", "removed b.jar", "added c/c.jar");
    assertThat(again.jars()).isEqualTo(2);
    try (var files = Files.list(plugins)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("a.jar", "c", "plugins.lock");
    }
  }

  @Test
  void locking_whenTheOldLockIsMalformed_writesAnew() throws IOException {
    build(plugins, "a", "a");
    Files.writeString(plugins.resolve("plugins.lock"), "what is this");

    assertThat(PluginsLocking.of(plugins).changes()).containsExactly("added a.jar");
  }

  @Test
  void locking_whenAJarCannotBeRead_writesNothing() throws IOException {
    Files.writeString(plugins.resolve("a.jar"), "not a jar");

    assertThatThrownBy(() -> PluginsLocking.of(plugins))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.jar cannot be read");
    assertThat(plugins.resolve("plugins.lock")).doesNotExist();
  }
}
