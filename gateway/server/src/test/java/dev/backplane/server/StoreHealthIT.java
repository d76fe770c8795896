package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What those who run the built server hear of its stores. Takes half a minute. */
@Timeout(180)
class StoreHealthIT {
  @TempDir private Path directory;
  private ServerProcess server;

  @BeforeEach
  void serve() throws Exception {
    CheckedPlugin.buildInto(directory.resolve("plugins"));
    Files.writeString(
        directory.resolve("mapping.yaml"),
        """
        resources:
          notes: memory
          orders: {service: checked, settings: {files: orders}}
          users: {service: checked, settings: {files: users}}
        """);
    server = ServerProcess.serve(directory, "--plugins", "plugins", "--management", "0");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void stores_thatAnswer_areUp_andAskedOnceByHundredsOfProbes() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest probe =
        HttpRequest.newBuilder(server.management().resolve("/health/stores")).build();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(client.sendAsync(probe, HttpResponse.BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    assertThat(answers.get(0).get().body())
        .matches(
            "\\{\"status\":\"up\",\"stores\":\\["
                + "\\{\"resource\":\"notes\",\"service\":\"memory\",\"status\":\"up\","
                + "\"since\":\"[^\"]+Z\",\"checked\":\"[^\"]+Z\"},"
                + "\\{\"resource\":\"orders\",.*\\{\"resource\":\"users\",.*}]}");
    assertThat(Files.size(directory.resolve("orders.checks"))).isEqualTo(1);
    assertThat(Files.size(directory.resolve("users.checks"))).isEqualTo(1);
  }

  @Test
  void store_thatIsDown_isNamed_andSeenToComeBack_andTheGatewayStaysReady() throws Exception {
    Path down = Files.createFile(directory.resolve("orders.down"));
    HttpResponse<String> found = stores();
    assertThat(found.statusCode()).isEqualTo(503);
    assertThat(found.body())
        .startsWith("{\"status\":\"down\"")
        .contains("\"reason\":\"The backend does not answer.\"")
        .containsOnlyOnce("\"reason\"")
        .doesNotContain("db.internal", "password");
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(server.get("/health/stores").statusCode()).as("the public port").isEqualTo(404);
    assertThat(server.errors())
        .contains("The store of orders is down: The backend does not answer.");

    Files.delete(down);
    HttpResponse<String> later = stores();
    while (later.statusCode() != 200) {
      Thread.sleep(100);
      later = stores();
    }
    assertThat(Files.size(directory.resolve("orders.checks"))).isEqualTo(2);
    assertThat(server.errors()).contains("The store of orders is up again");
  }

  @Test
  void store_thatHangs_isDown_inBoundedTime_andKeepsOneThread() throws Exception {
    Path hangs = Files.createFile(directory.resolve("users.hangs"));
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> found = stores();
      assertThat(found.statusCode()).isEqualTo(503);
      assertThat(found.body()).contains("\"reason\":\"The backend did not answer within 2 s.\"");
    }
    assertThat(Files.size(directory.resolve("users.checks"))).isEqualTo(1);
    Files.delete(hangs);
    while (stores().statusCode() != 200) {
      Thread.sleep(100);
    }
    assertThat(Files.size(directory.resolve("users.checks"))).isEqualTo(2);
  }

  @Test
  void notice_isGiven_whileEverythingIsServed() throws Exception {
    try (ServerProcess noticed =
        ServerProcess.serve(directory, "--plugins", "plugins", "--notice", "8s")) {
      assertThat(noticed.get("/health/ready").statusCode()).isEqualTo(200);
      noticed.terminate();
      HttpResponse<String> ready = noticed.get("/health/ready");
      while (ready.statusCode() == 200) {
        Thread.sleep(10);
        ready = noticed.get("/health/ready");
      }
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).isEqualTo("{\"status\":\"ending\"}");
      assertThat(noticed.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(noticed.get("/api/notes").statusCode()).isEqualTo(200);
      assertThat(noticed.awaitExit()).isEqualTo(143);
    }
  }

  private HttpResponse<String> stores() throws Exception {
    return ServerProcess.send(
        HttpRequest.newBuilder(server.management().resolve("/health/stores"))
            .timeout(Duration.ofSeconds(30))
            .build());
  }
}
