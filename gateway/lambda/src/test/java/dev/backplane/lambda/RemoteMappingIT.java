package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapping apart from the function: a new backend needs no new build of it. */
class RemoteMappingIT {
  private static final String NOTES = "resources:\n  notes: memory\n";
  private static final String MORE = "resources:\n  notes: memory\n  more: memory\n";
  private static final String BROKEN = "resources:\n  notes: memori\n";
  private static final String S3 = "s3://a-bucket/some folder/mapping.yaml";
  private static final String SSM = "ssm:///backplane/mapping";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {S3, SSM})
  void mapping_whenItChanges_isServedWithoutARestart(String uri) throws Exception {
    try (MappingStub aws = new MappingStub(NOTES);
        FunctionUnderTest function = start(aws, uri, Map.of())) {
      ClientRequest post = ClientRequest.json("POST", "/api/notes", "{\"id\":\"a\"}");
      assertThat(status(function, post)).isEqualTo(201);
      assertThat(status(function, ClientRequest.get("/api/more"))).isEqualTo(404);
      assertThat(aws.lastSignature()).startsWith("AWS4-HMAC-SHA256 Credential=id/");

      aws.put(MORE);
      awaitTrue(() -> status(function, ClientRequest.get("/api/more")) == 200, function);
      // what did not change goes on
      assertThat(status(function, ClientRequest.get("/api/notes/a"))).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {S3, SSM})
  void mapping_whenTheChangeIsBroken_isServedAsItWas(String uri) throws Exception {
    try (MappingStub aws = new MappingStub(NOTES);
        FunctionUnderTest function = start(aws, uri, Map.of())) {
      assertThat(status(function, ClientRequest.get("/api/notes"))).isEqualTo(200);
      aws.put(BROKEN);
      awaitTrue(
          () -> {
            status(function, ClientRequest.get("/api/notes"));
            return function.log().stream()
                .anyMatch(line -> line.contains("memori") && line.contains(uri + ":2:"));
          },
          function);
      assertThat(status(function, ClientRequest.get("/api/notes"))).isEqualTo(200);
      // once, and not with every look
      int asked = aws.asked();
      awaitTrue(
          () -> {
            status(function, ClientRequest.get("/api/notes"));
            return aws.asked() > asked + 2;
          },
          function);
      assertThat(function.log()).filteredOn(line -> line.contains("memori")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {S3, SSM})
  void mapping_whenAwsFailsLater_isServedAsItWas(String uri) throws Exception {
    try (MappingStub aws = new MappingStub(NOTES);
        FunctionUnderTest function = start(aws, uri, Map.of())) {
      assertThat(status(function, ClientRequest.get("/api/notes"))).isEqualTo(200);
      aws.fail();
      awaitTrue(
          () ->
              status(function, ClientRequest.get("/api/notes")) == 200
                  && function.log().stream().anyMatch(line -> line.contains("served on")),
          function);
    }
  }

  @Test
  void mapping_isNotAskedForAgainBeforeItIsOld() throws Exception {
    try (MappingStub aws = new MappingStub(NOTES);
        FunctionUnderTest function = start(aws, S3, Map.of("BACKPLANE_MAPPING_MAX_AGE", "3600"))) {
      for (int i = 0; i < 20; i++) {
        assertThat(status(function, ClientRequest.get("/api/notes"))).isEqualTo(200);
      }
      assertThat(aws.asked()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {S3, SSM})
  void start_whenThereIsNone_saysWhatIsMissing(String uri) throws Exception {
    try (MappingStub aws = new MappingStub("");
        FunctionUnderTest function = start(aws, uri, Map.of())) {
      assertThat(function.initError())
          .contains("mapping " + uri + ": there is no such")
          .contains(uri.equals(S3) ? "object" : "parameter");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://bucket", "ftp://x/y", "ssm://with space"})
  void start_whenTheUriIsWrong_saysHowItShouldBe(String uri) throws Exception {
    try (MappingStub aws = new MappingStub(NOTES);
        FunctionUnderTest function = start(aws, uri, Map.of())) {
      assertThat(function.initError())
          .contains("mapping " + uri + ": ")
          .containsAnyOf("s3://bucket/key", "ssm:///");
    }
  }

  private FunctionUnderTest start(MappingStub aws, String uri, Map<String, String> more)
      throws IOException {
    Path root = FunctionUnderTest.unpack(folder);
    Files.delete(root.resolve("mapping.yaml")); // so that it cannot be the one that is served
    Map<String, String> environment = new HashMap<>(DynamoDbStub.environment());
    environment.put("BACKPLANE_MAPPING", uri);
    environment.put("BACKPLANE_MAPPING_MAX_AGE", "0");
    environment.put("AWS_ENDPOINT_URL", aws.endpoint());
    environment.putAll(more);
    return FunctionUnderTest.start(root, environment);
  }

  private static int status(FunctionUnderTest function, ClientRequest request) {
    return function.send(EventKind.REST_API, request).status();
  }

  private static void awaitTrue(BooleanSupplier condition, FunctionUnderTest function)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s", function.log()).isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}
