package dev.backplane.server;

import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A client that does what docs/http.md says: sends a request again until it is answered for good.
 * Measures how long each takes. Safe for use by many threads.
 */
final class ChaosClient {
  /** Beyond any deadline of the server: who waits so long has found a defect. */
  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Supplier<URI> server;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong longest = new AtomicLong();
  private volatile boolean givingUp;
  private final ConcurrentLinkedQueue<String> oddities = new ConcurrentLinkedQueue<>();

  /**
   * Makes a client.
   *
   * @param server where the server is; another place once it was started anew
   */
  ChaosClient(Supplier<URI> server) {
    this.server = server;
  }

  /** A request without a body. */
  HttpRequest.Builder request(String method, String path) {
    return request(method, path, "");
  }

  /** A request with a body of JSON, or of a JSON Patch where it is an array. */
  HttpRequest.Builder request(String method, String path, String body) {
    boolean patch = method.equals("PATCH") && body.startsWith("[");
    return HttpRequest.newBuilder(server.get().resolve(path))
        .timeout(TIMEOUT)
        .header("Content-Type", patch ? "application/json-patch+json" : "application/json")
        .method(method, BodyPublishers.ofString(body));
  }

  /** Sends it once; empty when the connection broke. */
  Optional<HttpResponse<String>> once(HttpRequest.Builder request) {
    long started = System.nanoTime();
    requests.incrementAndGet();
    try {
      HttpResponse<String> answer =
          http.send(rebased(request), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 500) {
        failed.incrementAndGet();
        if (answer.statusCode() == 500) {
          oddities.add(answer.statusCode() + " " + answer.uri() + " " + answer.body());
        }
      } else if (!answer.request().method().equals("GET") && answer.statusCode() < 300) {
        acknowledged.incrementAndGet();
      }
      return Optional.of(answer);
    } catch (IOException broken) {
      failed.incrementAndGet();
      return Optional.empty();
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    } finally {
      longest.accumulateAndGet(System.nanoTime() - started, Math::max);
    }
  }

  /** To where the server is now: it may have been started anew since the request was made. */
  private HttpRequest rebased(HttpRequest.Builder request) {
    URI uri = request.build().uri();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return request.uri(server.get().resolve(uri.getRawPath() + query)).build();
  }

  /** The test is over before a request was answered for good. */
  static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** From now on no request is sent again; until it is called with false. */
  void giveUp(boolean now) {
    givingUp = now;
  }

  /** Sends it until the answer is one for good. */
  HttpResponse<String> settle(HttpRequest.Builder request) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<HttpResponse<String>> last = Optional.empty();
    while (System.nanoTime() - deadline < 0) {
      if (givingUp) {
        throw new GivenUp();
      }
      last = once(request);
      if (last.isPresent() && isForGood(last.get())) {
        return last.get();
      }
      pause();
    }
    throw new IllegalStateException(
        "no answer within " + PATIENCE + ", at last " + last.map(ChaosClient::told).orElse("none"));
  }

  private static boolean isForGood(HttpResponse<String> answer) {
    boolean running =
        answer.statusCode() == 409 && answer.headers().firstValue("Retry-After").isPresent();
    return answer.statusCode() < 500 && !running;
  }

  static String told(HttpResponse<String> answer) {
    return answer.statusCode() + " " + answer.body();
  }

  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(20, 120));
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  /** All items of a resource. */
  List<JsonObject> all(String resource) {
    List<JsonObject> items = new ArrayList<>();
    Optional<String> next = Optional.of("/api/" + resource + "?_limit=200");
    while (next.isPresent()) {
      HttpResponse<String> page = settle(request("GET", next.get()));
      if (page.statusCode() != 200) {
        throw new IllegalStateException(told(page));
      }
      ((JsonArray) json(page.body())).elements().forEach(item -> items.add((JsonObject) item));
      next =
          page.headers()
              .firstValue("Link")
              .filter(link -> link.contains("rel=\"next\""))
              .map(link -> link.replaceFirst(".*<([^>]*)>; *rel=\"next\".*", "$1"));
    }
    return items;
  }

  static dev.backplane.spi.JsonValue json(String text) {
    return Json.CODEC.read(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(JsonObject item, String member) {
    return item.get(member).flatMap(dev.backplane.spi.JsonValue::text).orElse("");
  }

  /** How many writes were acknowledged so far. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** What should not happen whatever the network does: defects of the gateway. */
  List<String> oddities() {
    return List.copyOf(oddities);
  }

  Duration longest() {
    return Duration.ofNanos(longest.get());
  }

  @Override
  public String toString() {
    return "%d requests, %d of them failed, %d writes acknowledged, longest %d ms"
        .formatted(requests.get(), failed.get(), acknowledged.get(), longest().toMillis());
  }
}
