package dev.backplane.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The built distribution, run as its users do, on the Java that runs the tests. */
final class ServerProcess implements AutoCloseable {
  static final Path DISTRIBUTION = Path.of("target", "backplane").toAbsolutePath();

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path errors;
  private final List<String> announced = new ArrayList<>();
  private URI url = URI.create("http://none.invalid");
  private URI management = url;

  private ServerProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /** Runs a command to its end. */
  static Finished run(Path directory, String... args) throws Exception {
    return run(directory, Map.of(), args);
  }

  static Finished run(Path directory, Map<String, String> environment, String... args)
      throws Exception {
    try (ServerProcess started = launch(directory, environment, backplane(), args)) {
      String output = new String(started.process.getInputStream().readAllBytes());
      return new Finished(started.awaitExit(), output, started.errors());
    }
  }

  /** Starts {@code serve} and waits until it listens. */
  static ServerProcess serve(Path directory, String... args) throws Exception {
    return serve(directory, Map.of(), args);
  }

  static ServerProcess serve(Path directory, Map<String, String> environment, String... args)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("serve", "--port", "0"));
    all.addAll(List.of(args));
    return start(directory, environment, backplane(), all.toArray(String[]::new));
  }

  /** Starts a program that serves, and waits until it listens. */
  static ServerProcess start(
      Path directory, Map<String, String> environment, Path program, String... args)
      throws Exception {
    ServerProcess server = launch(directory, environment, program, args);
    BufferedReader output = server.process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("Backplane is managed on ")) {
        server.management = URI.create(line.substring("Backplane is managed on ".length()));
      }
      if (line.startsWith("Backplane listens on ")) {
        server.url = URI.create(line.substring("Backplane listens on ".length()));
        server.announced.add(line);
        break;
      }
    }
    if (server.announced.isEmpty()) {
      server.close();
      throw new IllegalStateException("it did not start: " + server.errors());
    }
    return server;
  }

  /** Starts {@code serve} with a log of JSON, and waits until that says that it listens. */
  static ServerProcess serveForPrograms(
      Path directory, Map<String, String> environment, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("serve", "--port", "0", "--log-format", "json"));
    all.addAll(List.of(args));
    ServerProcess server = launch(directory, environment, backplane(), all.toArray(String[]::new));
    Pattern line = Pattern.compile("\"message\":\"Backplane listens on ([^\"]+)\"");
    Matcher listens = line.matcher(server.errors());
    while (!listens.find()) {
      if (!server.isRunning()) {
        throw new IllegalStateException("it did not start: " + server.errors());
      }
      Thread.sleep(10);
      listens = line.matcher(server.errors());
    }
    server.url = URI.create(listens.group(1));
    return server;
  }

  /** The next line that it writes to standard output, for which this waits. */
  String outputLine() throws IOException {
    return process.inputReader().readLine();
  }

  private static ServerProcess launch(
      Path directory, Map<String, String> environment, Path program, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(args));
    Path errors = Files.createTempFile(directory, "stderr", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("BACKPLANE_") || name.startsWith("OTEL_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), errors);
  }

  private static Path backplane() {
    return DISTRIBUTION.resolve("bin").resolve("backplane");
  }

  URI url() {
    return url;
  }

  /** Where it listens for those who run it, with {@code --management}. */
  URI management() {
    return management;
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(url.resolve(path)).build());
  }

  static HttpResponse<String> send(HttpRequest request) throws Exception {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** What it wrote to standard error so far. */
  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it still runs after 60 s: " + errors());
    }
    return process.exitValue();
  }

  /** What it wrote to standard output after it began to listen; waits for its end. */
  String rest() {
    return process.inputReader().lines().collect(Collectors.joining("\n"));
  }

  long pid() {
    return process.pid();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** How a command ended. */
  record Finished(int exitCode, String output, String errors) {}
}
