package dev.backplane.server;

import static dev.backplane.server.AbusedServer.CLOSED;
import static dev.backplane.server.AbusedServer.sends;
import static dev.backplane.server.Bytes.KB;
import static dev.backplane.server.Bytes.MB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.server.AbusedServer.Attempt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are none, or that are too large, or that read differently to others. */
@Timeout(120)
class AbuseOfHttpIT {
  private static AbusedServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = AbusedServer.start(directory, "http://127.0.0.1:1/none", AbuseOfHttpIT.class);
  }

  @AfterAll
  static void stop() throws Exception {
    try (AbusedServer ending = server) {
      ending.requireAsBefore(16);
    }
  }

  @Test
  void headers_that_are_too_large_are_refused() throws Exception {
    byte[] large = Bytes.get("/api/good/1", "X-Large: " + "a".repeat(MB));
    assertThat(server.attack("header of 1 MB", 8, 5, sends(large))).containsOnlyKeys(431);
    String[] many =
        IntStream.range(0, 10_000).mapToObj("X-%d: a"::formatted).toArray(String[]::new);
    assertThat(server.attack("10,000 headers", 8, 5, sends(Bytes.get("/api/good/1", many))))
        .containsOnlyKeys(431);
    byte[] url = Bytes.get("/api/good/" + "a".repeat(MB));
    assertThat(server.attack("URL of 1 MB", 8, 5, sends(url))).containsOnlyKeys(414);
    byte[] method = Bytes.request("A".repeat(10 * KB), "/api/good/1");
    assertThat(server.attack("method of 10 KB", 8, 5, sends(method)))
        .isNotEmpty()
        .doesNotContainKeys(200, 500);
  }

  @Test
  void headers_that_do_not_end_are_cut_off() throws Exception {
    byte[] start = Bytes.of("GET /api/good/1 HTTP/1.1\r\nHost: a\r\nX-Endless: ");
    byte[] more = Bytes.of("a".repeat(8 * KB));
    Attempt endless =
        socket -> {
          OutputStream out = socket.getOutputStream();
          out.write(start);
          try {
            for (int i = 0; i < 10_000; i++) {
              out.write(more);
            }
          } catch (SocketException cutOff) {
            return AbusedServer.status(socket);
          }
          return AbusedServer.status(socket);
        };
    assertThat(server.attack("header without an end", 8, 2, endless))
        .allSatisfy((status, times) -> assertThat(status).isIn(CLOSED, 431));
  }

  @Test
  void headers_that_fit_and_say_too_much_are_read_in_time() throws Exception {
    String list =
        IntStream.range(0, 1500).mapToObj("a%d;q=0.5"::formatted).reduce("", (a, b) -> a + "," + b);
    String small = list.substring(1, 14 * KB);
    for (String name :
        new String[] {
          "Accept", "Accept-Encoding", "Prefer", "Cookie", "Accept-Language", "Range"
        }) {
      byte[] get = Bytes.get("/api/good?_limit=100", name + ": " + small);
      assertThat(server.attack(name + " of 14 KB", 8, 50, sends(get))).containsOnlyKeys(200);
    }
    String tags = "\"" + "x\",\"".repeat(3500) + "x\"";
    assertThat(
            server.attack(
                "If-None-Match with 3,500 tags",
                8,
                50,
                sends(Bytes.get("/api/good/1", "If-None-Match: " + tags))))
        .containsOnlyKeys(200);
    assertThat(
            server.attack(
                "If-Match with 3,500 tags",
                8,
                50,
                sends(Bytes.request("DELETE", "/api/good/1", "If-Match: " + tags))))
        .containsOnlyKeys(412);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2|Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked|Content-Length: 2",
        "Content-Length: 2|Content-Length: 3",
        "Content-Length: 2, 3",
        "Content-Length: -1",
        "Content-Length: +2",
        "Content-Length: 0x2",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: chunked|Transfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\u000Bchunked",
        "Content-Length: 2|X: a\r\n folded",
        "Content-Length : 2",
        "Content-Length: 2|Host: other",
        "Content-Length: 2|: empty",
        "Content-Length: 2|\u0000: a",
      })
  void requests_that_end_differently_to_others_are_refused(String headers) throws Exception {
    String all = headers.replace("|", "\r\n");
    // what somebody in between may have taken for a body is not to be a request
    byte[] smuggled =
        Bytes.of(
            "POST /api/good HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + all
                + "\r\n\r\n0\r\n\r\nDELETE /api/good/999 HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(
            server.attack(
                "smuggling: " + headers.replaceAll("[^ -~]", "?"), 2, 10, sends(smuggled)))
        .isNotEmpty()
        .allSatisfy((status, times) -> assertThat(status).isIn(CLOSED, 400, 411, 415, 417, 501));
    assertThat(server.attack("what would be gone", 1, 1, sends(Bytes.get("/api/good/999"))))
        .containsOnlyKeys(200);
  }

  @Test
  void chunks_that_are_none_are_refused() throws Exception {
    String head =
        "POST /api/good HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n";
    String[] chunks = {
      "FFFFFFFFFFFFFFFF\r\n{}",
      "7FFFFFFF\r\n{}",
      "80000000\r\n{}",
      "-1\r\n{}",
      "0x2\r\n{}\r\n0\r\n\r\n",
      "2 2\r\n{}\r\n0\r\n\r\n",
      "0".repeat(64 * KB) + "2\r\n{}\r\n0\r\n\r\n",
    };
    for (String chunk : chunks) {
      Attempt cutOff =
          socket -> {
            socket.getOutputStream().write(Bytes.of(head + chunk));
            socket.shutdownOutput();
            return AbusedServer.status(socket);
          };
      String kind = "chunk: " + chunk.substring(0, Math.min(20, chunk.length())).strip();
      assertThat(server.attack(kind, 4, 5, cutOff))
          .allSatisfy((status, times) -> assertThat(status).isIn(CLOSED, 201, 400));
    }
    Attempt extensions = sends(Bytes.of(head + "2;" + "a=b;".repeat(MB) + "\r\n{}\r\n0\r\n\r\n"));
    assertThat(server.attack("chunk extension of 4 MB", 8, 2, extensions))
        .allSatisfy((status, times) -> assertThat(status).isIn(CLOSED, 201, 400));
    Attempt trailers =
        sends(Bytes.of(head + "2\r\n{}\r\n0\r\n" + "X-Trailer: a\r\n".repeat(100_000) + "\r\n"));
    assertThat(server.attack("100,000 trailers", 8, 2, trailers))
        .allSatisfy((status, times) -> assertThat(status).isIn(CLOSED, 201, 400, 431));
    Attempt tiny = sends(Bytes.of(head + "1\r\n \r\n".repeat(200_000) + "2\r\n{}\r\n0\r\n\r\n"));
    assertThat(server.attack("200,000 chunks of a byte", 8, 2, tiny))
        .allSatisfy((status, times) -> assertThat(status).isIn(201, 400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/../api/good/1",
        "/api/good/../../etc/passwd",
        "/api/good/..%2f..%2fkeys.json",
        "/api/good/%2e%2e/1",
        "/api/%2e%2e/api/good/1",
        "/docs/../keys.json",
        "/docs/%2e%2e/%2e%2e/keys.json",
        "/docs/..%5c..%5ckeys.json",
        "/docs/%00",
        "/docs//index.html",
        "/api/good/%00",
        "/api/good/1%00.json",
        "/api/good/1;a=b",
        "/api;a/good/1",
        "//api/good/1",
        "/api//good/1",
        "/api/good/%c0%ae%c0%ae",
        "/api/good/%c0%af",
        "/api/good/%e0%80%af",
        "/api/good/%ff",
        "/api/good/%",
        "/api/good/%zz",
        "/api/good/%u002e",
        "/api\\good\\1",
        "/api/good\\..\\1",
        "/api/go%6fd%2f1",
        "/API/good/1",
        "/api/kept/1",
        "/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "http://user:secret@localhost/api/good/1",
        "file:///etc/passwd",
        "*",
        "api/good/1",
        "/api/good/1#fragment",
      })
  void paths_that_lead_elsewhere_find_nothing(String path) throws Exception {
    assertThat(server.attack("path: " + path, 2, 5, sends(Bytes.get(path))))
        .isNotEmpty()
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 404, 405));
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, localhost:22",
    "CONNECT, /api/good/1",
    "TRACE,   /api/good/1",
    "PROPFIND,/api/good/1",
    "get,     /api/good/1",
    "DELETE,  *",
    "OPTIONS, *",
  })
  void methods_that_are_not_served_are_refused(String method, String target) throws Exception {
    assertThat(server.attack(method + " " + target, 2, 5, sends(Bytes.request(method, target))))
        .isNotEmpty()
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 404, 405, 501));
  }

  @Test
  void methods_in_headers_do_nothing() throws Exception {
    for (String name :
        new String[] {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"}) {
      byte[] overridden = Bytes.post("/api/good/1?_method=DELETE", "{}", name + ": DELETE");
      assertThat(server.attack(name, 2, 5, sends(overridden))).containsOnlyKeys(405);
    }
    assertThat(server.attack("what would be gone", 1, 1, sends(Bytes.get("/api/good/1"))))
        .containsOnlyKeys(200);
  }

  @Test
  void other_protocols_are_refused_or_ignored() throws Exception {
    byte[] socket =
        Bytes.get(
            "/api/good/1",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13");
    assertThat(server.attack("upgrade to WebSocket", 4, 5, sends(socket))).containsOnlyKeys(200);
    byte[] h2c =
        Bytes.get(
            "/api/good/1",
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AA");
    assertThat(server.attack("upgrade to HTTP/2", 4, 5, sends(h2c))).containsOnlyKeys(200);
    byte[] preface = Bytes.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
    assertThat(server.attack("preface of HTTP/2", 4, 5, sends(preface)))
        .allSatisfy((status, times) -> assertThat(status).isIn(CLOSED, 400, 426, 505));
    byte[] hello = new byte[517];
    Arrays.fill(hello, (byte) 1);
    System.arraycopy(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3}, 0, hello, 0, 11);
    Attempt tls =
        client -> {
          client.getOutputStream().write(hello);
          client.shutdownOutput();
          return AbusedServer.status(client);
        };
    assertThat(server.attack("hello of TLS", 4, 5, tls)).containsOnlyKeys(400);
    for (String version : new String[] {"HTTP/0.9", "HTTP/3.0", "HTTP/9", ""}) {
      byte[] old = Bytes.of("GET /api/good/1 " + version + "\r\nHost: a\r\n\r\n");
      assertThat(server.attack("version: " + version, 2, 5, sends(old)))
          .allSatisfy((status, times) -> assertThat(status).isIn(CLOSED, 400, 426, 505));
    }
    // taken for HTTP/1.1, and answered as that
    byte[] small = Bytes.of("GET /api/good/1 http/1.1\r\nHost: a\r\n\r\n");
    assertThat(server.attack("version: http/1.1", 2, 5, sends(small))).containsOnlyKeys(200);
  }

  @Test
  void pipelined_requests_are_answered_in_turn() throws Exception {
    byte[] requests = Bytes.of("GET /api/ping HTTP/1.1\r\nHost: a\r\n\r\n".repeat(9_999));
    byte[] last = Bytes.get("/api/good/7", "Connection: close");
    Attempt pipeline =
        socket -> {
          Thread sender = Thread.ofVirtual().start(() -> sendBoth(socket, requests, last));
          BufferedReader answers =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
          long right = answers.lines().filter(line -> line.contains("HTTP/1.1 200")).count();
          sender.interrupt();
          return right == 10_000 ? 200 : CLOSED;
        };
    assertThat(server.attack("10,000 requests in a pipeline", 4, 1, pipeline))
        .containsOnlyKeys(200);
  }

  private static void sendBoth(Socket socket, byte[] first, byte[] last) {
    try {
      socket.getOutputStream().write(first);
      socket.getOutputStream().write(last);
    } catch (IOException cutOff) {
      return; // the answers tell
    }
  }

  @Test
  void the_log_cannot_be_forged() throws Exception {
    String forged = "2026-01-01T00:00:00Z ERROR forged";
    for (String id :
        new String[] {
          "a\n" + forged,
          "a\r" + forged,
          "\u001b[2J" + forged,
          "a\t" + forged,
          "%0a" + forged,
          "x".repeat(8 * KB)
        }) {
      byte[] get = Bytes.get("/api/rows?text:like=*", "X-Request-Id: " + id);
      assertThat(
              server.attack(
                  "X-Request-Id: " + id.replaceAll("[^ -~]", "?").substring(0, 10),
                  2,
                  5,
                  sends(get)))
          .allSatisfy((status, times) -> assertThat(status).isIn(200, 400));
    }
    byte[] path =
        Bytes.get(
            "/api/good/%0a" + forged.replace(' ', '+') + "?a=%0d%0a" + forged.replace(' ', '+'));
    assertThat(server.attack("line break in a path", 2, 5, sends(path))).containsOnlyKeys(400);
    assertThat(server.log()).doesNotContain("forged");
  }
}
