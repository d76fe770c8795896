package dev.backplane.server;

import static dev.backplane.server.AbusedServer.CLOSED;
import static dev.backplane.server.AbusedServer.sends;
import static dev.backplane.server.Bytes.KB;
import static dev.backplane.server.Bytes.MB;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that cost much to read, to hold, to check or to change. */
@Timeout(120)
class AbuseOfBodiesIT {
  /** All that a body may have, but for what is put around it. */
  private static final int ROOM = MB - 100;

  private static AbusedServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = AbusedServer.start(directory, "http://127.0.0.1:1/none", AbuseOfBodiesIT.class);
  }

  @AfterAll
  static void stop() throws Exception {
    try (AbusedServer ending = server) {
      ending.requireAsBefore(16);
    }
  }

  /** What is read whole, and then refused. */
  private static byte[] query(String json) {
    return Bytes.post("/api/good/_query", json);
  }

  private static Map<Integer, Integer> attack(String kind, byte[] request) throws Exception {
    return server.attack(kind, 16, 3, sends(request));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "{}", "{\"\":0}", "{\"a\":[]}", "1e9"})
  void wide_bodies_do_not_fill_the_heap(String element) throws Exception {
    byte[] wide = query("{\"a\":" + Bytes.filled(element, ROOM) + "}");
    assertThat(attack("1 MB of " + element, wide))
        .containsKey(400)
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 503));
  }

  @Test
  void many_members_do_not_fill_the_heap() throws Exception {
    String members =
        IntStream.range(0, 100_000)
            .mapToObj("\"%x\":1"::formatted)
            .collect(Collectors.joining(","));
    assertThat(attack("object of 100,000 members", query("{" + members + "}")))
        .containsKey(400)
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 503));
    String twice = "{" + "\"a\":1,".repeat(100_000) + "\"a\":1}";
    assertThat(attack("100,000 times the same member", query(twice))).containsOnlyKeys(400);
  }

  @Test
  void deep_bodies_are_refused() throws Exception {
    assertThat(attack("array of 500,000 levels", query("{\"a\":" + "[".repeat(500_000))))
        .containsOnlyKeys(400);
    assertThat(attack("object of 200,000 levels", query("{\"a\":".repeat(200_000))))
        .containsOnlyKeys(400);
    byte[] patch =
        Bytes.json("PATCH", "/api/good/1", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
    assertThat(attack("merge patch of 100,000 levels", patch)).containsOnlyKeys(400);
  }

  @Test
  void names_that_collide_are_read_in_time() throws Exception {
    // of String.hashCode
    assertThat(attack("60,000 names of one hash", query(colliding("Aa", "BB", 16, 60_000))))
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 503));
    // of the parser's own
    assertThat(
            attack("60,000 names of one hash of Jackson", query(colliding("AB", "B!", 16, 60_000))))
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 503));
    // others that use the parser are not to suffer
    assertThat(server.attack("afterwards", 1, 1, sends(query("{\"limit\": 1, \"sort\": \"n\"}"))))
        .containsOnlyKeys(200);
  }

  private static String colliding(String one, String other, int pairs, int count) {
    IntFunction<String> name =
        n ->
            IntStream.range(0, pairs)
                .mapToObj(bit -> (n >> bit & 1) == 0 ? one : other)
                .collect(Collectors.joining());
    return IntStream.range(0, Math.min(count, ROOM / (2 * pairs + 6)))
        .mapToObj(n -> "\"" + name.apply(n) + "\":1")
        .collect(Collectors.joining(",", "{", "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e1000000001",
        "1e-1000000001",
        "1e99999999999999999999",
        "NaN",
        "Infinity",
        "0x10",
        "01",
        "1e",
        ".5",
        "+1",
        "-"
      })
  void numbers_that_are_none_are_refused(String number) throws Exception {
    byte[] create = Bytes.post("/api/things", "{\"n\":" + number + "}");
    assertThat(server.attack("number " + number, 4, 10, sends(create))).containsOnlyKeys(400);
  }

  @Test
  void numbers_that_cost_much_are_refused_or_kept_cheap() throws Exception {
    byte[] digits = query("{\"a\":" + "1".repeat(ROOM) + "}");
    assertThat(attack("number of 1 MB", digits)).containsOnlyKeys(400);
    byte[] fraction = query("{\"a\":0." + "1".repeat(ROOM) + "}");
    assertThat(attack("fraction of 1 MB", fraction)).containsOnlyKeys(400);
    for (String number :
        new String[] {"1e999999999", "-0", "1e-999999999", "9".repeat(980) + "e999999999"}) {
      byte[] put = Bytes.json("PUT", "/api/things/n", "{\"n\":" + number + "}", "If-None-Match: *");
      assertThat(server.attack("put " + shown(number), 1, 1, sends(put))).containsOnlyKeys(201);
      String[] words = {
        "n=1",
        "n:gt=0",
        "n:between=0,1e999999999",
        "n:in=1,2,1e5",
        "_sort=n",
        "q=99",
        "n:lt=1e-2147483647"
      };
      for (String word : words) {
        assertThat(
                server.attack(
                    shown(number) + " and " + word, 2, 5, sends(Bytes.get("/api/things?" + word))))
            .containsOnlyKeys(200);
      }
      byte[] strict = Bytes.post("/api/strict/_query", "{\"where\":{\"n\":" + number + "}}");
      assertThat(server.attack("where " + shown(number), 2, 5, sends(strict)))
          .allSatisfy((status, times) -> assertThat(status).isIn(200, 400));
      byte[] row = Bytes.post("/api/rows", "{\"id\":\"n\",\"text\":" + number + "}");
      assertThat(server.attack("row of " + shown(number), 1, 1, sends(row)))
          .allSatisfy((status, times) -> assertThat(status).isIn(201, 400, 422));
      server.attack(
          "away with it",
          1,
          1,
          sends(Bytes.request("DELETE", "/api/things/n")),
          sends(Bytes.request("DELETE", "/api/rows/n")));
    }
    byte[] many = query("{\"a\":" + Bytes.filled("1e999999999", ROOM) + "}");
    assertThat(attack("1 MB of exponents", many))
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 503));
    byte[] checked =
        Bytes.post(
            "/api/strict", "{\"text\":\"a\",\"list\":" + Bytes.filled("1e99999999", ROOM) + "}");
    assertThat(attack("1 MB of exponents against a schema", checked))
        .allSatisfy((status, times) -> assertThat(status).isIn(422, 503));
  }

  private static String shown(String text) {
    return text.length() > 20 ? text.substring(0, 10) + "…" : text;
  }

  @Test
  void texts_that_are_none_are_refused() throws Exception {
    String[] broken = {
      "\"\\ud800\"",
      "\"\\udc00\\ud800\"",
      "\"\\u00\"",
      "\"\\x\"",
      "\"\u0001\"",
      "\"",
      "'a'",
      "\"a\" \"b\"",
      "{,}",
      "[1,]",
      "//a\n1"
    };
    for (String text : broken) {
      byte[] create = Bytes.post("/api/things", "{\"t\":" + text + "}");
      assertThat(server.attack("text " + text.replaceAll("[^ -~]", "?"), 4, 5, sends(create)))
          .containsOnlyKeys(400);
    }
    byte[][] encodings = {
      {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'},
      {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'},
      {'{', '"', 'a', '"', ':', '"', (byte) 0xF8, (byte) 0x88, '"', '}'},
      "\uFEFF{\"a\":1}".getBytes(StandardCharsets.UTF_8),
      "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
      "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE),
      new byte[0],
      new byte[ROOM]
    };
    for (int i = 0; i < encodings.length; i++) {
      byte[] create = Bytes.body("POST", "/api/things", "application/json", encodings[i]);
      assertThat(server.attack("encoding " + i, 4, 5, sends(create))).containsOnlyKeys(400);
    }
    byte[] escapes = query("{\"a\":\"" + "\\u0000".repeat(ROOM / 6) + "\"}");
    assertThat(attack("1 MB of escapes", escapes)).containsKey(400);
  }

  @Test
  void compressed_bodies_are_refused_unread() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] spaces = " ".repeat(MB).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 900; i++) {
        gzip.write(spaces);
      }
    }
    for (String coding :
        new String[] {
          "gzip", "deflate", "br", "zstd", "gzip, gzip", "x-gzip", "GZIP", "identity, gzip"
        }) {
      byte[] post =
          Bytes.body(
              "POST",
              "/api/things",
              "application/json",
              bomb.toByteArray(),
              "Content-Encoding: " + coding);
      assertThat(attack("900 MB in 900 KB, as " + coding, post)).containsOnlyKeys(415);
    }
    byte[] plain = Bytes.body("POST", "/api/things", "application/json", bomb.toByteArray());
    assertThat(attack("900 MB in 900 KB, said to be plain", plain)).containsOnlyKeys(400);
    byte[] coded =
        Bytes.of(
            "POST /api/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
    assertThat(attack("Transfer-Encoding: gzip", coded))
        .allSatisfy((status, times) -> assertThat(status).isIn(CLOSED, 400, 501));
  }

  @Test
  void bodies_that_are_too_large_are_refused() throws Exception {
    byte[] announced =
        Bytes.request(
            "POST",
            "/api/things",
            "Content-Type: application/json",
            "Content-Length: 1000000000000");
    assertThat(attack("body of 1 TB, announced", announced)).containsOnlyKeys(413);
    byte[] larger = Bytes.post("/api/things", "{\"a\":\"" + "a".repeat(3 * MB) + "\"}");
    assertThat(attack("body of 3 MB", larger)).containsOnlyKeys(413);
    byte[] chunked =
        Bytes.of(
            "POST /api/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + ("10000\r\n" + " ".repeat(64 * KB) + "\r\n").repeat(48));
    assertThat(attack("body of 3 MB, in chunks", chunked))
        .allSatisfy((status, times) -> assertThat(status).isIn(413, 503));
  }

  @Test
  void a_schema_costs_little_whatever_it_is_given() throws Exception {
    byte[] pattern = Bytes.post("/api/strict", "{\"text\":\"" + "a".repeat(30_000) + "!\"}");
    assertThat(attack("text that a pattern tries for ever", pattern)).containsOnlyKeys(422);
    byte[] wrong = Bytes.post("/api/strict", "{\"list\":" + Bytes.filled("0", ROOM) + "}");
    assertThat(attack("500,000 values that are wrong", wrong))
        .containsKey(422)
        .allSatisfy((status, times) -> assertThat(status).isIn(422, 503));
    byte[] rule =
        Bytes.post("/api/ruled", "{\"public\":true,\"text\":" + Bytes.filled("0", ROOM) + "}");
    assertThat(attack("1 MB before a rule", rule))
        .allSatisfy((status, times) -> assertThat(status).isIn(401, 503));
  }

  @Test
  void patches_do_not_grow_what_they_change() throws Exception {
    byte[] item =
        Bytes.json(
            "PUT",
            "/api/things/patched",
            "{\"a\":{\"b\":\"" + "x".repeat(1000) + "\"}}",
            "If-None-Match: *");
    assertThat(server.attack("an item to change", 1, 1, sends(item))).containsOnlyKeys(201);
    String doubling =
        IntStream.range(0, 60)
            .mapToObj(n -> "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/c%d\"}".formatted(n))
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(attack("JSON Patch that doubles 60 times", patch(doubling))).containsOnlyKeys(422);
    String many = Bytes.filled("{\"op\":\"test\",\"path\":\"\",\"value\":0}", ROOM);
    assertThat(attack("JSON Patch of 30,000 operations", patch(many)))
        .containsKey(400)
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 503));
    String deep = "[{\"op\":\"add\",\"path\":\"" + "/a".repeat(ROOM / 3) + "\",\"value\":0}]";
    assertThat(attack("JSON Pointer of 350,000 steps", patch(deep)))
        .containsKey(400)
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 503));
    String tildes = "[{\"op\":\"add\",\"path\":\"/" + "~0".repeat(ROOM / 3) + "~2\",\"value\":0}]";
    assertThat(attack("JSON Pointer of 350,000 escapes", patch(tildes)))
        .containsKey(400)
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 503));
    String front =
        "[{\"op\":\"add\",\"path\":\"/l\",\"value\":"
            + Bytes.filled("0", ROOM - 60_000)
            + "}"
            + ",{\"op\":\"add\",\"path\":\"/l/0\",\"value\":0}".repeat(999)
            + "]";
    assertThat(attack("999 times before 450,000 elements", patch(front)))
        .allSatisfy((status, times) -> assertThat(status).isIn(200, 400, 204, 409, 503));
    String nest =
        "[{\"op\":\"add\",\"path\":\"/n\",\"value\":{}}"
            + ",{\"op\":\"move\",\"from\":\"/n\",\"path\":\"/m\"},{\"op\":\"add\",\"path\":\"/n\",\"value\":{}},{\"op\":\"move\",\"from\":\"/m\",\"path\":\"/n/m\"}"
                .repeat(330)
            + "]";
    assertThat(attack("JSON Patch that nests 330 times", patch(nest))).containsOnlyKeys(422);
    server.attack("away with it", 1, 1, sends(Bytes.request("DELETE", "/api/things/patched")));
  }

  private static byte[] patch(String operations) {
    return Bytes.body(
        "PATCH",
        "/api/things/patched",
        "application/json-patch+json",
        operations.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void many_writes_at_once_are_bounded() throws Exception {
    String create = "{\"op\":\"create\",\"body\":{\"t\":\"" + "x".repeat(9 * KB) + "\"}}";
    byte[] most =
        Bytes.post(
            "/api/things/_bulk?_atomic=true",
            "[" + (create + ",").repeat(99) + "{\"op\":\"delete\",\"id\":\"none\"}]");
    assertThat(attack("_bulk of 100 large writes, one of which cannot be", most))
        .allSatisfy((status, times) -> assertThat(status).isIn(409, 503));
    byte[] more =
        Bytes.post("/api/things/_bulk", Bytes.filled("{\"op\":\"delete\",\"id\":\"a\"}", ROOM));
    assertThat(attack("_bulk of 35,000 writes", more))
        .containsKey(413)
        .allSatisfy((status, times) -> assertThat(status).isIn(413, 503));
  }

  @Test
  void what_is_held_in_memory_is_bounded() throws Exception {
    byte[] item = Bytes.post("/api/things", "{\"a\":" + Bytes.filled("1", ROOM) + "}");
    assertThat(server.attack("1 MB more to hold", 8, 5, sends(item)))
        .containsKey(409)
        .allSatisfy((status, times) -> assertThat(status).isIn(201, 409, 503));
    byte[] text =
        Bytes.post(
            "/api/things", "{\"a\":\"" + "x".repeat(ROOM) + "\"}", "Idempotency-Key: \"again\"");
    server.attack("1 MB to hold, and its answer", 8, 5, sends(text));
    deleteAll();
  }

  private static void deleteAll() throws IOException {
    try (HttpConnection connection = new HttpConnection(server.port())) {
      for (String id :
          connection
              .exchange(
                  dev.backplane.core.contract.Request.of(
                      "GET", "/api/things?_fields=id&_limit=500"))
              .each("id")) {
        assertThat(
                connection
                    .exchange(dev.backplane.core.contract.Request.of("DELETE", "/api/things/" + id))
                    .status())
            .isEqualTo(204);
      }
    }
  }
}
