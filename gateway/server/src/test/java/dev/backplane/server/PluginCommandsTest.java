package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.plugin.PluginJar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code backplane plugin} and {@code backplane new}, as far as they need no distribution. */
class PluginCommandsTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern MAVEN_PLUGIN =
      Pattern.compile(
          "<artifactId>(maven-[a-z]+-plugin)</artifactId>\\s*<version>([^<]+)</version>");

  @TempDir private Path directory;

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void forget() {
    out = new StringWriter();
    err = new StringWriter();
  }

  private int run(String... args) {
    return Main.run(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private Path greeting() throws IOException {
    return PluginJar.named("greeting")
        .source(
            Files.readString(
                    Path.of("src/test/resources/broken-plugins/no-service/DiceService.java"))
                .replace("\"dice\"", "\"greeting\""))
        .source(
            Files.readString(
                Path.of("src/test/resources/broken-plugins/no-service/DiceStore.java")))
        .service("com.example.DiceService")
        .buildInto(directory.resolve("plugins"));
  }

  @Test
  void check_of_several_plugins_tells_of_each_and_fails_for_one() throws IOException {
    Path sound = greeting();
    Path none = directory.resolve("none.jar");

    assertThat(run("plugin", "check", sound.toString(), none.toString())).isEqualTo(2);
    assertThat(out)
        .hasToString(
            """
            %1$s
              service     greeting (com.example.DiceService)
              implements  Service, Store
              runs on     Java 21 or newer
            %1$s is fine
            """
                .formatted(sound));
    assertThat(err).hasToString(none + " does not exist; name a jar, or a directory of jars\n");
  }

  @Test
  void check_without_a_file_is_bad_input() {
    assertThat(run("plugin", "check")).isEqualTo(2);
    assertThat(err.toString()).contains("FILE", "Try 'backplane plugin check --help'.");
  }

  @Test
  void plugin_without_a_command_is_bad_input() {
    assertThat(run("plugin")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required subcommand");
  }

  @Test
  void lock_tells_what_has_changed() throws IOException {
    greeting();
    String plugins = directory.resolve("plugins").toString();

    assertThat(run("plugin", "lock", "--plugins", plugins)).isZero();
    assertThat(out).hasToString(plugins + "/plugins.lock lists 1 jar\n  added greeting.jar\n");
    forget();
    assertThat(run("plugin", "lock", "--plugins", plugins)).isZero();
    assertThat(out).hasToString(plugins + "/plugins.lock lists 1 jar, as before\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void lock_without_a_directory_says_which_option() {
    assertThat(run("plugin", "lock")).isEqualTo(2);
    assertThat(err).hasToString("name the directory to lock: --plugins DIR\n");
  }

  @Test
  void lock_of_a_directory_that_is_not_there_says_so() {
    String missing = directory.resolve("none").toString();

    assertThat(run("plugin", "lock", "--plugins", missing)).isEqualTo(2);
    assertThat(err).hasToString("the plugin directory " + missing + " does not exist; create it\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dice",
        "1dice",
        "dice_",
        "dice--two",
        "dice-",
        "d/ice",
        "..",
        "würfel",
        "a2345678901234567890123456789012345678901"
      })
  void new_plugin_with_a_name_that_no_service_has_says_the_rule(String name) {
    assertThat(run("new", "plugin", name)).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "\""
                + name
                + "\" cannot be the name of a service: 1 to 40 lower-case letters, digits and single"
                + " dashes, starting with a letter\n");
  }

  @Test
  void new_plugin_with_a_package_that_is_none_asks_for_another() {
    assertThat(run("new", "plugin", "int")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "\"com.example.int\" is not the name of a Java package; choose another with"
                + " --package\n");
  }

  @Test
  void new_plugin_writes_over_nothing() throws IOException {
    Path there = Files.createDirectory(directory.resolve("dice"));

    assertThat(run("new", "plugin", "dice", "--directory", there.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString(
            there
                + " is there already, and nothing is written over; choose another with"
                + " --directory\n");
    assertThat(there).isEmptyDirectory();
  }

  @Test
  void new_plugin_outside_of_an_installation_says_what_to_run() {
    String target = directory.resolve("dice").toString();

    assertThat(run("new", "plugin", "dice", "--directory", target)).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "a plugin needs the SPI and the testkit, which are in the directory repository of an"
                + " installation; run its bin/backplane\n");
    assertThat(directory.resolve("dice")).doesNotExist();
  }

  /** Versions that this build runs with are there already, and have been tried. */
  @Test
  void template_has_the_versions_of_this_build() throws IOException {
    Map<String, String> ours = versions(ROOT.resolve("pom.xml"));
    Map<String, String> theirs = versions(Path.of("src/main/templates/plugin/pom.xml"));
    assertThat(theirs).hasSize(5);
    assertThat(ours).containsAllEntriesOf(theirs);
  }

  private static Map<String, String> versions(Path pom) throws IOException {
    Map<String, String> versions = new TreeMap<>();
    Matcher plugin = MAVEN_PLUGIN.matcher(Files.readString(pom));
    while (plugin.find()) {
      versions.put(plugin.group(1), plugin.group(2));
    }
    return versions;
  }
}
