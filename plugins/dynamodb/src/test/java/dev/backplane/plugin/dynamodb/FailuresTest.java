package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  private static final String SECRET = "table users of account 123456789012";

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException, x, THROTTLED, too much",
    "400, ThrottlingException, x, THROTTLED, too much",
    "400, RequestLimitExceeded, x, THROTTLED, too much",
    "400, ResourceNotFoundException, x, UNAVAILABLE, does not exist",
    "400, UnrecognizedClientException, x, UNAVAILABLE, no access",
    "400, AccessDeniedException, x, UNAVAILABLE, no access",
    "403, InvalidSignatureException, x, UNAVAILABLE, no access",
    "400, ExpiredTokenException, x, UNAVAILABLE, no access",
    "400, TransactionConflictException, x, THROTTLED, try again",
    "400, ItemCollectionSizeLimitExceededException, x, INVALID, 10 GB",
    "400, ValidationException, Item size has exceeded the maximum allowed size, INVALID, 400 KB",
    "400, ValidationException, Nesting Levels have exceeded supported limits, INVALID, 32 levels",
    "400, ValidationException, The provided starting key is invalid, INVALID, cursor",
    "400, ValidationException, Type mismatch for Index Key x Expected: S, INVALID, index",
    "400, ValidationException, The provided key element does not match the schema, UNAVAILABLE, mapping",
    "400, ValidationException, Condition parameter type does not match schema type, UNAVAILABLE, mapping",
    "400, ValidationException, something new, INVALID, cannot hold",
    "500, InternalServerError, x, UNAVAILABLE, failed",
    "503, ServiceUnavailable, x, UNAVAILABLE, failed"
  })
  void call_when_the_service_answers_an_error_says_what_it_means(
      int status, String code, String text, Reason reason, String words) throws IOException {
    String body =
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"%s: %s\"}"
            .formatted(code, text, SECRET);
    HttpServer server = server();
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      StoreException failure = failure(server.getAddress().getPort(), "5s");
      assertThat(failure.reason()).isEqualTo(reason);
      assertThat(failure).hasMessageContaining(words).hasMessageNotContaining("123456789012");
      assertThat(failure.getMessage()).doesNotContain(code);
      assertThat(failure).hasStackTraceContaining(SECRET); // for the log
    } finally {
      server.stop(0);
    }
  }

  @Test
  void call_when_the_service_does_not_answer_in_time_is_cut_off() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    HttpServer server = server();
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    try {
      StoreException failure = failure(server.getAddress().getPort(), "300ms");
      assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    } finally {
      over.countDown();
      server.stop(0);
    }
  }

  @Test
  void call_when_nothing_listens_is_unavailable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    StoreException failure = failure(port, "5s");
    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("does not answer");
    assertThat(failure.getMessage()).doesNotContain(Integer.toString(port)).doesNotContain("127");
  }

  @Test
  void call_when_the_thread_is_interrupted_ends_and_stays_interrupted() throws IOException {
    HttpServer server = server();
    server.start();
    try {
      Thread.currentThread().interrupt();
      StoreException failure = failure(server.getAddress().getPort(), "5s");
      assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void call_when_there_are_no_credentials_is_unavailable() {
    JsonObject settings =
        settings(1, "5s")
            .without("access-key")
            .without("secret-key")
            .with("profile", new JsonString("no-such-profile"));
    StoreException failure = failure(settings);
    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("no access");
  }

  private static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  private static StoreException failure(int port, String timeout) {
    return failure(settings(port, timeout));
  }

  private static StoreException failure(JsonObject settings) {
    Store store =
        new DynamoDbService(Map.of()).open(TestContext.of(settings, Path.of("").toAbsolutePath()));
    try {
      return catchThrowableOfType(StoreException.class, () -> store.get("1"));
    } finally {
      store.close();
    }
  }

  private static JsonObject settings(int port, String timeout) {
    return JsonObject.of("endpoint", new JsonString("http://127.0.0.1:" + port))
        .with("region", new JsonString("eu-west-1"))
        .with("access-key", new JsonString("test"))
        .with("secret-key", new JsonString("test"))
        .with("timeout", new JsonString(timeout));
  }
}
