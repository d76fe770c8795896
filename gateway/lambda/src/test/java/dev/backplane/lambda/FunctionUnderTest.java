package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Service;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The function as Lambda runs it: {@code function.zip} unpacked, run by AWS's own runtime client in
 * a JVM of its own, which loads the function from the unpacked folder and from nowhere else.
 */
final class FunctionUnderTest implements AutoCloseable {
  private static final long WAIT_SECONDS = 60;
  private static final long TIMEOUT_MILLIS = 30_000;

  /** The runtime client and what it needs; in Lambda they are part of the runtime. */
  private static final List<String> RUNTIME =
      List.of(
          "aws-lambda-java-runtime-interface-client",
          "aws-lambda-java-core",
          "aws-lambda-java-serialization",
          "utils-lite");

  private final RuntimeApi api;
  private final Process process;
  private final Path log;

  private FunctionUnderTest(RuntimeApi api, Process process, Path log) {
    this.api = api;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the function; it may still fail to start, which {@link #initError} tells.
   *
   * @param root the unpacked function
   * @param environment what the function finds in its environment besides what Lambda sets
   */
  static FunctionUnderTest start(Path root, Map<String, String> environment) throws IOException {
    return start(root, command(), environment);
  }

  /** Starts the function with a plugin of a test's own, and one resource that it answers for. */
  static FunctionUnderTest start(
      Path folder, Class<? extends Service> service, String resource, String serviceName)
      throws IOException {
    Path root = unpack(folder);
    Path plugins = Files.createDirectories(root.resolve("backplane/plugins"));
    PluginJar.write(plugins.resolve(serviceName + ".jar"), service);
    Files.writeString(
        root.resolve("mapping.yaml"), "resources:\n  " + resource + ": " + serviceName + "\n");
    return start(root, Map.of());
  }

  /** What starts the runtime client on the function in the working directory. */
  static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        // the managed runtime's own: whom org.crac registers hooks with
        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
        "-cp",
        runtimeClassPath(),
        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
        "dev.backplane.lambda.Handler");
  }

  /** Starts the function by another command, as an image's entry point is. */
  static FunctionUnderTest start(Path root, List<String> command, Map<String, String> environment)
      throws IOException {
    RuntimeApi api = new RuntimeApi();
    Path log = Files.createTempFile(root.getParent(), "function", ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(root.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "backplane");
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    variables.put("AWS_REGION", "eu-west-1");
    variables.put("LAMBDA_TASK_ROOT", root.toString());
    variables.putAll(environment);
    return new FunctionUnderTest(api, builder.start(), log);
  }

  /** Unpacks {@code function.zip} into a folder of its own below the given one. */
  static Path unpack(Path folder) throws IOException {
    Path root = Files.createDirectory(folder.resolve("task"));
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(zip()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = root.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
    return root;
  }

  /** The function as it was built. */
  static Path zip() {
    return Path.of(System.getProperty("backplane.function"));
  }

  private static String runtimeClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> RUNTIME.stream().anyMatch(name -> jar.contains("/" + name + "-")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Sends a request as AWS would. */
  ClientAnswer send(EventKind kind, ClientRequest request) {
    return send(kind, request, "");
  }

  /** The same of a caller whom an authorizer knows. */
  ClientAnswer send(EventKind kind, ClientRequest request, String caller) {
    return kind.answer(invoke(kind.event(request, caller)));
  }

  /**
   * Hands over an event.
   *
   * @return what the function returned
   * @throws RuntimeApi.FunctionError when the function reported an error
   */
  String invoke(String event) {
    return invoke(event, TIMEOUT_MILLIS);
  }

  String invoke(String event, long timeoutMillis) {
    return await(api.invoke(event, timeoutMillis));
  }

  /** Waits for the report that the function cannot start. */
  String initError() {
    return await(api.initError());
  }

  /** Waits until the function's snapshot could be taken. */
  void awaitCheckpoint() {
    await(api.checkpoint());
  }

  /** Goes on as after the snapshot. */
  void restore() {
    api.restore();
  }

  /** Waits for the report that the function cannot go on after its snapshot. */
  String restoreError() {
    return await(api.restoreError());
  }

  /** What is in the function's memory and reachable, as a heap dump. */
  Path heap(Path file) throws IOException, InterruptedException {
    Process dump =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.heap_dump",
                file.toString())
            .inheritIO()
            .start();
    if (dump.waitFor() != 0) {
      throw new IOException("jcmd could not write " + file);
    }
    return file;
  }

  private String await(CompletableFuture<String> awaited) {
    CompletableFuture<String> ended =
        process
            .onExit()
            // What was reported before the end is more than that there was an end.
            .thenCompose(process -> awaited.isDone() ? awaited : failed(process))
            .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS);
    try {
      return (String) CompletableFuture.anyOf(awaited, ended).join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeApi.FunctionError error) {
        throw error;
      }
      throw new AssertionError(String.join("\n", log()), failure);
    }
  }

  private static CompletableFuture<String> failed(Process process) {
    return CompletableFuture.failedFuture(
        new IllegalStateException("the function ended with code " + process.exitValue()));
  }

  /** Whether the function ends, for which it may take a moment. */
  boolean ended() {
    try {
      return process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for the function to write a line. */
  void awaitLog(String line) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!log().contains(line)) {
      assertThat(System.nanoTime()).as("%s in %s", line, log()).isLessThan(end);
      Thread.sleep(10);
    }
  }

  /** What the function has written so far. */
  List<String> log() {
    try {
      return new ArrayList<>(Files.readAllLines(log));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    api.close();
  }
}
