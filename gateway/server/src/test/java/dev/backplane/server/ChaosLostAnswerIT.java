package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.plugin.dynamodb.TestDatabase;
import dev.backplane.server.FaultProxy.Direction;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The moment that decides whether something is done twice: a backend has got a write, or is about
 * to, and its answer does not come back. Each write is tried with every step of its way broken.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosLostAnswerIT {
  /** More than the steps of any write. */
  private static final int STEPS = 6;

  private ChaosBackends backends;
  private ServerProcess server;
  private ChaosClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    backends = new ChaosBackends(directory);
    backends.writeMapping(directory.resolve("mapping.yaml"), "dynamo");
    server = ServerProcess.serve(directory);
    client = new ChaosClient(server::url);
  }

  @AfterAll
  void stop() {
    server.close();
    backends.close();
  }

  /** Once a text went to the backend, an answer of it is broken, and all after that one. */
  private static final class Lost implements FaultProxy.Faults {
    private final byte[] marker;
    private final AtomicInteger passing;
    private final Fault fault;
    private volatile boolean seen;

    Lost(String marker, int passing, Fault fault) {
      this.marker = marker.getBytes(StandardCharsets.UTF_8);
      this.passing = new AtomicInteger(passing);
      this.fault = fault;
    }

    @Override
    public Fault on(Direction direction, byte[] bytes) {
      seen = seen || (direction == Direction.TO_BACKEND && contains(bytes, marker));
      boolean answer = seen && direction == Direction.TO_GATEWAY;
      return answer && passing.getAndDecrement() <= 0 ? fault : Fault.PASS;
    }
  }

  /** As bytes, and as the characters of two bytes that H2 sends. */
  private static boolean contains(byte[] bytes, byte[] marker) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "");
    return text.contains(new String(marker, StandardCharsets.ISO_8859_1));
  }

  Stream<Arguments> steps() {
    List<Arguments> steps = new ArrayList<>();
    for (String resource : List.of("dynamo", "sql")) {
      for (int step = 0; step < STEPS; step++) {
        steps.add(Arguments.of(resource, Fault.RESET, step));
      }
      steps.add(Arguments.of(resource, Fault.TRUNCATE, 1));
      steps.add(Arguments.of(resource, Fault.TRUNCATE, 2));
      steps.add(Arguments.of(resource, Fault.DROP, 2));
    }
    return steps.stream();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void create_isDoneOnce(String resource, Fault fault, int step) {
    String mark = mark();
    HttpRequest.Builder post =
        keyed(client.request("POST", "/api/" + resource, "{\"mark\":\"%s\"}".formatted(mark)));
    assertThat(brokenThenWhole(resource, fault, step, mark, post).statusCode()).isEqualTo(201);
    String found =
        client.settle(client.request("GET", "/api/" + resource + "?mark=" + mark)).body();
    assertThat(((JsonArray) ChaosClient.json(found)).elements()).as(found).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void patch_isDoneOnce(String resource, Fault fault, int step) {
    String mark = mark();
    String item = list(resource, mark + "-list");
    HttpRequest.Builder patch = keyed(client.request("PATCH", item, append(mark)));
    assertThat(brokenThenWhole(resource, fault, step, mark, patch).statusCode()).isEqualTo(200);
    assertThat(listed(item)).containsExactly(mark);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void atomicChanges_areDoneOnce(String resource, Fault fault, int step) {
    String mark = mark();
    List<String> items = List.of(list(resource, mark + "-first"), list(resource, mark + "-second"));
    String update = "{\"op\":\"update\",\"id\":\"%s-%s\",\"body\":%s}";
    String body =
        "[%s,%s]"
            .formatted(
                update.formatted(mark, "first", append(mark)),
                update.formatted(mark, "second", append(mark)));
    HttpRequest.Builder bulk =
        keyed(client.request("POST", "/api/" + resource + "/_bulk?_atomic=true", body));
    assertThat(brokenThenWhole(resource, fault, step, mark, bulk).statusCode()).isEqualTo(200);
    items.forEach(item -> assertThat(listed(item)).containsExactly(mark));
  }

  /** The first bytes with a text are on their way until they are let go; all others pass. */
  private static final class Held implements FaultProxy.Faults {
    private final byte[] marker;
    private final CountDownLatch letGo;
    private final AtomicInteger held = new AtomicInteger();

    Held(String marker, CountDownLatch letGo) {
      this.marker = marker.getBytes(StandardCharsets.UTF_8);
      this.letGo = letGo;
    }

    @Override
    public Fault on(Direction direction, byte[] bytes) {
      boolean marked = direction == Direction.TO_BACKEND && contains(bytes, marker);
      return marked && held.getAndIncrement() == 0 ? Fault.DELAY : Fault.PASS;
    }

    @Override
    public Duration delay() throws InterruptedException {
      letGo.await();
      return Duration.ZERO;
    }
  }

  /** A second attempt that is answered would let the first be forgotten, and it may come late. */
  @Test
  void writeThatIsStuckOnItsWay_isNotAcknowledged() throws Exception {
    String mark = mark();
    String item = list("dynamo", mark + "-list");
    CountDownLatch letGo = new CountDownLatch(1);
    Held held = new Held(mark + "-early", letGo);
    backends.dynamo().set(held);
    HttpRequest.Builder put =
        client.request("PUT", item, "{\"list\":[\"%s-early\"]}".formatted(mark));
    assertThat(client.once(put).orElseThrow().statusCode()).isEqualTo(504);
    assertThat(listed(item)).isEmpty();
    assertThat(held.held).as("on its way").hasPositiveValue();

    letGo.countDown();
    if (isLocalStack()) { // it does nothing that nobody waits for any more
      assertThat(listed(item)).isSubsetOf(mark + "-early");
      return;
    }
    while (listed(item).isEmpty()) {
      Thread.sleep(10); // it does come
    }
    assertThat(listed(item)).containsExactly(mark + "-early");
  }

  private static boolean isLocalStack() throws Exception {
    URI health = TestDatabase.get().endpoint().resolve("/_localstack/health");
    return ServerProcess.send(HttpRequest.newBuilder(health).build()).statusCode() == 200;
  }

  private HttpResponse<String> brokenThenWhole(
      String resource, Fault fault, int step, String mark, HttpRequest.Builder request) {
    FaultProxy proxy = resource.equals("dynamo") ? backends.dynamo() : backends.sql();
    proxy.set(new Lost(mark, step, fault));
    Optional<HttpResponse<String>> first = client.once(request);
    proxy.set(FaultProxy.NONE);
    proxy.resetAll();
    assertThat(first).isPresent();
    HttpResponse<String> whole = client.settle(request);
    assertThat(whole.statusCode())
        .as(ChaosClient.told(first.get()) + ", then " + ChaosClient.told(whole))
        .isIn(200, 201);
    return whole;
  }

  private static String mark() {
    return "m" + UUID.randomUUID().toString().replace("-", "");
  }

  private static HttpRequest.Builder keyed(HttpRequest.Builder request) {
    return request.header("Idempotency-Key", "\"" + UUID.randomUUID() + "\"");
  }

  private static String append(String value) {
    return "[{\"op\":\"add\",\"path\":\"/list/-\",\"value\":\"%s\"}]".formatted(value);
  }

  private String list(String resource, String id) {
    String path = "/api/" + resource + "/" + id;
    HttpRequest.Builder put =
        client.request("PUT", path, "{\"list\":[]}").header("If-None-Match", "*");
    assertThat(client.settle(put).statusCode()).isEqualTo(201);
    return path;
  }

  private List<String> listed(String path) {
    JsonObject item =
        (JsonObject) ChaosClient.json(client.settle(client.request("GET", path)).body());
    return ((JsonArray) item.get("list").orElseThrow())
        .elements().stream().map(value -> value.text().orElseThrow()).toList();
  }
}
