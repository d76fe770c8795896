package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function with SnapStart: AWS's runtime client calls the hooks as it does in Lambda. */
class SnapshotIT {
  private static final String SECRET = "a-secret-that-signs-cursors-4711";

  @TempDir Path folder;

  @Test
  void snapshot_hasReadEachStoreInEachFormat_andHoldsNoConnection() throws Exception {
    try (DynamoDbStub table = new DynamoDbStub();
        FunctionUnderTest function = start(table.mapping(), Map.of())) {
      function.awaitCheckpoint();
      assertThat(table.sent("x-amz-target"))
          .filteredOn(call -> call.equals("DynamoDB_20120810.GetItem"))
          .hasSize(2);
      assertThat(function.log()).noneMatch(line -> line.contains("\"status\":400"));
      assertThat(table.openConnections()).isZero();

      int before = table.sent("host").size();
      function.restore();
      assertThat(function.send(EventKind.REST_API, ClientRequest.get("/api/users/1")).status())
          .isEqualTo(502);
      assertThat(table.sent("host")).hasSizeGreaterThan(before);
    }
  }

  @Test
  void snapshot_holdsNoSecret() throws Exception {
    String mapping = "cursor-secret: ${CURSOR_SECRET}\nresources:\n  notes: memory\n";
    try (FunctionUnderTest function = start(mapping, Map.of("CURSOR_SECRET", SECRET))) {
      function.awaitCheckpoint();
      // the process's own environment, as text and as bytes, which is there before any of our code
      assertThat(occurrences(function.heap(folder.resolve("snapshot.hprof")), SECRET))
          .isLessThanOrEqualTo(2);

      function.restore();
      function.send(EventKind.REST_API, ClientRequest.get("/api/notes"));
      assertThat(occurrences(function.heap(folder.resolve("running.hprof")), SECRET))
          .isGreaterThan(2);
    }
  }

  @Test
  void restore_startsAnewAndAnswers() throws Exception {
    try (FunctionUnderTest function = start("resources:\n  notes: memory\n", Map.of())) {
      function.awaitCheckpoint();
      // what priming did is not counted as requests
      assertThat(function.log()).noneMatch(line -> line.contains("_aws"));
      assertThat(function.log()).noneMatch(line -> line.contains("\"level\":\"ERROR\""));
      function.restore();
      ClientRequest post = ClientRequest.json("POST", "/api/notes", "{\"id\":\"a\"}");
      for (EventKind kind : EventKind.values()) {
        ClientRequest get = ClientRequest.get("/api/notes?id=none");
        assertThat(function.send(kind, get).text()).isEqualTo("[]");
      }
      assertThat(function.send(EventKind.HTTP_API, post).status()).isEqualTo(201);
      assertThat(function.log())
          .filteredOn(line -> line.contains("_aws") && line.contains("\"coldStart\":true"))
          .hasSize(1);
    }
  }

  @Test
  void restore_whenItFails_isReported() throws Exception {
    try (FunctionUnderTest function = start("resources:\n  notes: memory\n", Map.of())) {
      function.awaitCheckpoint();
      Files.delete(folder.resolve("task/mapping.yaml"));
      function.restore();
      assertThat(function.restoreError()).contains("AfterRestore");
      assertThat(function.log()).anyMatch(line -> line.contains("there is no such file"));
    }
  }

  private FunctionUnderTest start(String mapping, Map<String, String> more) throws IOException {
    Path root = FunctionUnderTest.unpack(folder);
    Files.writeString(root.resolve("mapping.yaml"), mapping);
    Map<String, String> environment = new HashMap<>(DynamoDbStub.environment());
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    environment.putAll(more);
    return FunctionUnderTest.start(root, environment);
  }

  private static int occurrences(Path heap, String text) throws IOException {
    // bytes as they are: a heap dump has the bytes of arrays
    String dump = Files.readString(heap, StandardCharsets.ISO_8859_1);
    int found = 0;
    for (int at = dump.indexOf(text); at >= 0; at = dump.indexOf(text, at + 1)) {
      found++;
    }
    return found;
  }
}
