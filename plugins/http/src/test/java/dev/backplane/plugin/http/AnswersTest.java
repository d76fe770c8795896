package dev.backplane.plugin.http;

import static dev.backplane.plugin.http.ScriptedServer.json;
import static dev.backplane.plugin.http.Stores.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are not what the store hoped for, over a real socket. */
class AnswersTest {
  private static final String SETTINGS = "{'writes': 'conditional', 'retries': 0}";

  @ParameterizedTest
  @CsvSource({
    "204, UNAVAILABLE",
    "304, UNAVAILABLE",
    "400, INVALID",
    "401, UNAVAILABLE",
    "403, UNAVAILABLE",
    "405, UNSUPPORTED",
    "406, UNAVAILABLE",
    "408, TIMEOUT",
    "409, CONFLICT",
    "414, INVALID",
    "429, THROTTLED",
    "431, INVALID",
    "500, UNAVAILABLE",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, TIMEOUT",
    "599, UNAVAILABLE"
  })
  void get_when_the_status_is_no_success_fails_for_its_reason(int status, Reason reason) {
    String answer = "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n";
    try (ScriptedServer server = ScriptedServer.answering(answer);
        Store store = Stores.open(server.url(), SETTINGS)) {
      assertFails(reason, () -> store.get("a"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "202, TIMEOUT",
    "400, INVALID",
    "403, UNAVAILABLE",
    "405, UNSUPPORTED",
    "409, CONFLICT",
    "413, INVALID",
    "415, UNAVAILABLE",
    "422, INVALID",
    "428, UNAVAILABLE",
    "429, THROTTLED",
    "501, UNSUPPORTED",
    "507, UNAVAILABLE"
  })
  void put_when_the_status_is_no_success_fails_for_its_reason(int status, Reason reason) {
    String body = "{\"error\": \"secret\"}";
    try (ScriptedServer server = ScriptedServer.answering(json(status, body));
        WritableStore store = Stores.writable(server.url(), SETTINGS)) {
      assertFails(reason, () -> store.put("a", JsonObject.empty(), new Precondition.None()));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void get_when_throttled_with_retry_after_fails_as_throttled() {
    try (ScriptedServer server = ScriptedServer.answering(json(503, "{}", "Retry-After: 120"));
        Store store = Stores.open(server.url(), "{'timeout': '2s'}")) {
      assertFails(Reason.THROTTLED, () -> store.get("a"));
      assertThat(server.requests()).as("there is no time to wait for so long").hasSize(1);
    }
  }

  @Test
  void list_when_there_is_no_such_list_fails() {
    try (ScriptedServer server = ScriptedServer.answering(json(404, "{}"));
        Store store = Stores.open(server.url(), "{}")) {
      assertFails(Reason.UNAVAILABLE, () -> store.list(Query.first(1)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void get_when_redirected_does_not_follow(int status) {
    try (ScriptedServer other = ScriptedServer.answering(json(200, "{\"id\": \"a\"}"));
        ScriptedServer server =
            ScriptedServer.answering(json(status, "{}", "Location: " + other.url() + "/a"));
        WritableStore store = Stores.writable(server.url(), SETTINGS)) {
      assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
      assertFails(Reason.UNAVAILABLE, () -> store.list(Query.first(1)));
      assertFails(
          Reason.UNAVAILABLE, () -> store.put("a", JsonObject.empty(), new Precondition.None()));
      assertThat(other.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        "{\"id\": \"a\"} trailing",
        "{\"id\": \"a\", \"id\": \"a\"}",
        "<html></html>"
      })
  void get_when_the_body_is_no_item_fails(String body) {
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        Store store = Stores.open(server.url(), "{}")) {
      assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "[1]",
        "[[]]",
        "[{}]",
        "[{\"id\": null}]",
        "[{\"id\": {}}]",
        "[",
        ""
      })
  void list_when_the_body_is_no_list_fails(String body) {
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        Store store = Stores.open(server.url(), "{}")) {
      assertFails(Reason.UNAVAILABLE, () -> store.list(Query.first(5)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, false",
    "application/octet-stream, false",
    "application/jsonp, false",
    "application/json, true",
    "Application/JSON; charset=utf-8, true",
    "application/hal+json, true",
    "text/json, true"
  })
  void get_when_the_content_type_is_no_json_fails(String type, boolean read) {
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Type: "
            + type
            + "\r\nContent-Length: 11\r\n\r\n{\"id\": \"a\"}";
    try (ScriptedServer server = ScriptedServer.answering(answer);
        Store store = Stores.open(server.url(), "{}")) {
      if (read) {
        assertThat(store.get("a")).isPresent();
      } else {
        assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
      }
    }
  }

  @Test
  void get_when_the_backend_gives_another_item_is_empty() {
    try (ScriptedServer server = ScriptedServer.answering(json(200, "{\"id\": \"A\"}"));
        Store store = Stores.open(server.url(), "{}")) {
      assertThat(store.get("a")).isEmpty();
      assertThat(store.get("A")).isPresent();
    }
  }

  @Test
  void get_when_the_body_is_too_large_fails() {
    String large = "{\"id\": \"a\", \"text\": \"" + "x".repeat(2000) + "\"}";
    try (ScriptedServer server = ScriptedServer.answering(json(200, large));
        Store small = Stores.open(server.url(), "{'max-answer-size': '1KB'}");
        Store store = Stores.open(server.url(), "{'max-answer-size': '3KB'}")) {
      assertFails(Reason.UNAVAILABLE, () -> small.get("a"));
      assertThat(store.get("a")).isPresent();
    }
  }

  @Test
  void get_when_the_body_never_ends_fails() {
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              ScriptedServer.write(
                  socket,
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n");
              while (true) {
                ScriptedServer.write(socket, "400\r\n" + " ".repeat(1024) + "\r\n");
              }
            });
        Store store = Stores.open(server.url(), "{'max-answer-size': '64KB'}")) {
      assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Endless: 1\r\n", "x"})
  void get_when_the_headers_never_end_fails(String again) {
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              ScriptedServer.write(socket, "HTTP/1.1 200 OK\r\nX-Endless: ");
              while (true) {
                ScriptedServer.write(socket, again.repeat(1000));
              }
            });
        Store store = Stores.open(server.url(), "{'retries': 0}")) {
      assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
    }
  }

  @Test
  void get_when_a_small_body_unpacks_to_a_large_one_fails() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[5 << 20]);
    }
    try (ScriptedServer server =
            ScriptedServer.start((number, request, socket) -> {
              ScriptedServer.write(
                  socket,
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                      + "Content-Length: "
                      + packed.size()
                      + "\r\n\r\n");
              packed.writeTo(socket.getOutputStream());
            });
        Store store = Stores.open(server.url(), "{'max-answer-size': '1MB'}")) {
      StoreException failure = assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
      assertThat(failure.getCause()).hasMessageContaining("max-answer-size");
      assertThat(packed.size()).isLessThan(10_000);
    }
  }

  @Test
  void list_when_a_page_links_out_of_the_url_fails() {
    for (String link :
        new String[] {
          "http://127.0.0.1:1/v1/things?page=2",
          "https://example.org/v1/things?page=2",
          "//example.org/v1/things",
          "/v1/others",
          "/v1/things/../others",
          "/v1/things/%2e%2e/others",
          "/v1/things/..%2fothers",
          "/v1/things-too",
          "http://user@127.0.0.1/v1/things",
          "file:///etc/passwd",
          "\\\\example.org\\v1\\things",
          ""
        }) {
      try (ScriptedServer server =
              ScriptedServer.answering(json(200, "[]", "Link: <" + link + ">; rel=next"));
          Store store = Stores.open(server.url(), "{'paging': {'style': 'link'}}")) {
        assertFails(Reason.UNAVAILABLE, () -> store.list(Query.first(1)));
        assertThat(server.requests()).as(link).hasSize(1);
      }
    }
  }

  @Test
  void list_when_a_page_leads_to_itself_fails() {
    String body = "{\"items\": [], \"next\": \"again\"}";
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        Store store =
            Stores.open(
                server.url(),
                "{'items-in': 'items', 'paging': {'style': 'cursor', 'next-in': 'next'}}")) {
      String next = store.list(Query.first(1)).next().orElseThrow();
      assertFails(Reason.UNAVAILABLE, () -> store.list(Query.first(1).from(next)));
    }
  }
}
