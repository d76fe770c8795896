package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Does what a page of the documentation says, as its reader would: every block of commands in its
 * order, with the distribution, in a folder outside this repository. A block that begins with
 * {@code backplane serve} starts a server that goes on, and {@code kill %1} ends the last one.
 */
final class PageFollower implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("localhost:808\\d");

  private final Path page;
  private final Path folder;
  private final Map<String, String> environment;
  private final Deque<ServerProcess> servers = new ArrayDeque<>();
  private Path place;
  private String address = "";

  /**
   * Reads a page.
   *
   * @param page the page
   * @param folder where its reader begins
   * @param environment what the reader has set
   */
  PageFollower(Path page, Path folder, Map<String, String> environment) {
    this.page = page;
    this.folder = folder;
    this.environment = environment;
    this.place = folder;
  }

  /** Follows the page to its end; tells all that the commands have said. */
  String follow() throws Exception {
    StringBuilder said = new StringBuilder();
    List<DocsPage.Step> steps = DocsPage.read(page).steps();
    assertThat(steps).hasSizeGreaterThan(5);
    for (DocsPage.Step step : steps) {
      String output = follow(step);
      said.append(output);
      for (String line : step.shown()) {
        assertThat(output).as(where(step)).contains(line.strip());
      }
    }
    return said.toString();
  }

  private String follow(DocsPage.Step step) throws Exception {
    if (step.commands().startsWith("backplane serve")) {
      return serve(step);
    }
    if (step.commands().strip().equals("kill %1")) {
      servers.element().terminate();
      assertThat(servers.remove().awaitExit()).as(where(step)).isEqualTo(143);
      return "";
    }
    return run(step);
  }

  private String serve(DocsPage.Step step) throws Exception {
    List<String> args = new ArrayList<>(List.of(step.commands().strip().split(" +")));
    args.subList(0, 2).clear();
    int port = args.indexOf("--port");
    if (port >= 0) {
      args.subList(port, port + 2).clear();
    }
    args.remove("&");
    ServerProcess server = ServerProcess.serve(place, environment, args.toArray(String[]::new));
    servers.push(server);
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
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", programs(), (path, first) -> first + ":" + path);
    builder.environment().put("MAVEN_ARGS", System.getProperty("maven.arguments", ""));
    Process process = builder.start();
    boolean ended = process.waitFor(400, TimeUnit.SECONDS);
    String said = Files.readString(output);
    assertThat(ended).as("%s: %s", where(step), said).isTrue();
    assertThat(process.exitValue()).as("%s: %s", where(step), said).isZero();
    place = Path.of(Files.readString(now).strip());
    return said;
  }

  private static String programs() {
    return ServerProcess.DISTRIBUTION.resolve("bin")
        + ":"
        + System.getProperty("java.home")
        + "/bin";
  }

  private String where(DocsPage.Step step) {
    return "docs/" + page.getFileName() + ":" + step.line();
  }

  @Override
  public void close() {
    servers.forEach(ServerProcess::close);
  }
}
