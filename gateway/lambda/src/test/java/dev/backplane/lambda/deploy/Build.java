package dev.backplane.lambda.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A build as CodeBuild does it: the phases in order, the commands of a phase until one fails,
 * post_build also after a failed build phase. The commands are the real ones; the programs that
 * they call only write down that they were called.
 */
final class Build {
  static final List<String> PHASES = List.of("install", "pre_build", "build", "post_build");

  private static final List<String> PROGRAMS =
      List.of("pip", "python3", "cfn-lint", "sam", "aws", "curl");

  private static final List<String> FILES =
      List.of(
          ".ci/deploy",
          ".ci/lint-template",
          ".ci/build-template",
          ".ci/template-tools",
          ".ci/requirements.txt");

  /** Writes down the call, answers what a script reads from the real program, fails if told to. */
  private static final String STAND_IN =
      """
      #!/usr/bin/env bash
      call="${0##*/} $*"
      case "$call" in
        'cfn-lint --version') echo "$CFN_LINT_VERSION"; exit ;;
        'sam --version') echo "$SAM_VERSION"; exit ;;
      esac
      echo "$call" >> "$CALLS"
      [ -z "$FAILING" ] || case "$call" in "$FAILING"*) exit 3 ;; esac
      case "$call" in
        mvnw*) mkdir -p gateway/lambda/target; echo zip > gateway/lambda/target/function.zip ;;
        'sam build'*) mkdir -p target/sam-build; echo "$BUILT" > target/sam-build/template.yaml ;;
        aws*) echo https://example.test/prod ;;
        curl*/api/ping) echo "$ANSWER" ;;
        curl*) echo "$USERS" ;;
      esac
      """;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final StringBuilder output = new StringBuilder();
  private Optional<Boolean> success = Optional.empty();

  Build(Path directory) {
    this.directory = directory;
    with(
        Map.of(
            "ANSWER",
            "{\"result\":\"pong\"}",
            "USERS",
            "[]",
            "BUILT",
            "      CodeUri: ../../gateway/lambda/target/function.zip",
            "FAILING",
            "",
            "CALLS",
            directory.resolve("calls").toString(),
            "CFN_LINT_VERSION",
            "cfn-lint " + pinned("cfn-lint"),
            "SAM_VERSION",
            "SAM CLI, version " + pinned("aws-sam-cli")));
  }

  Build with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  Build with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Lets the calls that begin so fail. */
  Build failing(String call) {
    return with("FAILING", call);
  }

  boolean succeeds() {
    if (success.isEmpty()) {
      try {
        success = Optional.of(run());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return success.get();
  }

  String output() {
    succeeds();
    return output.toString();
  }

  List<String> calls() {
    succeeds();
    try {
      return Files.readAllLines(directory.resolve("calls"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean reachesAws(String call) {
    return call.startsWith("sam deploy") || call.startsWith("aws ") || call.startsWith("curl ");
  }

  private static String pinned(String tool) {
    return Tree.read(".ci/requirements.txt")
        .lines()
        .filter(line -> line.startsWith(tool + "=="))
        .findFirst()
        .orElseThrow()
        .substring(tool.length() + 2);
  }

  private boolean run() throws IOException, InterruptedException {
    Path programs = Files.createDirectories(directory.resolve("bin"));
    for (String program : PROGRAMS) {
      script(programs.resolve(program), STAND_IN);
    }
    script(directory.resolve("mvnw"), STAND_IN);
    Files.createDirectories(directory.resolve(".ci"));
    for (String name : FILES) {
      script(directory.resolve(name), Tree.read(name));
    }
    boolean succeeding = true;
    for (String phase : PHASES) {
      environment.put("CODEBUILD_BUILD_SUCCEEDING", succeeding ? "1" : "0");
      succeeding &= phase(phase);
      if (!succeeding && !phase.equals("build")) {
        return false;
      }
    }
    return succeeding;
  }

  private boolean phase(String name) throws IOException, InterruptedException {
    String commands =
        Tree.file("buildspec.yaml").at("phases", name, "commands").texts().stream()
            .map(command -> "{ " + command + "\n} || exit")
            .collect(Collectors.joining("\n"));
    ProcessBuilder process =
        new ProcessBuilder("bash", "-c", commands)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    process.environment().clear();
    process.environment().putAll(environment);
    // Nothing of this machine's own: no aws, no sam.
    process.environment().put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
    process.environment().put("HOME", directory.toString());
    Process running = process.start();
    running.getOutputStream().close();
    output.append(new String(running.getInputStream().readAllBytes()));
    return running.waitFor() == 0;
  }

  private static void script(Path path, String text) throws IOException {
    Files.writeString(path, text);
    if (!path.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + path);
    }
  }
}
