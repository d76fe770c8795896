package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.docs.GeneratedPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/operations.md has its reader do, and the files that it names, work with this version.
 */
@Timeout(300)
class OperationsPageIT {
  private static final Path DOCS = Path.of("..", "..", "docs");
  private static final Path FILES = DOCS.resolve("examples").resolve("run");

  @TempDir private Path folder;

  @Test
  void every_command_of_the_page_does_what_it_shows() throws Exception {
    Map<String, String> secret = Map.of("CURSOR_SECRET", "of the reader of this page");
    try (PageFollower reader = new PageFollower(DOCS.resolve("operations.md"), folder, secret)) {
      assertThat(reader.follow()).contains("writer");
    }
  }

  /** The mapping in the manifest, with the variables that its container gets, and no database. */
  @Test
  void mapping_for_kubernetes_is_valid_and_served_before_its_database() throws Exception {
    String manifest = Files.readString(FILES.resolve("kubernetes.yaml"));
    Files.writeString(folder.resolve("mapping.yaml"), mapping(manifest));
    Files.writeString(folder.resolve("keys.json"), "[]");
    Map<String, String> environment =
        Pattern.compile("- name: ([A-Z_]+)\\n +valueFrom")
            .matcher(manifest)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toMap(name -> name, name -> value(manifest, name)));
    assertThat(environment).hasSize(3);
    environment.put("DATABASE_URL", "jdbc:postgresql://localhost:1/shop");

    ServerProcess.Finished checked =
        ServerProcess.run(folder, environment, "validate", "mapping.yaml");
    assertThat(checked.exitCode()).as(checked.errors()).isZero();
    assertThat(checked.errors()).isEmpty();

    try (ServerProcess server = ServerProcess.serve(folder, environment)) {
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  private static String mapping(String manifest) {
    return manifest
        .lines()
        .dropWhile(line -> !line.equals("  mapping.yaml: |"))
        .skip(1)
        .takeWhile(line -> !line.equals("---"))
        .map(line -> line.substring(4) + "\n")
        .collect(Collectors.joining())
        .replace("/etc/backplane/", "");
  }

  /** As the manifest's Secret has it. */
  private static String value(String manifest, String name) {
    return manifest
        .lines()
        .filter(line -> line.startsWith("  " + name + ": "))
        .map(line -> line.substring(line.indexOf(':') + 2))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void variables_of_the_files_are_those_of_the_reference() throws Exception {
    String reference = Files.readString(GeneratedPart.PAGE);
    for (String file : new String[] {"kubernetes.yaml", "backplane.service"}) {
      assertThat(
              Pattern.compile("BACKPLANE_[A-Z_]+")
                  .matcher(Files.readString(FILES.resolve(file)))
                  .results()
                  .map(match -> "`" + match.group() + "`"))
          .isNotEmpty()
          .allSatisfy(variable -> assertThat(reference).contains(variable));
    }
  }
}
