package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the embedded stores is full, and has room again. The disk is a small one in memory
 * that only the server sees, which not every machine lets one mount: {@code
 * BACKPLANE_TEST_LAYERS=required} says that this one has to.
 */
@Timeout(300)
class ChaosDiskFullIT {
  private static final List<String> APART = List.of("--map-root-user", "--mount");

  @TempDir private Path directory;

  @Test
  void writeOnAFullDisk_isAProblem_andNothingAcknowledgedIsLost_andItRecovers() throws Exception {
    requireMounts();
    Path data = Files.createDirectory(directory.resolve("data"));
    ChaosEmbedded.writeMapping(directory, data, "");
    List<String> command = new ArrayList<>(APART);
    command.addAll(
        List.of(
            "bash", "-c", "mount -t tmpfs -o size=24m none " + data + " && exec \"$0\" \"$@\""));
    command.add(ServerProcess.DISTRIBUTION.resolve("bin/backplane").toString());
    command.addAll(List.of("serve", "--port", "0"));
    try (ServerProcess server =
        ServerProcess.start(
            directory, Map.of(), Path.of("unshare"), command.toArray(String[]::new))) {
      ChaosClient client = new ChaosClient(server::url);
      Path disk = Path.of("/proc/" + server.pid() + "/root" + data);
      for (String resource : List.of("dynamo", "sql")) {
        int acknowledged = fill(client, resource, disk);
        assertThat(server.errors())
            .contains(resource.equals("sql") ? "No space left on device" : "tables is full (");
        Files.delete(disk.resolve("ballast"));
        HttpResponse<String> after =
            client.settle(client.request("POST", "/api/" + resource, "{\"w\":\"after\"}"));
        assertThat(after.statusCode()).as(after.body()).isEqualTo(201);
        long there =
            client.all(resource).stream()
                .filter(item -> ChaosClient.text(item, "w").equals("full"))
                .count();
        System.out.printf(
            "chaos: disk full under %s: %d acknowledged, %d there%n",
            resource, acknowledged, there);
        assertThat(there).isGreaterThanOrEqualTo(acknowledged);
      }
    }
  }

  /** Writes until the disk takes no more; how many writes were acknowledged. */
  private static int fill(ChaosClient client, String resource, Path disk) throws IOException {
    String body = "{\"w\":\"full\",\"text\":\"%s\"}".formatted("x".repeat(50_000));
    int acknowledged = 0;
    int refused = 0;
    for (; acknowledged < 20; acknowledged++) {
      String before = "{\"w\":\"full\",\"n\":%d}".formatted(acknowledged);
      client.settle(client.request("POST", "/api/" + resource, before));
    }
    try (OutputStream ballast = Files.newOutputStream(disk.resolve("ballast"))) {
      while (true) {
        ballast.write(new byte[64 * 1024]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
    while (refused < 3) {
      Optional<HttpResponse<String>> answer =
          client.once(client.request("POST", "/api/" + resource, body));
      assertThat(answer).isPresent();
      if (answer.get().statusCode() == 201) {
        acknowledged++;
      } else {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isIn(502, 503, 504, 507);
        refused++;
      }
      assertThat(acknowledged).isLessThan(1_000);
    }
    return acknowledged;
  }

  private static void requireMounts() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("unshare"));
    command.addAll(APART);
    command.add("true");
    boolean possible;
    try {
      possible = new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException missing) {
      possible = false;
    }
    if (!possible && "required".equals(System.getenv("BACKPLANE_TEST_LAYERS"))) {
      throw new IllegalStateException("a disk cannot be mounted, but has to be");
    }
    Assumptions.assumeTrue(possible, "no disk can be mounted here");
  }
}
