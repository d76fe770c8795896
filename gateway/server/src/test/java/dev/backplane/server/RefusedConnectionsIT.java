package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Request;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are closed as soon as they are made are counted, by the reason. */
@Timeout(120)
class RefusedConnectionsIT {
  @TempDir private Path directory;

  @Test
  void address_thatConnectsTooOften_isCounted() throws Exception {
    mapping("rate-limits: {address: 5 in 1h}\nresources: {notes: memory}\n");
    try (ServerProcess server = ServerProcess.serve(directory, "--management", "0")) {
      assertThat(counted(server)).containsExactly(0, 0);
      int refused = refused(server, 400, false);
      assertThat(refused).isBetween(1, 399);
      assertThat(counted(server)).containsExactly(refused, 0);
    }
  }

  @Test
  void connection_forWhichThereIsNoPlace_isCounted() throws Exception {
    mapping("resources: {notes: memory}\n");
    try (ServerProcess server =
        ServerProcess.serve(directory, "--management", "0", "--max-connections", "12")) {
      assertThat(refused(server, 20, true)).isEqualTo(11); // the last quarter is not for one alone
      assertThat(counted(server)).containsExactly(0, 11);
    }
  }

  private void mapping(String content) throws IOException {
    Files.writeString(directory.resolve("mapping.yaml"), content);
  }

  /** How many of so many connections are closed without an answer. */
  private static int refused(ServerProcess server, int tries, boolean keptOpen) throws IOException {
    List<HttpConnection> open = new ArrayList<>();
    int refused = 0;
    try {
      for (int i = 0; i < tries; i++) {
        HttpConnection connection = new HttpConnection(server.url().getPort());
        open.add(connection);
        try {
          connection.exchange(Request.of("GET", "/health/live"));
        } catch (IOException closed) {
          refused++;
        }
        if (!keptOpen) {
          connection.close();
        }
      }
    } finally {
      for (HttpConnection connection : open) {
        connection.close();
      }
    }
    return refused;
  }

  /** What the metrics say: those that connected too often, and those without a place. */
  private static List<Integer> counted(ServerProcess server) throws Exception {
    String metrics =
        ServerProcess.send(HttpRequest.newBuilder(server.management().resolve("/metrics")).build())
            .body();
    return List.of(counted(metrics, "rate"), counted(metrics, "overload"));
  }

  private static int counted(String metrics, String refusal) {
    String series =
        "backplane_connections_refused_total{backplane_refusal=\"%s\"} ".formatted(refusal);
    return metrics
        .lines()
        .filter(line -> line.startsWith(series))
        .map(line -> (int) Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElseThrow();
  }
}
