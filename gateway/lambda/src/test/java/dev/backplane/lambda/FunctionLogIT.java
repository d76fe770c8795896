package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the function writes into its log, read as CloudWatch would. */
class FunctionLogIT {
  @TempDir Path folder;

  @Test
  void log_whenRequestsAreAnswered_hasOneLineForEach() throws IOException {
    try (FunctionUnderTest function = start("resources:\n  notes: memory\n", Map.of())) {
      String note = "{\"id\":\"jane-doe\",\"pin\":\"4711\"}";
      send(function, ClientRequest.json("POST", "/api/notes", note), 201);
      send(function, ClientRequest.get("/api/notes/jane-doe"), 200);
      send(function, ClientRequest.get("/api/notes?pin=4711"), 200);
      send(function, ClientRequest.get("/api/nothing"), 404);
      List<JsonNode> lines = requests(function);
      assertThat(lines).hasSize(4);

      JsonNode get = lines.get(1);
      assertThat(text(get, "level")).isEqualTo("INFO");
      assertThat(text(get, "method")).isEqualTo("GET");
      assertThat(text(get, "route")).isEqualTo("/api/{resource}/{id}");
      assertThat(text(get, "resource")).isEqualTo("notes");
      assertThat(text(get, "service")).isEqualTo("memory");
      assertThat(get.get("status").asInt()).isEqualTo(200);
      assertThat(get.get("storeCalls").asInt()).isEqualTo(1);
      assertThat(text(get, "requestId")).isEqualTo(text(get, "invocationId")).isNotEmpty();
      assertThat(text(get, "traceId")).isEqualTo(RuntimeApi.TRACE);
      assertThat(get.get("latency").asDouble())
          .isGreaterThan(get.get("storeLatency").asDouble())
          .isGreaterThan(get.get("gatewayLatency").asDouble());
      assertThat(get.get("storeLatency").asDouble()).isPositive();

      assertThat(lines)
          .extracting(line -> line.get("coldStart").asBoolean())
          .containsExactly(true, false, false, false);
      assertThat(text(lines.get(2), "route")).isEqualTo("/api/{resource}");
      assertThat(text(lines.get(2), "plan")).startsWith("filter=");
      assertThat(text(lines.get(3), "route")).isEmpty();
      assertThat(text(lines.get(3), "resource")).isEmpty();
      assertThat(String.join("\n", function.log())).doesNotContain("4711", "jane-doe", "nothing");
    }
  }

  @Test
  void log_hasMetricsThatCloudWatchFinds() throws IOException {
    try (FunctionUnderTest function = start("resources:\n  notes: memory\n", Map.of())) {
      send(function, ClientRequest.get("/api/notes"), 200);
      send(function, ClientRequest.get("/api/nothing"), 404);
      List<JsonNode> lines = requests(function);
      assertThat(dimensions(lines.get(0)))
          .containsExactly("[\"function\"]", "[\"function\",\"resource\"]");
      // a name that clients choose is no dimension
      assertThat(dimensions(lines.get(1))).containsExactly("[\"function\"]");
      for (JsonNode line : lines) {
        JsonNode directive = line.get("_aws");
        assertThat(directive.get("Timestamp").asLong())
            .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
        JsonNode metrics = directive.get("CloudWatchMetrics").get(0).get("Metrics");
        assertThat(metrics).hasSize(3);
        metrics.forEach(metric ->
            assertThat(line.get(text(metric, "Name")).isNumber())
                .as(text(metric, "Name"))
                .isTrue());
        assertThat(text(line, "function")).isEqualTo("backplane");
      }
    }
  }

  @Test
  void log_whenMetricsAreOff_hasNone() throws IOException {
    Map<String, String> off = Map.of("BACKPLANE_METRICS", "off");
    try (FunctionUnderTest function = start("resources:\n  notes: memory\n", off)) {
      send(function, ClientRequest.get("/api/notes"), 200);
      assertThat(requests(function)).hasSize(1).noneMatch(line -> line.has("_aws"));
    }
  }

  @Test
  void start_whenMetricsAreSomethingElse_saysWhatTheyMayBe() throws IOException {
    Map<String, String> wrong = Map.of("BACKPLANE_METRICS", "yes");
    try (FunctionUnderTest function = start("resources:\n  notes: memory\n", wrong)) {
      assertThat(function.initError())
          .contains("BACKPLANE_METRICS is \\\"yes\\\" and may be on or off.");
    }
  }

  @Test
  void log_whenTheLevelIsHigher_hasNoLineOfWhatWentWell() throws IOException {
    Map<String, String> warn = Map.of("BACKPLANE_LOG_LEVEL", "warn");
    try (FunctionUnderTest function = start("resources:\n  notes: memory\n", warn)) {
      send(function, ClientRequest.get("/api/notes"), 200);
      assertThat(function.log()).isEmpty();
    }
  }

  @Test
  void log_whenAStoreFails_tellsOfItUnderTheRequestsIdAndPassesTheTraceOn() throws IOException {
    try (DynamoDbStub table = new DynamoDbStub()) {
      try (FunctionUnderTest function = start(table.mapping(), DynamoDbStub.environment())) {
        ClientRequest request = ClientRequest.get("/api/users/1").with("X-Request-Id", "mine-1");
        send(function, request, 502);
        assertThat(table.sent("x-amzn-trace-id")).isNotEmpty().containsOnly(RuntimeApi.TRACE);
        JsonNode line = requests(function).get(0);
        assertThat(text(line, "level")).isEqualTo("ERROR");
        assertThat(text(line, "requestId")).isEqualTo("mine-1");
        assertThat(text(line, "resource")).isEqualTo("users");
        assertThat(line.get("serverErrors").asInt()).isEqualTo(1);
        assertThat(lines(function))
            .filteredOn(each -> text(each, "logger").equals("DynamoDbService"))
            .isNotEmpty()
            .allMatch(each -> text(each, "requestId").equals("mine-1"));
        // with the stack trace, and still a line for each event
        assertThat(lines(function))
            .anyMatch(each ->
                each.has("stackTrace") && text(each, "stackTrace").contains("StoreException"));
      }
    }
  }

  private FunctionUnderTest start(String mapping, Map<String, String> environment)
      throws IOException {
    Path root = FunctionUnderTest.unpack(folder);
    Files.writeString(root.resolve("mapping.yaml"), mapping);
    return FunctionUnderTest.start(root, environment);
  }

  private static void send(FunctionUnderTest function, ClientRequest request, int status) {
    assertThat(function.send(EventKind.REST_API, request).status()).isEqualTo(status);
  }

  private static List<JsonNode> requests(FunctionUnderTest function) {
    return lines(function).stream()
        .filter(line -> text(line, "logger").equals("RequestLog"))
        .toList();
  }

  /** Each line of the log, every one of which has to be JSON. */
  private static List<JsonNode> lines(FunctionUnderTest function) {
    return function.log().stream().map(JsonMapper.shared()::readTree).toList();
  }

  private static List<String> dimensions(JsonNode line) {
    List<String> dimensions = new ArrayList<>();
    line.get("_aws")
        .get("CloudWatchMetrics")
        .get(0)
        .get("Dimensions")
        .forEach(each -> dimensions.add(each.toString()));
    return dimensions;
  }

  private static String text(JsonNode line, String member) {
    return line.get(member).asString();
  }
}
