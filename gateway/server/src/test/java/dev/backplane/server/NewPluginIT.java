package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code backplane new plugin} writes; that it builds and serves, {@link PluginAuthorIT}
 * shows.
 */
@Timeout(120)
class NewPluginIT {
  @TempDir private Path directory;

  @Test
  void project_has_the_names_that_were_given() throws Exception {
    ServerProcess.Finished made =
        ServerProcess.run(
            directory, "new", "plugin", "my-dice", "--directory", "a b/c", "--package", "org.dice");

    assertThat(made.errors()).isEmpty();
    assertThat(made.exitCode()).isZero();
    Path project = directory.resolve("a b/c");
    try (Stream<Path> files = Files.walk(project)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> "" + project.relativize(file)))
          .containsExactlyInAnyOrder(
              ".gitignore",
              ".mvn/jdk.sh",
              ".mvn/maven.config",
              ".mvn/wrapper/maven-wrapper.properties",
              "README.md",
              "mapping.yaml",
              "mvnw",
              "mvnw.cmd",
              "pom.xml",
              "src/main/java/org/dice/MyDiceService.java",
              "src/main/java/org/dice/MyDiceStore.java",
              "src/main/resources/META-INF/services/dev.backplane.spi.Service",
              "src/test/java/org/dice/MyDiceContractTest.java");
    }
    assertThat(project.resolve("mvnw")).isExecutable();
    assertThat(project.resolve("mapping.yaml")).content().contains("service: my-dice");
    assertThat(project.resolve("src/main/resources/META-INF/services/dev.backplane.spi.Service"))
        .hasContent("org.dice.MyDiceService");
    try (Stream<Path> files = Files.walk(project)) {
      assertThat(files.filter(Files::isRegularFile).filter(file -> !file.endsWith("mvnw")))
          .allSatisfy(file ->
              assertThat(file)
                  .content()
                  .doesNotContainPattern("@(name|Name|package|version|junit|repository)"));
    }
    try (Stream<Path> left = Files.list(project.getParent())) {
      assertThat(left).containsExactly(project);
    }
  }

  @Test
  void name_of_a_service_that_is_there_is_refused() throws Exception {
    ServerProcess.Finished made = ServerProcess.run(directory, "new", "plugin", "memory");

    assertThat(made.exitCode()).isEqualTo(2);
    assertThat(made.errors())
        .startsWith("the service \"memory\" is there already, in ")
        .endsWith("; choose another name\n");
    assertThat(directory.resolve("memory")).doesNotExist();
  }

  @Test
  void plugins_of_the_distribution_are_fine() throws Exception {
    List<String> command = new ArrayList<>(List.of("plugin", "check"));
    try (Stream<Path> all = Files.list(ServerProcess.DISTRIBUTION.resolve("plugins"))) {
      all.map(Path::toString).forEach(command::add);
    }

    ServerProcess.Finished checked = ServerProcess.run(directory, command.toArray(String[]::new));

    assertThat(checked.errors()).isEmpty();
    assertThat(checked.exitCode()).isZero();
    assertThat(checked.output()).contains("TransactionalStore, WritableStore");
    assertThat(command).hasSizeGreaterThan(3);
    for (String plugin : command.subList(2, command.size())) {
      assertThat(checked.output()).contains(plugin + " is fine");
    }
  }
}
