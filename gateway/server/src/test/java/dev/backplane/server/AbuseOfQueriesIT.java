package dev.backplane.server;

import static dev.backplane.server.AbusedServer.sends;
import static dev.backplane.server.Bytes.MB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Request;
import dev.backplane.server.AbusedServer.Attempt;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that cost much to read or to answer. */
@Timeout(120)
class AbuseOfQueriesIT {
  /** What almost matches everywhere. */
  private static final int LONG = 50_000;

  private static AbusedServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = AbusedServer.start(directory, "http://127.0.0.1:1/none", AbuseOfQueriesIT.class);
    try (HttpConnection connection = new HttpConnection(server.port())) {
      for (int n = 0; n < 20; n++) {
        String text = "{\"id\":\"%d\",\"text\":\"%s\"}".formatted(n, "a".repeat(LONG));
        for (String resource : new String[] {"things", "rows"}) {
          Request create = Request.json("POST", "/api/" + resource, text);
          assertThat(connection.exchange(create).status()).isEqualTo(201);
        }
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    try (AbusedServer ending = server) {
      ending.requireAsBefore(24);
    }
  }

  private static Map<Integer, Integer> attack(String kind, String target) throws Exception {
    return server.attack(kind, 8, 5, sends(Bytes.get(target)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String numbered(int count, String format, String separator) {
    return IntStream.range(0, count)
        .mapToObj(format::formatted)
        .collect(Collectors.joining(separator));
  }

  @Test
  void many_words_are_refused() throws Exception {
    assertThat(attack("10,000 words", "/api/good?" + numbered(10_000, "%x=1", "&")))
        .containsOnlyKeys(414);
    assertThat(attack("1,800 words", "/api/good?" + numbered(1_800, "%x=", "&")))
        .containsOnlyKeys(414);
    assertThat(attack("5,000 times one word", "/api/good?" + "a&".repeat(4_999) + "a"))
        .containsOnlyKeys(414);
    assertThat(attack("9,999 separators", "/api/good?" + "&".repeat(9_999))).containsOnlyKeys(200);
    assertThat(attack("fields of one hash", "/api/good?_fields=" + colliding(",", 600)))
        .containsOnlyKeys(414);
    assertThat(attack("words of one hash", "/api/good?" + colliding("=1&", 600)))
        .containsOnlyKeys(414);
    assertThat(attack("sort by 2,000", "/api/good?_sort=" + numbered(2_000, "%x", ",")))
        .containsOnlyKeys(414);
    assertThat(attack("a field of 4,000 levels", "/api/good?" + "a.".repeat(4_000) + "a=1"))
        .containsOnlyKeys(414);
    assertThat(attack("3,000 relations", "/api/things?_embed=" + "same,".repeat(1_900) + "same"))
        .containsOnlyKeys(200);
    assertThat(
            attack(
                "relations in a circle", "/api/things?_expand=" + "same.".repeat(1_900) + "same"))
        .containsOnlyKeys(400);
  }

  private static String colliding(String separator, int count) {
    return IntStream.range(0, count)
        .mapToObj(n ->
            IntStream.range(0, 10)
                .mapToObj(bit -> (n >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining()))
        .collect(Collectors.joining(separator));
  }

  @Test
  void trees_of_conditions_are_bounded() throws Exception {
    String deep = "{\"not\":".repeat(900) + "{}" + "}".repeat(900);
    assertThat(
            attack("_where of 900 levels", "/api/good?_where=" + encoded(deep).substring(0, 9_900)))
        .containsOnlyKeys(400);
    String levels = "{\"not\":".repeat(60) + "{}" + "}".repeat(60);
    assertThat(attack("_where of 60 levels", "/api/good?_where=" + encoded(levels)))
        .containsOnlyKeys(414);
    String[] bodies = {
      "{\"where\":" + "{\"not\":".repeat(100_000) + "{}" + "}".repeat(100_000) + "}",
      "{\"where\":{\"or\":" + Bytes.filled("{}", MB - 100) + "}}",
      "{\"where\":{\"or\":" + Bytes.filled("{\"a\":1}", MB - 100) + "}}",
      "{\"where\":{\"a\":" + Bytes.filled("1", MB - 100) + "}}",
      "{\"where\":{" + numbered(70_000, "\"%x\":1", ",") + "}}",
      "{\"sort\":" + Bytes.filled("\"a\"", MB - 100) + "}",
      "{\"fields\":" + Bytes.filled("\"a\"", MB - 100) + "}",
      "{\"q\":\"" + "a".repeat(MB - 100) + "\"}",
      "{\"cursor\":\"" + "a".repeat(MB - 100) + "\"}",
    };
    for (int i = 0; i < bodies.length; i++) {
      byte[] query = Bytes.post("/api/good/_query", bodies[i]);
      assertThat(server.attack("_query " + bodies[i].substring(0, 20), 16, 3, sends(query)))
          .containsKey(400)
          .allSatisfy((status, times) -> assertThat(status).isIn(400, 503));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"things", "rows"})
  void patterns_are_matched_in_time(String resource) throws Exception {
    String almost = "a".repeat(900) + "b";
    String[] words = {
      "text:like=" + "*a".repeat(400) + "*b",
      "text:like=" + "a*".repeat(400) + "b",
      "text:like=*" + almost + "*" + almost + "*",
      "text:like=" + "*".repeat(1_999),
      "text:ilike=*" + almost + "*",
      "text_like=" + almost,
      "text:contains=" + almost,
      "q=" + almost,
      "text:startsWith=" + almost,
      "text:endsWith=" + almost,
      "text:like=" + encoded("(a+)+$"),
      "text:like=" + encoded("%a".repeat(300) + "b"),
      "text:like=" + encoded("[a-".repeat(300)),
      "text:like=" + encoded("\\".repeat(900)),
    };
    for (String word : words) {
      String kind = resource + ": " + word.substring(0, Math.min(word.length(), 25));
      assertThat(
              server.attack(
                  kind, 4, 3, sends(Bytes.get("/api/" + resource + "?_fields=id&" + word))))
          .containsOnlyKeys(200);
    }
    String many =
        IntStream.range(0, 200)
            .mapToObj(n -> "{\"text\":{\"ilike\":\"*" + "a".repeat(1_900) + "b" + n + "*\"}}")
            .collect(Collectors.joining(",", "{\"fields\":[\"id\"],\"where\":{\"or\":[", "]}}"));
    byte[] query = Bytes.post("/api/" + resource + "/_query", many);
    assertThat(server.attack(resource + ": 199 patterns", 2, 1, sends(query)))
        .allSatisfy((status, times) -> assertThat(status).isIn(200, 400, 503, 504));
  }

  @Test
  void numbers_in_words_cost_nothing() throws Exception {
    for (String number :
        new String[] {
          "1e999999999", "-1e2147483647", "1e-2147483648", "9".repeat(1_900), "1e", "٣", "NaN"
        }) {
      for (String word : new String[] {"n=", "n:gt=", "n:in=1,", "n:between=0,"}) {
        assertThat(
                attack(
                    word + number.substring(0, Math.min(12, number.length())).replace('٣', '?'),
                    "/api/good?" + word + encoded(number)))
            .allSatisfy((status, times) -> assertThat(status).isIn(200, 400));
      }
    }
    for (String page :
        new String[] {
          "_limit=99999999999",
          "_limit=-1",
          "_limit=0",
          "_page=2147483647",
          "_start=2147483647&_end=1",
          "_offset=99999999999999999999",
          "_limit=٣",
          "_limit=1e3",
          "range=[0,999999999]"
        }) {
      assertThat(
              attack(
                  page.replace('٣', '?'),
                  "/api/good?"
                      + page.replace("٣", encoded("٣")).replace("[", "%5B").replace("]", "%5D")))
          .allSatisfy((status, times) -> assertThat(status).isIn(200, 400));
    }
  }

  @Test
  void cursors_that_are_forged_are_refused() throws Exception {
    byte[] junk = new byte[3_000];
    for (String cursor :
        new String[] {
          "",
          "a",
          "=",
          "%00",
          Base64.getUrlEncoder().encodeToString(junk),
          "A".repeat(9_000),
          "..",
          "null"
        }) {
      assertThat(attack("cursor of " + cursor.length(), "/api/good?_cursor=" + cursor))
          .containsOnlyKeys(400);
    }
  }

  @Test
  void answers_do_not_grow_without_bound() throws Exception {
    try (HttpConnection connection = new HttpConnection(server.port())) {
      String large = "{\"id\":\"large\",\"text\":\"" + "x".repeat(900_000) + "\"}";
      assertThat(connection.exchange(Request.json("POST", "/api/strict", large)).status())
          .isEqualTo(422);
      assertThat(connection.exchange(Request.json("POST", "/api/things", large)).status())
          .isEqualTo(201);
      for (int n = 0; n < 400; n++) {
        Request child =
            Request.json(
                "POST", "/api/things", "{\"id\":\"c%d\",\"parent\":\"large\"}".formatted(n));
        assertThat(connection.exchange(child).status()).isEqualTo(201);
      }
    }
    // 360 MB, of what takes one
    assertThat(
            server.attack(
                "_expand of 400 times 900 KB",
                16,
                3,
                sends(Bytes.get("/api/things?_limit=500&parent=large&_expand=same"))))
        .allSatisfy((status, times) -> assertThat(status).isIn(400, 503));
    assertThat(
            server.attack(
                "pages of 20 times 50 KB", 32, 10, sends(Bytes.get("/api/things?_limit=20"))))
        .containsKey(200)
        .allSatisfy((status, times) -> assertThat(status).isIn(200, 503));
    Attempt hangsUp =
        socket -> {
          socket.getOutputStream().write(Bytes.get("/api/things?_limit=20"));
          return AbusedServer.CLOSED;
        };
    server.attack("pages of 1 MB that nobody waits for", 16, 50, hangsUp);
    try (HttpConnection connection = new HttpConnection(server.port())) {
      connection.exchange(Request.of("DELETE", "/api/things/large"));
      for (int n = 0; n < 400; n++) {
        connection.exchange(Request.of("DELETE", "/api/things/c" + n));
      }
    }
  }

  @Test
  void keys_of_requests_do_not_fill_the_heap() throws Exception {
    byte[] huge = Bytes.post("/api/things", "{}", "Idempotency-Key: \"" + "k".repeat(8_000) + "\"");
    assertThat(server.attack("Idempotency-Key of 8 KB", 8, 10, sends(huge))).containsOnlyKeys(400);
    Attempt[] ever = new Attempt[500];
    for (int n = 0; n < ever.length; n++) {
      // what is not found is kept as well
      ever[n] =
          sends(Bytes.json("PATCH", "/api/things/none", "{}", "Idempotency-Key: \"" + n + "\""));
    }
    assertThat(server.attack("another Idempotency-Key each time", 8, 1, ever))
        .containsKey(404)
        .allSatisfy((status, times) -> assertThat(status).isIn(404, 409));
  }
}
