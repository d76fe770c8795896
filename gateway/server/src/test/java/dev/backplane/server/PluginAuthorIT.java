package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an empty folder to an answer over HTTP, as docs/plugins.md leads its reader: every command
 * of the page, in its order, with the distribution and outside this repository.
 */
@Timeout(600)
class PluginAuthorIT {
  private static final Path PAGE = Path.of("..", "..", "docs", "plugins.md");
  private static final Pattern ADDRESS = Pattern.compile("localhost:808\\d");

  @TempDir private Path folder;

  private final List<ServerProcess> servers = new ArrayList<>();
  private Path place = Path.of("");
  private String address = "";

  @AfterEach
  void stop() {
    servers.forEach(ServerProcess::close);
  }

  @Test
  void every_command_of_the_page_does_what_it_shows() throws Exception {
    place = folder;
    StringBuilder said = new StringBuilder();
    List<DocsPage.Step> steps = DocsPage.read(PAGE).steps();
    assertThat(steps).hasSizeGreaterThan(5);
    for (DocsPage.Step step : steps) {
      String output = step.commands().startsWith("backplane serve ") ? serve(step) : run(step);
      said.append(output);
      for (String line : step.shown()) {
        assertThat(output).as("docs/plugins.md:%d", step.line()).contains(line.strip());
      }
    }
    Matcher tests = Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0").matcher(said);
    assertThat(tests.find()).isTrue();
    assertThat(Integer.parseInt(tests.group(1))).isGreaterThan(80);
  }

  /** A server goes on while the reader types into another terminal. */
  private String serve(DocsPage.Step step) throws Exception {
    List<String> args = new ArrayList<>(List.of(step.commands().strip().split(" +")));
    args.subList(0, 2).clear();
    int port = args.indexOf("--port");
    if (port >= 0) {
      args.subList(port, port + 2).clear();
    }
    ServerProcess server = ServerProcess.serve(place, args.toArray(String[]::new));
    servers.add(server);
    address = server.url().getAuthority();
    return "";
  }

  private String run(DocsPage.Step step) throws Exception {
    Path now = folder.resolve("now.txt");
    String commands =
        ADDRESS.matcher(step.commands()).replaceAll(address) + "\npwd > '" + now + "'\n";
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", commands)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BACKPLANE_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .merge(
            "PATH",
            ServerProcess.DISTRIBUTION.resolve("bin")
                + ":"
                + System.getProperty("java.home")
                + "/bin",
            (path, first) -> first + ":" + path);
    builder.environment().put("MAVEN_ARGS", System.getProperty("maven.arguments", ""));
    Process process = builder.start();
    boolean ended = process.waitFor(400, TimeUnit.SECONDS);
    String said = Files.readString(output);
    assertThat(ended).as("docs/plugins.md:%d: %s", step.line(), said).isTrue();
    assertThat(process.exitValue()).as("docs/plugins.md:%d: %s", step.line(), said).isZero();
    place = Path.of(Files.readString(now).strip());
    return said;
  }
}
