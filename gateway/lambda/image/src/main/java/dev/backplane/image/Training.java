package dev.backplane.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the AOT cache of an image's directory: runs the function as the image will run it, with
 * requests of every kind that only read, and ends it as Lambda does.
 */
final class Training {
  private static final String CACHE = "backplane.aot";
  private static final String RECORD = "backplane.jars";
  private static final long START_SECONDS = 120;
  private static final long END_SECONDS = 300;
  private static final int ROUNDS = 3;

  /** In an answer, which has the document as a JSON string. */
  private static final Pattern RESOURCE = Pattern.compile("\\\\\"(/api/[a-z0-9-]+)\\\\\":");

  private static final Pattern SUCCESS = Pattern.compile("\"statusCode\"\\s*:\\s*200\\b");

  /** Of the function when nothing else is said: enough to sign with, and rights to nothing. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "AWS_LAMBDA_FUNCTION_NAME", "backplane",
          "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
          "AWS_REGION", "eu-west-1",
          "AWS_ACCESS_KEY_ID", "training",
          "AWS_SECRET_ACCESS_KEY", "training");

  private final Path root;
  private final Path jars;

  /**
   * Prepares for one.
   *
   * @param root the image's directory, at the very path that it will have in the image
   */
  Training(Path root) throws IOException {
    this.root = root;
    try (Stream<Path> directories = Files.list(root.resolve(Assembly.JARS))) {
      this.jars = directories.findFirst().orElseThrow();
    }
  }

  /** Makes the cache and the record of the jars that it is made of, and says where it is. */
  Path run() throws IOException, InterruptedException {
    Path cache = jars.resolve(CACHE);
    Files.deleteIfExists(cache);
    record();
    try (StandIn lambda = new StandIn()) {
      Process function = start(lambda);
      try {
        drive(lambda, function);
        function.destroy(); // SIGTERM
        if (!function.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          throw new ImageException(List.of("the function does not end"));
        }
      } catch (ImageException failure) {
        function.destroyForcibly().waitFor();
        Files.deleteIfExists(cache); // one that was written all the same knows next to nothing
        throw failure;
      }
    }
    if (!Files.isRegularFile(cache)) {
      throw new ImageException(
          List.of(
              "Java wrote no AOT cache; that takes Java 25 or newer, and its messages are above"));
    }
    return cache;
  }

  /** What the start script compares with what is there then. */
  private void record() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("cksum"));
    try (Stream<Path> files = Files.list(jars)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .forEach(name -> command.add("./" + name));
    }
    Process sums =
        new ProcessBuilder(command)
            .directory(jars.toFile())
            .redirectOutput(jars.resolve(RECORD).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (sums.waitFor() != 0) {
      throw new IOException("cksum failed for " + jars);
    }
  }

  private Process start(StandIn lambda) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(root.resolve(Assembly.START).toString());
    builder.directory(root.toFile());
    builder.inheritIO();
    Map<String, String> environment = builder.environment();
    DEFAULTS.forEach(environment::putIfAbsent);
    environment.put("LAMBDA_TASK_ROOT", root.toString());
    environment.put("AWS_LAMBDA_RUNTIME_API", lambda.address());
    environment.put("BACKPLANE_TRAINING", "yes");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // whatever the image will talk to later, the cache is not made of its data
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", "http://" + lambda.address());
    environment.put("DYNAMODB_ENDPOINT", "http://" + lambda.address());
    return builder.start();
  }

  private static void drive(StandIn lambda, Process function) {
    Set<String> resources = new LinkedHashSet<>();
    for (String event : SampleEvents.of("GET", "/openapi.json", "", "")) {
      Matcher names = RESOURCE.matcher(send(lambda, function, event));
      while (names.find()) {
        resources.add(names.group(1));
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      SampleEvents.of("GET", "/api/ping", "", "")
          .forEach(ping -> mustSucceed(lambda, function, ping));
      for (String resource : resources) {
        read(lambda, function, resource);
      }
    }
  }

  /** What the resource answers is its own affair; that it answers is not. */
  private static void read(StandIn lambda, Process function, String resource) {
    List<String> events = new ArrayList<>();
    events.addAll(SampleEvents.of("GET", resource, "", ""));
    events.addAll(SampleEvents.of("GET", resource, "_limit=1", ""));
    events.addAll(SampleEvents.of("GET", resource + "/a", "", ""));
    events.addAll(SampleEvents.of("OPTIONS", resource, "", ""));
    // refused before it gets to the store, and still most of what a write loads
    events.addAll(SampleEvents.of("POST", resource, "", "{"));
    events.addAll(SampleEvents.of("PATCH", resource + "/a", "", "{"));
    events.forEach(event -> send(lambda, function, event));
  }

  private static void mustSucceed(StandIn lambda, Process function, String event) {
    String answer = send(lambda, function, event);
    if (!SUCCESS.matcher(answer).find()) {
      throw new ImageException(List.of("the function does not answer a ping but with " + answer));
    }
  }

  private static String send(StandIn lambda, Process function, String event) {
    CompletableFuture<String> end =
        CompletableFuture.anyOf(lambda.failure(), function.onExit())
            .thenCompose(what ->
                CompletableFuture.failedFuture(
                    new IOException(
                        what instanceof Process ended
                            ? "it ended with code " + ended.exitValue()
                            : String.valueOf(what))));
    try {
      return (String)
          CompletableFuture.anyOf(lambda.invoke(event), end)
              .orTimeout(START_SECONDS, TimeUnit.SECONDS)
              .join();
    } catch (CompletionException failure) {
      throw new ImageException(List.of("the function cannot be trained: " + failure));
    }
  }
}
