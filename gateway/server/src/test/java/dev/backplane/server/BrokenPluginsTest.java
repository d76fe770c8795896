package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.plugin.PluginJar;
import dev.backplane.plugin.memory.MemoryService;
import dev.backplane.spi.Service;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@code backplane plugin check} says of the plugins in the resources {@code broken-plugins}:
 * one directory for each mistake, with its sources and the sentence that its user reads.
 */
class BrokenPluginsTest {
  private static final Path SOURCES = Path.of("src", "test", "resources", "broken-plugins");
  private static final String SERVICE = "com.example.DiceService";
  private static final String LIBRARY = "com.example.Library";
  private static final int HERE = Runtime.version().feature();
  private static final int NEWER = HERE + 2;

  /** How each of them is packed. */
  enum Mistake {
    BAD_NAME(jar -> jar.service(SERVICE)),
    CHANGED(jar -> jar.service(SERVICE)),
    CONSTRUCTOR_THROWS(jar -> jar.service(SERVICE)),
    MISSING_CLASS(jar -> jar.service(SERVICE).without(LIBRARY)),
    MISSING_CLASS_LATER(jar -> jar.service(SERVICE).without(LIBRARY)),
    NEWER_JAVA(jar -> jar.service(SERVICE).compiledFor(SERVICE, NEWER)),
    NEWER_LIBRARY(jar -> jar.service(SERVICE).compiledFor(LIBRARY, NEWER)),
    NO_INTERFACE(jar -> jar.service("com.example.DiceStore")),
    NO_SERVICE(UnaryOperator.identity()),
    PACKED_SPI(jar -> jar.service(SERVICE).bundlingTheSpi()),
    TAKEN_NAME(jar -> jar.service(SERVICE)),
    UNLISTED(jar -> jar.service(SERVICE));

    private final UnaryOperator<PluginJar> packing;

    Mistake(UnaryOperator<PluginJar> packing) {
      this.packing = packing;
    }

    Path sources() {
      return SOURCES.resolve(name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }
  }

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void check_says_what_is_wrong(Mistake mistake) throws Exception {
    Path jar = build(mistake);
    lockAs(mistake);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int code =
        Main.run(
            Map.of(),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "plugin",
            "check",
            jar.toString(),
            "--plugins",
            directory.toString());

    assertThat(err.toString().replace(directory + "/", "")).isEqualTo(sentence(mistake, jar));
    assertThat(out.toString()).doesNotContain("is fine");
    assertThat(code).isEqualTo(2);
  }

  /** The same sentence, where a gateway is to load the plugin. */
  @ParameterizedTest
  @EnumSource(
      names = {"MISSING_CLASS_LATER", "NEWER_LIBRARY", "PACKED_SPI"},
      mode = EnumSource.Mode.EXCLUDE) // these only show when a request comes, or do no harm
  void plugins_says_the_same(Mistake mistake) throws Exception {
    Path jar = build(mistake);
    lockAs(mistake);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int code =
        Main.run(
            Map.of("BACKPLANE_PLUGINS", directory.toString()),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "plugins");

    assertThat(err.toString().replace(directory + "/", "")).isEqualTo(sentence(mistake, jar));
    assertThat(code).isEqualTo(2);
  }

  @Test
  void every_directory_is_a_mistake_and_the_page_shows_those_that_authors_make() throws Exception {
    try (Stream<Path> directories = Files.list(SOURCES)) {
      assertThat(directories)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(Mistake.values()).map(Mistake::sources).toList());
    }
    String page = Files.readString(Path.of("..", "..", "docs", "plugins.md"));
    for (Mistake shown :
        List.of(
            Mistake.NO_SERVICE,
            Mistake.NEWER_JAVA,
            Mistake.CONSTRUCTOR_THROWS,
            Mistake.MISSING_CLASS_LATER,
            Mistake.UNLISTED)) {
      String says =
          Files.readString(shown.sources().resolve("says.txt"))
              .strip()
              .replace("{newer}", "27")
              .replace("{here}", "25")
              .replace("{directory}", "my-plugins")
              .replace("plugins.lock;", "my-plugins/plugins.lock;")
              .replace("dice.jar is not", "my-plugins/dice.jar is not");
      assertThat(page).contains("| `" + says + "` |");
    }
  }

  private Path build(Mistake mistake) throws IOException {
    PluginJar plugin = PluginJar.named("dice");
    try (Stream<Path> files = Files.list(mistake.sources())) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
        plugin.source(Files.readString(file));
      }
    }
    return mistake.packing.apply(plugin).buildInto(directory);
  }

  private void lockAs(Mistake mistake) throws IOException {
    Path lock = directory.resolve("plugins.lock");
    if (mistake == Mistake.UNLISTED) {
      Files.createFile(lock);
    } else if (mistake == Mistake.CHANGED) {
      Files.writeString(lock, "0".repeat(64) + "  dice.jar\n");
    }
  }

  private String sentence(Mistake mistake, Path jar) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
    return Files.readString(mistake.sources().resolve("says.txt"))
        .replace("{newer}", "" + NEWER)
        .replace("{here}", "" + HERE)
        .replace("{sha256}", HexFormat.of().formatHex(digest))
        .replace("{directory}", directory.toString())
        .replace("{memory}", locationOf(MemoryService.class).toString())
        .replace("{spi}", "" + spiClasses());
  }

  private static Path locationOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Without the module's descriptor, which is in no package. */
  private static long spiClasses() throws Exception {
    Path spi = locationOf(Service.class);
    if (Files.isDirectory(spi)) {
      return count(spi);
    }
    try (java.nio.file.FileSystem jar = java.nio.file.FileSystems.newFileSystem(spi)) {
      return count(jar.getPath("/"));
    }
  }

  private static long count(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".class") && !file.endsWith("module-info.class"))
          .count();
    }
  }
}
