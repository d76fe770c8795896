package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The DynamoDB plugin as it is built into the function, on one class path with everything else,
 * with the example mapping. What DynamoDB itself does, the plugin's own tests show.
 */
class FunctionDynamoDbIT {
  private static final String ITEM =
      "{\"Item\":{\"id\":{\"S\":\"u-1\"},\"name\":{\"S\":\"Zoë\"},\"big\":{\"N\":\"12345678901234567890\"}}}";

  @TempDir Path folder;
  private final Queue<String> calls = new ConcurrentLinkedQueue<>();

  @Test
  void get_whenResourceIsATable_asksDynamoDbForTheItem() throws IOException {
    HttpServer dynamoDb =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    dynamoDb.createContext("/", this::answer);
    dynamoDb.start();
    Map<String, String> environment =
        Map.of(
            "DYNAMODB_ENDPOINT",
            "http://127.0.0.1:" + dynamoDb.getAddress().getPort(),
            "AWS_ACCESS_KEY_ID",
            "id",
            "AWS_SECRET_ACCESS_KEY",
            "secret");
    try (FunctionUnderTest function =
        FunctionUnderTest.start(FunctionUnderTest.unpack(folder), environment)) {
      for (EventKind kind : EventKind.values()) {
        ClientAnswer answer = function.send(kind, ClientRequest.get("/api/users/u-1"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("name").asString()).isEqualTo("Zoë");
        assertThat(answer.text()).contains("12345678901234567890");
      }
    } finally {
      dynamoDb.stop(0);
    }
    assertThat(calls)
        .isNotEmpty()
        .allSatisfy(
            call -> assertThat(call).startsWith("DynamoDB_20120810.GetItem").contains("users"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " " + request);
      byte[] item = ITEM.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, item.length);
      exchange.getResponseBody().write(item);
    }
  }
}
