package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.ApiKey;
import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How often callers and addresses may ask, on a running server whose time the tests make. */
@Timeout(60)
class RateLimitIT {
  private static final Request PING = Request.of("GET", "/api/ping");
  private static final String ORIGIN = "https://app.example.com";

  @TempDir private Path directory;
  private final AtomicLong nanos = new AtomicLong();
  private final Limits limits = new Limits(1000, nanos::get);

  private SocketClient serve(String limitLines) throws IOException {
    Files.writeString(
        directory.resolve("keys.json"),
        Stream.of("ann", "bob", "partner")
            .map(
                name -> new ApiKey(name, ApiKey.hash(name), Set.of(name), Optional.empty()).entry())
            .toList()
            .toString());
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        authentication: {api-keys: keys.json}
        cors: {origins: ["%s"]}
        %s
        resources: {notes: memory}
        """
            .formatted(ORIGIN, limitLines));
    return SocketClient.start(mapping, new Callers(), new Bounds(limits, 100, 100));
  }

  private static Request as(String caller) {
    return Request.of("GET", "/api/notes").header("X-API-Key", caller);
  }

  private static List<Integer> statuses(SocketClient client, Request request, int times) {
    return Stream.generate(() -> client.send(request).status()).limit(times).toList();
  }

  private static List<String> all(Answer answer, String header) {
    return answer.headers().stream()
        .filter(each -> each.getKey().equals(header))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Test
  void caller_whoAsksTooOften_isRefused_untilTheQuotaFills() throws Exception {
    try (SocketClient client = serve("rate-limits: {caller: 3 in 30s}")) {
      Answer first = client.send(as("ann"));
      assertThat(first.status()).isEqualTo(200);
      assertThat(first.header("RateLimit-Policy")).hasValue("\"caller\";q=3;w=30");
      assertThat(first.header("RateLimit")).hasValue("\"caller\";r=2;t=10");
      assertThat(statuses(client, as("ann"), 4)).containsExactly(200, 200, 429, 429);
      assertThat(statuses(client, as("bob"), 2)).containsExactly(200, 200);
      assertThat(statuses(client, PING, 9)).containsOnly(200);
      nanos.addAndGet(Duration.ofSeconds(10).toNanos());
      assertThat(statuses(client, as("ann"), 2)).containsExactly(200, 429);
    }
  }

  @Test
  void refusal_isAProblemThatSaysWhenToAskAgain_alsoToPages() throws Exception {
    for (String limit : new String[] {"caller", "address"}) {
      try (SocketClient client = serve("rate-limits: {" + limit + ": 1 in 1h}")) {
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        Request request = as("ann").header("Origin", ORIGIN).header("X-Request-Id", "mine");
        client.send(request);
        Answer refused = client.send(request);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).hasValue("3600");
        assertThat(refused.header("RateLimit")).hasValue("\"" + limit + "\";r=0;t=3600");
        assertThat(refused.header("RateLimit-Policy")).hasValue("\"" + limit + "\";q=1;w=3600");
        assertThat(refused.header("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.header("X-Request-Id")).hasValue("mine");
        assertThat(refused.header("Cache-Control")).hasValue("no-store");
        assertThat(refused.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
        assertThat(refused.header("Access-Control-Expose-Headers").orElse(""))
            .contains("RateLimit,", "RateLimit-Policy", "Retry-After");
        assertThat(refused.text())
            .contains(
                "\"type\":\"https://iana.org/assignments/http-problem-types#quota-exceeded\"",
                "\"status\":429",
                "\"detail\":\"Too many requests; ask again in 3600 s.\"",
                "\"violated-policies\":[\"" + limit + "\"]",
                "\"request-id\":\"mine\"");
      }
    }
  }

  @Test
  void address_isCountedWhateverIsAsked_butForHealth() throws Exception {
    try (SocketClient client = serve("rate-limits: {address: 5 in 1m}")) {
      assertThat(client.send(PING).header("RateLimit")).hasValue("\"address\";r=4;t=12");
      assertThat(client.send(as("nobody")).status()).isEqualTo(401);
      assertThat(client.send(Request.of("GET", "/nowhere")).status()).isEqualTo(404);
      assertThat(client.send(Request.json("POST", "/api/notes", "{")).status()).isEqualTo(401);
      assertThat(client.send(as("ann")).status()).isEqualTo(200);
      for (Request any : List.of(PING, as("nobody"), as("bob"), Request.of("GET", "/nowhere"))) {
        assertThat(client.send(any).status()).isEqualTo(429);
      }
      Answer health = client.send(Request.of("GET", "/health/live"));
      assertThat(health.status()).isEqualTo(200);
      assertThat(health.header("RateLimit")).isEmpty();
    }
  }

  @Test
  void bodyOfARefusedRequest_isNotWaitedFor_andTheClientSeesTheAnswer() throws Exception {
    try (SocketClient client = serve("rate-limits: {address: 1 in 1h}");
        HttpConnection connection = new HttpConnection(client.port())) {
      client.send(PING);
      connection.write(
          "POST /api/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n{"
              .getBytes(StandardCharsets.US_ASCII));
      assertThat(connection.read("POST").status()).isEqualTo(429);
    }
  }

  /** Each connection of whoever asks again at once costs the server little, and nobody else. */
  @Test
  void refusal_comesAfterAPause_whichOthersDoNotHave() throws Exception {
    try (SocketClient client =
        serve("rate-limits: {address: 1 in 1h}\ntrusted-proxies: [127.0.0.1]")) {
      Request other = PING.header("X-Forwarded-For", "192.0.2.1");
      client.send(other);
      long begun = System.nanoTime();
      assertThat(statuses(client, other, 5)).containsOnly(429);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(500));
      try (HttpConnection pipeline = new HttpConnection(client.port())) {
        pipeline.write(
            Bytes.of(
                "GET /api/ping HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"
                    .repeat(3)));
        for (int i = 0; i < 3; i++) {
          assertThat(pipeline.read("GET").status()).isEqualTo(429);
        }
      }
      assertThat(client.send(PING.header("X-Forwarded-For", "192.0.2.2")).status()).isEqualTo(200);
    }
  }

  /** Four for each request that it may send, and a hundred a second to see whether all is well. */
  @Test
  void address_thatConnectsTooOften_isClosed_untilTheQuotaFills() throws Exception {
    try (SocketClient client = serve("rate-limits: {address: 5 in 1h}")) {
      assertThat(connections(client.port(), 121)).isEqualTo(120);
      nanos.addAndGet(Duration.ofMillis(500).toNanos());
      assertThat(connections(client.port(), 51)).isEqualTo(50);
    }
  }

  @Test
  void proxy_connectsAsOftenAsItLikes() throws Exception {
    try (SocketClient client =
        serve("rate-limits: {address: 5 in 1h}\ntrusted-proxies: [127.0.0.1]")) {
      assertThat(connections(client.port(), 300)).isEqualTo(300);
    }
  }

  /** How many of so many connections, one after the other, are served. */
  private static int connections(int port, int tries) {
    int served = 0;
    for (int i = 0; i < tries; i++) {
      try (HttpConnection connection = new HttpConnection(port)) {
        connection.exchange(Request.of("GET", "/health/live"));
        served++;
      } catch (IOException closed) {
        continue;
      }
    }
    return served;
  }

  @Test
  void role_hasALimitOfItsOwn() throws Exception {
    try (SocketClient client =
        serve("rate-limits: {caller: 1 in 1m, roles: {partner: 4 in 1m, bob: 1 in 1h}}")) {
      assertThat(statuses(client, as("ann"), 2)).containsExactly(200, 429);
      assertThat(client.send(as("partner")).header("RateLimit-Policy"))
          .hasValue("\"caller\";q=4;w=60");
      assertThat(statuses(client, as("partner"), 4)).containsExactly(200, 200, 200, 429);
      assertThat(client.send(as("bob")).header("RateLimit")).hasValue("\"caller\";r=0;t=3600");
    }
  }

  @Test
  void bothLimits_areToldOfEachAnswer() throws Exception {
    try (SocketClient client = serve("rate-limits: {caller: 3 in 30s, address: 60 in 1m}")) {
      Answer answer = client.send(as("ann"));
      assertThat(all(answer, "RateLimit"))
          .containsExactlyInAnyOrder("\"address\";r=59;t=1", "\"caller\";r=2;t=10");
      assertThat(all(answer, "RateLimit-Policy"))
          .containsExactlyInAnyOrder("\"address\";q=60;w=60", "\"caller\";q=3;w=30");
    }
  }

  @Test
  void forwardedFor_ofAnybody_changesNothing_butOfAProxyItCounts() throws Exception {
    try (SocketClient client = serve("rate-limits: {address: 2 in 1h}")) {
      for (int i = 0; i < 4; i++) {
        Request forged = PING.header("X-Forwarded-For", "192.0.2." + i);
        assertThat(client.send(forged).status()).isEqualTo(i < 2 ? 200 : 429);
      }
    }
    try (SocketClient client =
        serve("rate-limits: {address: 2 in 2h}\ntrusted-proxies: [127.0.0.0/8]")) {
      for (String address : new String[] {"192.0.2.1", "192.0.2.2", "2001:db8::1"}) {
        for (int i = 0; i < 4; i++) {
          Request request = PING.header("X-Forwarded-For", "6.6.6." + i + ", " + address);
          assertThat(client.send(request).status()).isEqualTo(i < 2 ? 200 : 429);
        }
      }
      Request neighbour = PING.header("X-Forwarded-For", "2001:db8::2");
      assertThat(client.send(neighbour).status()).isEqualTo(429);
    }
  }

  @Test
  void changeOfTheMapping_changesTheLimit_andForgetsNothing() throws Exception {
    Path mapping = directory.resolve("mapping.yaml");
    String before = "rate-limits: {address: 3 in 1h}\nresources: {notes: memory}\n";
    Files.writeString(mapping, before);
    try (ServerProcess server = ServerProcess.serve(directory, "--reload", "20ms")) {
      for (int i = 0; i < 4; i++) {
        assertThat(server.get("/api/ping").statusCode()).isEqualTo(i < 3 ? 200 : 429);
      }
      Files.writeString(mapping, before + "  others: memory\n");
      Files.writeString(mapping, before.replace("3 in 1h", "24 in 1h"));
      HttpResponse<String> answer = server.get("/api/ping");
      while (!policy(answer).equals("\"address\";q=24;w=3600")) {
        assertThat(policy(answer)).isEqualTo("\"address\";q=3;w=3600");
        answer = server.get("/api/ping");
      }
      assertThat(answer.statusCode()).as("nothing was left").isEqualTo(429);
      Files.writeString(mapping, "resources: {notes: memory}\n");
      while (answer.statusCode() == 429) {
        answer = server.get("/api/ping");
      }
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(policy(answer)).isEmpty();
    }
  }

  private static String policy(HttpResponse<String> answer) {
    return answer.headers().firstValue("RateLimit-Policy").orElse("");
  }

  @Test
  void numberThatIsNone_stopsTheStart() throws Exception {
    for (String option : new String[] {"--max-requests", "--max-connections"}) {
      for (String number : new String[] {"0", "many"}) {
        ServerProcess.Finished refused = ServerProcess.run(directory, "serve", option, number);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors()).contains(option, "give 1 to 999999");
      }
    }
  }
}
