package dev.backplane.benchmarks.lambda;

import dev.backplane.image.Lambda;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One function that is compared.
 *
 * @param name in the tables
 * @param root its unpacked zip, or its image's directory
 * @param command starts it in AWS's runtime client
 * @param environment besides what Lambda sets
 * @param path what is asked of it
 */
record Function(
    String name, Path root, List<String> command, Map<String, String> environment, String path) {
  private static final long END_SECONDS = 120;

  /**
   * How to run it: how often it is called after its first answer, and on what share of a processor.
   */
  record Conditions(int calls, boolean countClasses, Optional<Quota> quota) {}

  Figures run(Conditions conditions) throws Exception {
    try (Lambda lambda = new Lambda()) {
      String event = Lambda.event(path);
      List<String> started = conditions.quota().map(quota -> quota.around(command)).orElse(command);
      long began = System.nanoTime();
      Process process = start(started, lambda);
      try {
        lambda.call(process, event);
        double first = (System.nanoTime() - began) / 1e6;
        double processor = ProcessFiles.processorMillis(process);
        double[] times = new double[conditions.calls()];
        for (int i = 0; i < times.length; i++) {
          long before = System.nanoTime();
          lambda.call(process, event);
          times[i] = (System.nanoTime() - before) / 1e6;
        }
        // what the first half took is compiling
        double[] warm = Arrays.copyOfRange(times, times.length / 2, times.length);
        Arrays.sort(warm);
        return new Figures(
            first,
            processor,
            warm.length == 0 ? 0 : warm[warm.length / 2],
            warm.length == 0 ? 0 : warm[(int) (warm.length * 0.99)],
            ProcessFiles.megabytes(process),
            conditions.countClasses() ? ProcessFiles.classes(process) : 0);
      } finally {
        process.destroyForcibly().waitFor();
      }
    } catch (Exception failure) {
      throw new IOException(name + ", see " + log(), failure);
    }
  }

  /** Runs it until it has answered, and ends it as Lambda does, so that it writes its AOT cache. */
  void train(List<String> paths) throws Exception {
    try (Lambda lambda = new Lambda()) {
      Process process = start(command, lambda);
      for (String asked : paths) {
        lambda.call(process, Lambda.event(asked));
      }
      process.destroy();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(name + " does not end");
      }
    }
  }

  private Path log() {
    return root.resolveSibling(root.getFileName() + ".log");
  }

  private Process start(List<String> started, Lambda lambda) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(started);
    builder.directory(root.toFile());
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.put("PATH", System.getenv("PATH"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("AWS_LAMBDA_RUNTIME_API", lambda.address());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", name);
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    variables.put("AWS_REGION", "eu-west-1");
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("LAMBDA_TASK_ROOT", root.toString());
    variables.putAll(environment);
    return builder.start();
  }
}
