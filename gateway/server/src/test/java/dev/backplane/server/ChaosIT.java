package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients write through a server whose connections to a DynamoDB and to an SQL database are
 * delayed, dropped, reset and cut short. What was acknowledged is there afterwards, once; no
 * request outlives its deadline; and the server recovers by itself.
 */
@Timeout(600)
class ChaosIT {
  /** What a request may spend in backends, and a little for all the rest. */
  private static final Duration DEADLINE = Duration.ofSeconds(29);

  @TempDir private Path directory;
  private ChaosBackends backends;

  @BeforeEach
  void startBackends() throws Exception {
    backends = new ChaosBackends(directory);
  }

  @AfterEach
  void stopBackends() {
    backends.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dynamo", "sql"})
  void nothingAcknowledged_isLostOrDoneTwice_whateverTheNetworkDoes(String keeper)
      throws Exception {
    backends.writeMapping(directory.resolve("mapping.yaml"), keeper);
    try (ServerProcess server = ServerProcess.serve(directory)) {
      ChaosClient client = new ChaosClient(server::url);
      List<ChaosWriter> dynamo = ChaosWriters.of(client, "dynamo");
      List<ChaosWriter> sql = ChaosWriters.of(client, "sql");
      List<ChaosWriter> all = new ArrayList<>(dynamo);
      all.addAll(sql);
      all.forEach(ChaosWriter::prepare);

      ChaosStorms writers = new ChaosStorms(all);
      rage();
      writers.end();
      Files.writeString(Path.of("target", "chaos-" + keeper + ".log"), server.errors());
      requireAnswers(client);

      ChaosVerdict verdict = ChaosStorms.verdict(client, dynamo, sql);
      System.out.printf(
          "chaos: seed %d, answers kept in %s, %s as sql: %s; faults of DynamoDB %s, of %s %s;"
              + " %s%n",
          ChaosStorms.SEED,
          keeper,
          backends.sqlName(),
          client,
          backends.dynamo().counts(),
          backends.sqlName(),
          backends.sql().counts(),
          verdict);
      assertThat(verdict.wrong()).as("seed " + ChaosStorms.SEED).isEmpty();
      assertThat(client.oddities()).isEmpty();
      assertThat(client.longest()).isLessThan(DEADLINE);
      assertThat(backends.dynamo().connections()).isLessThanOrEqualTo(50);
      assertThat(backends.sql().connections()).isLessThanOrEqualTo(10);
    }
  }

  /** Faults of each kind, and every four seconds a second in which no connection is taken. */
  private void rage() throws InterruptedException {
    Storm storm = new Storm(ChaosStorms.SEED, 0.03);
    backends.proxies().forEach(proxy -> proxy.set(storm));
    for (int second = 1; second <= ChaosStorms.SECONDS; second++) {
      Thread.sleep(1_000);
      storm.setOutage(second % 4 == 0);
      if (second % 4 == 0) {
        backends.proxies().get(second / 4 % 2).resetAll();
      }
    }
    backends.proxies().forEach(proxy -> proxy.set(FaultProxy.NONE));
  }

  /** Each resource is read and written again, though nobody started anything anew. */
  private static void requireAnswers(ChaosClient client) {
    for (String resource : List.of("dynamo", "sql")) {
      HttpResponse<String> created =
          client.settle(client.request("POST", "/api/" + resource, "{\"w\":\"afterwards\"}"));
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }
  }
}
