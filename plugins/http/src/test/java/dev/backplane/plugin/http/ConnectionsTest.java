package dev.backplane.plugin.http;

import static dev.backplane.plugin.http.ScriptedServer.json;
import static dev.backplane.plugin.http.Stores.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that break, hang, are refused, or are too few; over real sockets. */
@Timeout(60)
class ConnectionsTest {
  private static final String ITEM = json(200, "{\"id\": \"a\"}", "ETag: \"v1\"");

  @Test
  void get_when_the_first_connections_break_tries_again() {
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              switch (number) {
                case 1 -> socket.close();
                case 2 -> {
                  // less than it says
                  ScriptedServer.write(socket, ITEM.substring(0, ITEM.length() - 2));
                  socket.close();
                }
                default -> ScriptedServer.write(socket, ITEM);
              }
            });
        Store store = Stores.open(server.url(), "{}")) {
      assertThat(store.get("a")).map(Item::id).contains("a");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void get_when_the_backend_is_unwell_for_a_moment_tries_again() {
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              String unwell = number == 1 ? json(503, "{}", "Retry-After: 0") : json(502, "{}");
              ScriptedServer.write(socket, number <= 2 ? unwell : ITEM);
            });
        Store store = Stores.open(server.url(), "{}")) {
      assertThat(store.get("a")).isPresent();
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void get_when_connections_keep_breaking_fails() {
    try (ScriptedServer server = ScriptedServer.start((number, request, socket) -> socket.close());
        Store store = Stores.open(server.url(), "{'retries': 3}")) {
      assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void get_when_nobody_listens_fails() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (Store store = Stores.open("http://127.0.0.1:" + port, "{}")) {
      assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
    }
  }

  @Test
  void get_when_the_host_does_not_exist_fails() {
    try (Store store = Stores.open("http://no-such-host.invalid", "{'retries': 0}")) {
      StoreException failure = assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
      assertThat(failure.getMessage()).doesNotContain("invalid");
    }
  }

  @Test
  void get_when_the_backend_says_nothing_is_out_of_time() {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.start((number, request, socket) -> over.await());
        Store store = Stores.open(server.url(), "{'timeout': '200ms'}")) {
      assertFails(Reason.TIMEOUT, () -> store.get("a"));
      assertThat(server.requests()).as("there is no time for another try").hasSize(1);
    } finally {
      over.countDown();
    }
  }

  @Test
  void get_when_the_answer_trickles_in_is_out_of_time() {
    AtomicBoolean over = new AtomicBoolean();
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              ScriptedServer.write(socket, "HTTP/1.1 200 OK\r\nX-Slow: ");
              while (!over.get()) {
                // each byte comes well before a time-out that begins anew with it
                ScriptedServer.write(socket, "x");
                Thread.sleep(20);
              }
            });
        Store store = Stores.open(server.url(), "{'timeout': '300ms'}")) {
      assertFails(Reason.TIMEOUT, () -> store.get("a"));
    } finally {
      over.set(true);
    }
  }

  @Test
  void put_when_the_answer_is_lost_is_not_repeated_without_a_condition() {
    try (ScriptedServer server = ScriptedServer.start((number, request, socket) -> socket.close());
        WritableStore store = Stores.writable(server.url(), "{'writes': 'conditional'}")) {
      assertFails(Reason.UNAVAILABLE, () -> store.create(JsonObject.empty()));
      assertFails(
          Reason.UNAVAILABLE, () -> store.put("a", JsonObject.empty(), new Precondition.None()));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void put_when_the_answer_is_lost_and_the_condition_fails_then_is_told_as_done() {
    String stored = json(200, "{\"id\": \"a\", \"n\": 1}", "ETag: \"v2\"");
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              switch (number) {
                case 1 -> socket.close(); // but it was written
                case 2 -> ScriptedServer.write(socket, json(412, "{}"));
                default -> ScriptedServer.write(socket, stored);
              }
            });
        WritableStore store =
            Stores.writable(server.url(), "{'writes': 'conditional', 'versions': 'etag'}")) {
      PutResult result = store.put("a", Stores.json("{'n': 1}"), new Precondition.Matches("v1"));
      assertThat(result).isEqualTo(new PutResult.Replaced(store.get("a").orElseThrow()));
      assertThat(server.requests().get(0)).contains("If-Match: \"v1\"");
    }
  }

  @Test
  void put_when_the_answer_is_lost_and_others_have_written_is_refused() {
    String stored = json(200, "{\"id\": \"a\", \"n\": 2}", "ETag: \"v2\"");
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              switch (number) {
                case 1 -> socket.close();
                case 2 -> ScriptedServer.write(socket, json(412, "{}"));
                default -> ScriptedServer.write(socket, stored);
              }
            });
        WritableStore store =
            Stores.writable(server.url(), "{'writes': 'conditional', 'versions': 'etag'}")) {
      Optional<Item> current = Optional.of(new Item("a", "v2", Stores.json("{'id': 'a', 'n': 2}")));
      assertThat(store.put("a", Stores.json("{'n': 1}"), new Precondition.Matches("v1")))
          .isEqualTo(new PutResult.PreconditionFailed(current));
    }
  }

  @Test
  void get_when_all_connections_are_in_use_is_throttled() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              asked.countDown();
              go.await();
              ScriptedServer.write(socket, ITEM);
            });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Store store =
            Stores.open(server.url(), "{'max-connections': 1, 'timeout': '3s', 'retries': 0}")) {
      Future<Optional<Item>> first = threads.submit(() -> store.get("a"));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      assertFails(Reason.THROTTLED, () -> store.get("b"));
      go.countDown();
      assertThat(first.get()).isPresent();
      assertThat(server.requests()).hasSize(1);
    } finally {
      go.countDown();
    }
  }

  @Test
  void get_when_the_backend_keeps_failing_is_not_asked_until_it_recovers() {
    AtomicBoolean well = new AtomicBoolean();
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) ->
                ScriptedServer.write(socket, well.get() ? ITEM : json(500, "{}")));
        Store store =
            Stores.open(
                server.url(), "{'breaker': {'calls': 4, 'failure-rate': 100, 'wait': '200ms'}}")) {
      for (int i = 0; i < 4; i++) {
        assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
      }
      assertThat(server.requests()).hasSize(4);
      StoreException open = assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
      assertThat(open).hasMessageContaining("too often");
      assertThat(server.requests()).hasSize(4);
      well.set(true);
      Optional<Item> item = Optional.empty();
      while (item.isEmpty()) {
        try {
          item = store.get("a");
        } catch (StoreException stillOpen) {
          Thread.onSpinWait();
        }
      }
      assertThat(server.requests()).hasSize(5);
    }
  }

  @Test
  void get_when_clients_are_wrong_stays_asked() {
    try (ScriptedServer server = ScriptedServer.answering(json(400, "{}"));
        Store store = Stores.open(server.url(), "{'breaker': {'calls': 4, 'failure-rate': 1}}")) {
      for (int i = 0; i < 10; i++) {
        assertFails(Reason.INVALID, () -> store.get("a"));
      }
      assertThat(server.requests()).hasSize(10);
    }
  }

  @Test
  void get_when_the_backend_speaks_no_tls_fails() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Store store = Stores.open("https://127.0.0.1:" + listener.getLocalPort(), "{}")) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = listener.accept()) {
              ScriptedServer.write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
              socket.getInputStream().readAllBytes();
            } catch (IOException over) {
              // the client has gone
            }
          });
      StoreException failure = assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
      assertThat(failure.getCause()).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void get_when_done_keeps_the_connection() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(ITEM);
        Store first = Stores.open(server.url(), "{}")) {
      for (int i = 0; i < 5; i++) {
        first.get("a");
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}
