package dev.backplane.plugin.dynamodb;

import dev.backplane.localstack.LocalStack;
import dev.backplane.localstack.LocalStackAttempt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What runs the database of the tests: the endpoint in the environment where there is one, else
 * LocalStack where a Docker engine answers, else DynamoDB Local.
 *
 * @param description what runs, and what was tried before
 */
record TestBackend(URI endpoint, String description) {
  private static final String VARIABLE = "DYNAMODB_TEST_ENDPOINT";

  /** Says which one it is: on standard output, and in a file for whoever reads the report. */
  static TestBackend choose() {
    TestBackend chosen =
        Optional.ofNullable(System.getenv(VARIABLE))
            .map(TestBackend::given)
            .orElseGet(TestBackend::started);
    say("DynamoDB tests run against " + chosen.description + " at " + chosen.endpoint);
    return chosen;
  }

  private static TestBackend given(String endpoint) {
    if (LocalStack.isRequired()) {
      throw new IllegalStateException(
          LocalStack.VARIABLE + " asks for LocalStack, " + VARIABLE + " for something else");
    }
    return new TestBackend(URI.create(endpoint), "the endpoint in " + VARIABLE);
  }

  private static TestBackend started() {
    return switch (LocalStack.start("dynamodb")) {
      case LocalStack running -> new TestBackend(running.endpoint(), running.description());
      case LocalStackAttempt.Absent absent ->
          new TestBackend(local(), "DynamoDB Local (not LocalStack: " + absent.reason() + ")");
    };
  }

  /** It ends with this JVM, as it does with a gateway. */
  private static URI local() {
    try {
      Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "dynamodb");
      LocalProcess process =
          LocalProcess.start(new Endpoint.Local(TestDatabase.localHome(), data.toAbsolutePath()));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!process.answers()) {
        if (!process.isAlive() || System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("DynamoDB Local did not start; its log is in " + data);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      return process.endpoint();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void say(String line) {
    System.out.println(line);
    try {
      Path target = Files.createDirectories(Path.of("target"));
      Files.writeString(target.resolve("dynamodb-backend.txt"), line + System.lineSeparator());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
