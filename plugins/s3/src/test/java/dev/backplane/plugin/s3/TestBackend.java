package dev.backplane.plugin.s3;

import dev.backplane.localstack.LocalStack;
import dev.backplane.localstack.LocalStackAttempt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What answers the integration tests: the endpoint in the environment where there is one, else
 * LocalStack where a Docker engine answers, else {@link StandIn}.
 *
 * @param description what it is, and what was tried before
 * @param isStandIn whether it does no more than the plugin needs
 */
record TestBackend(URI endpoint, String description, boolean isStandIn) {
  private static final String VARIABLE = "S3_TEST_ENDPOINT";

  /** Says which one it is: on standard output, and in a file for whoever reads the report. */
  static TestBackend choose() {
    TestBackend chosen =
        Optional.ofNullable(System.getenv(VARIABLE))
            .map(TestBackend::given)
            .orElseGet(TestBackend::started);
    say("S3 tests run against " + chosen.description + " at " + chosen.endpoint);
    return chosen;
  }

  private static TestBackend given(String endpoint) {
    if (LocalStack.isRequired()) {
      throw new IllegalStateException(
          LocalStack.VARIABLE + " asks for LocalStack, " + VARIABLE + " for something else");
    }
    return new TestBackend(URI.create(endpoint), "the endpoint in " + VARIABLE, false);
  }

  /** It ends with this JVM. */
  private static TestBackend started() {
    return switch (LocalStack.start("s3")) {
      case LocalStack running -> new TestBackend(running.endpoint(), running.description(), false);
      case LocalStackAttempt.Absent absent ->
          new TestBackend(
              StandIn.start().endpoint(),
              "a stand-in in the tests (not LocalStack: " + absent.reason() + ")",
              true);
    };
  }

  private static void say(String line) {
    System.out.println(line);
    try {
      Path target = Files.createDirectories(Path.of("target"));
      Files.writeString(target.resolve("s3-backend.txt"), line + System.lineSeparator());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
