package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as far as it ends by itself. */
class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void no_arguments_show_the_usage() {
    assertThat(run(Map.of())).isEqualTo(2);
    assertThat(err.toString()).startsWith("Usage: backplane").contains("serve", "validate");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void help_shows_commands_and_exit_codes() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out.toString()).contains("serve", "validate", "plugins", "Exit codes:");
  }

  @Test
  void help_of_a_command_shows_its_options() {
    assertThat(run(Map.of(), "serve", "--help")).isZero();
    assertThat(out.toString())
        .contains("--mapping", "--port", "--host", "--plugins", "--drain", "127.0.0.1");
  }

  @Test
  void version_shows_version_and_java() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(out.toString())
        .matches("(?s)Backplane \\d+\\.\\d+\\.\\d+\\S*, commit \\w+\\RJava \\d+.*")
        .doesNotContain("$");
  }

  @Test
  void unknown_option_is_bad_input() {
    assertThat(run(Map.of(), "serve", "--prot", "1")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--prot", "Try 'backplane serve --help'.")
        .doesNotContain("\tat ");
  }

  @Test
  void unknown_command_is_bad_input() {
    assertThat(run(Map.of(), "server")).isEqualTo(2);
    assertThat(err.toString()).contains("server", "serve");
  }

  @Test
  void port_out_of_range_is_bad_input() {
    assertThat(run(Map.of(), "serve", "--port", "65536")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--port", "'65536' is not a port: give 0 to 65535")
        .doesNotContain("environment");
  }

  @Test
  void mistake_in_the_environment_names_the_variable() {
    assertThat(run(Map.of("BACKPLANE_PORT", "http"), "serve")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'http' is not a port", "it comes from the environment: BACKPLANE_PORT");
  }

  @Test
  void drain_that_is_no_duration_is_bad_input() {
    assertThat(run(Map.of("BACKPLANE_DRAIN", "10"), "serve")).isEqualTo(2);
    assertThat(err.toString()).contains("'10' is not a duration", "BACKPLANE_DRAIN");
  }

  @Test
  void option_wins_over_the_environment() {
    assertThat(run(Map.of("BACKPLANE_PORT", "1"), "serve", "--port", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("'x' is not a port").doesNotContain("environment");
  }

  @Test
  void missing_mapping_is_one_line() {
    String missing = directory.resolve("none.yaml").toString();

    assertThat(run(Map.of(), "serve", "--mapping", missing)).isEqualTo(2);
    assertThat(err.toString()).contains(missing).satisfies(MainTest::oneLine);
  }

  @Test
  void mapping_from_the_environment_is_read() {
    String missing = directory.resolve("none.yaml").toString();

    assertThat(run(Map.of("BACKPLANE_MAPPING", missing), "serve")).isEqualTo(2);
    assertThat(err.toString()).contains(missing).satisfies(MainTest::oneLine);
  }

  @Test
  void validate_reports_every_mistake_on_a_line_of_its_own() throws Exception {
    Path mapping =
        Files.writeString(
            directory.resolve("mapping.yaml"),
            """
            resources:
              mocks: memori
              users:
                service: memory
                page-siez: 10
            """);

    assertThat(run(Map.of(), "validate", mapping.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith(mapping + ":"))
        .anySatisfy(line -> assertThat(line).contains("memori"))
        .anySatisfy(line -> assertThat(line).contains("page-siez"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void validate_sums_up_a_valid_mapping() throws Exception {
    Path mapping =
        Files.writeString(
            directory.resolve("mapping.yaml"), "resources:\n  a: memory\n  b: memory\n");

    assertThat(run(Map.of(), "validate", mapping.toString())).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(mapping + " is valid: 2 resources, served by memory\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void tables_prints_what_a_mapping_needs_as_a_template() throws Exception {
    Path example = Path.of("src/test/resources/tables");

    assertThat(run(Map.of(), "tables", "--mapping", example.resolve("mapping.yaml").toString()))
        .isZero();
    assertThat(out.toString()).isEqualTo(Files.readString(example.resolve("template.yaml")));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void tables_of_a_mapping_without_any_prints_an_empty_template() throws Exception {
    Path mapping =
        Files.writeString(directory.resolve("mapping.yaml"), "resources:\n  a: memory\n");

    assertThat(run(Map.of("BACKPLANE_MAPPING", mapping.toString()), "tables")).isZero();
    assertThat(out.toString()).isEqualTo("Resources: {}\n");
    assertThat(err.toString()).contains("needs no tables").satisfies(MainTest::oneLine);
  }

  @Test
  void tables_of_resources_that_contradict_each_other_names_the_place() throws Exception {
    Path mapping =
        Files.writeString(
            directory.resolve("mapping.yaml"),
            """
            services:
              dynamodb:
                settings: { region: eu-west-1, table: shared }
            resources:
              a: dynamodb
              b:
                service: dynamodb
                settings:
                  key: name
            """);

    assertThat(run(Map.of(), "tables", "--mapping", mapping.toString())).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(line).startsWith(mapping + ":").contains("key", "another resource"));
  }

  @Test
  void plugins_lists_what_is_on_the_class_path() {
    assertThat(run(Map.of(), "plugins")).isZero();
    assertThat(out.toString()).startsWith("SERVICES ").contains("memory", "dynamodb");
  }

  @Test
  void plugins_names_a_broken_one() throws Exception {
    Files.writeString(directory.resolve("broken.jar"), "not a jar");

    assertThat(run(Map.of("BACKPLANE_PLUGINS", directory.toString()), "plugins")).isEqualTo(2);
    assertThat(out.toString()).contains("memory");
    assertThat(err.toString()).contains("broken.jar").satisfies(MainTest::oneLine);
  }

  @Test
  void plugins_refuses_a_directory_that_is_not_there() {
    String missing = directory.resolve("none").toString();

    assertThat(run(Map.of(), "plugins", "--plugins", missing)).isEqualTo(2);
    assertThat(err.toString()).contains(missing).satisfies(MainTest::oneLine);
  }

  private static void oneLine(String text) {
    assertThat(text.lines()).hasSize(1);
  }

  private int run(Map<String, String> environment, String... args) {
    return Main.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
