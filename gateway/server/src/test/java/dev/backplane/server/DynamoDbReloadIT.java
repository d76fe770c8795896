package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What resources share goes on when one of them changes: here a database that takes a while. */
@Timeout(180)
class DynamoDbReloadIT {
  @TempDir private Path directory;

  @Test
  void localDynamoDb_runsOn_whenOneOfItsResourcesChanges() throws Exception {
    Path mapping = directory.resolve("mapping.yaml");
    write(mapping, "first");
    try (ReloadingServer server = new ReloadingServer(mapping)) {
      awaitDatabase(server);
      Request note = Request.json("POST", "/api/notes", "{\"id\": \"1\", \"text\": \"kept\"}");
      assertThat(server.send(note).status()).isEqualTo(201);
      Request other = Request.json("POST", "/api/others", "{\"id\": \"1\", \"text\": \"first\"}");
      assertThat(server.send(other).status()).isEqualTo(201);

      write(mapping, "second");
      server.await(404, "/api/others/1");

      // a second one could not have started: the data directory belongs to the first
      assertThat(server.told()).endsWith("opened others; kept notes; closed others\n");
      assertThat(server.get("/api/notes/1").text()).contains("kept");
      assertThat(server.send(other).status()).isEqualTo(201);
      write(mapping, "first");
      server.await("first", "/api/others/1");
    }
  }

  /**
   * It may take longer to start than a client waits; @Timeout fails the test when it never does.
   */
  private static void awaitDatabase(ReloadingServer server) {
    boolean answers = false;
    while (!answers) {
      try {
        answers = server.get("/api/notes").status() == 200;
      } catch (UncheckedIOException slow) {
        answers = false;
      }
    }
  }

  private static void write(Path mapping, String table) throws IOException {
    Path home = Path.of("../../.backplane/dynamodb-local").toRealPath();
    Files.writeString(
        mapping,
        """
        services:
          dynamodb:
            settings: {region: eu-west-1, endpoint: local, local-home: "%s", local-data: tables}
        resources:
          notes: dynamodb
          others: {service: dynamodb, settings: {table: %s}}
        """
            .formatted(home, table));
  }
}
