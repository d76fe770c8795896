package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed answers, and what their entity tags are good for. */
@Timeout(60)
class CompressionIT {
  private static final String LARGE = "/api/things/large";
  private static final String SMALL = "/api/things/small";
  private static final String TEXT = "all work and no play ".repeat(200);

  private static SocketClient gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(mapping, "resources:\n  things: memory\n");
    gateway = SocketClient.start(mapping);
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @BeforeEach
  void createItems() {
    for (String path : new String[] {LARGE, SMALL}) {
      gateway.send(Request.of("DELETE", path));
      String text = path.equals(LARGE) ? TEXT : "short";
      Answer created = send("PUT", path, "{\"text\": \"" + text + "\"}", "If-None-Match", "*");
      assertThat(created.status()).isEqualTo(201);
    }
  }

  @Test
  void largeAnswer_isCompressed_forThoseWhoTakeIt() throws IOException {
    Answer plain = get(LARGE);
    Answer small = get(LARGE, "Accept-Encoding", "gzip");

    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(small.header("Content-Encoding")).hasValue("gzip");
    assertThat(small.body().length).isLessThan(plain.body().length / 4);
    assertThat(small.header("Content-Length")).hasValue("" + small.body().length);
    assertThat(unzip(small)).isEqualTo(plain.text()).contains(TEXT);
    assertThat(small.header("Content-Type")).isEqualTo(plain.header("Content-Type"));
    assertThat(unzip(get("/api/things", "Accept-Encoding", "gzip"))).contains(TEXT);
  }

  @Test
  void anyAnswer_saysThatItVaries() {
    for (String path : new String[] {LARGE, SMALL, "/api/things", "/other"}) {
      assertThat(get(path).header("Vary").orElse("")).contains("Accept-Encoding");
    }
    String tag = get(LARGE).header("ETag").orElseThrow();
    assertThat(get(LARGE, "If-None-Match", tag).header("Vary").orElse(""))
        .contains("Accept-Encoding");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "identity",
        "br",
        "gzip;q=0",
        "*",
        "identity, gzip;q=0.5",
        "gzip;q=0, deflate"
      })
  void answer_isPlain_forThoseWhoWouldRather(String accepted) {
    assertThat(get(LARGE, "Accept-Encoding", accepted).text()).contains(TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gzip", "GZIP", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.8, *;q=0.1"})
  void answer_isCompressed_whateverElseTheyTake(String accepted) {
    assertThat(get(LARGE, "Accept-Encoding", accepted).header("Content-Encoding")).hasValue("gzip");
  }

  @Test
  void smallAnswer_isPlain() {
    assertThat(get(SMALL, "Accept-Encoding", "gzip").text()).contains("short");
    assertThat(get("/other", "Accept-Encoding", "gzip").text()).contains("\"status\":404");
  }

  @Test
  void head_hasTheHeadersOfGet() {
    Answer get = get(LARGE, "Accept-Encoding", "gzip");
    Answer head = send("HEAD", LARGE, "", "Accept-Encoding", "gzip");
    assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
    assertThat(head.header("Content-Encoding")).hasValue("gzip");
    assertThat(head.header("Content-Length")).isEmpty(); // nobody compresses to learn it
    assertThat(send("HEAD", LARGE, "").header("Content-Length"))
        .isEqualTo(get(LARGE).header("Content-Length"));
  }

  @Test
  void tag_isAnotherForCompressedBytes_andEitherIsGoodForAWrite() {
    String plain = get(LARGE).header("ETag").orElseThrow();
    String small = get(LARGE, "Accept-Encoding", "gzip").header("ETag").orElseThrow();
    assertThat(small).isNotEqualTo(plain).startsWith("\"").endsWith("\"");

    Answer changed =
        send(
            "PUT",
            LARGE,
            "{\"text\": \"" + TEXT + "2\"}",
            "If-Match",
            small,
            "Accept-Encoding",
            "gzip");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(send("PUT", LARGE, "{}", "If-Match", small).status()).isEqualTo(412);
    String now = changed.header("ETag").orElseThrow();
    assertThat(changed.header("Content-Encoding")).hasValue("gzip");
    assertThat(send("PATCH", LARGE, "{\"n\": 1}", "If-Match", "\"x\", " + now).status())
        .isEqualTo(200);
    String last = get(LARGE, "Accept-Encoding", "gzip").header("ETag").orElseThrow();
    assertThat(send("PATCH", LARGE, "{}", "If-None-Match", last).status()).isEqualTo(412);
    assertThat(bulk(last)).contains("\"status\":200");
    assertThat(bulk(last)).contains("\"status\":412");
    last = get(LARGE, "Accept-Encoding", "gzip").header("ETag").orElseThrow();
    assertThat(send("DELETE", LARGE, "", "If-Match", last).status()).isEqualTo(204);
  }

  @Test
  void notModified_hasTheTagOfWhatTheClientKeeps() {
    String plain = get(LARGE).header("ETag").orElseThrow();
    String small = get(LARGE, "Accept-Encoding", "gzip").header("ETag").orElseThrow();

    for (String tag : new String[] {plain, small}) {
      Answer same = get(LARGE, "Accept-Encoding", "gzip", "If-None-Match", tag);
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.header("ETag")).hasValue(tag);
    }
    Answer both = get(LARGE, "If-None-Match", small + ", " + plain);
    assertThat(both.status()).isEqualTo(304);
    assertThat(both.header("ETag")).hasValue(plain);
  }

  @Test
  void compressedAnswerInACache_isNoneForAClientThatTakesNoGzip() {
    String small = get(LARGE, "Accept-Encoding", "gzip").header("ETag").orElseThrow();

    Answer whole = get(LARGE, "If-None-Match", small);

    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.text()).contains(TEXT);
  }

  private static Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  private static Answer send(String method, String path, String json, String... headers) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    if (!json.isEmpty()) {
      all.add(Map.entry("Content-Type", "application/json"));
    }
    for (int i = 0; i < headers.length; i += 2) {
      all.add(Map.entry(headers[i], headers[i + 1]));
    }
    return gateway.send(new Request(method, path, all, json.getBytes(StandardCharsets.UTF_8)));
  }

  /** An update of the large item as one operation of many. */
  private static String bulk(String tag) {
    String operation =
        """
        [{"op": "update", "id": "large", "body": {"n": 2}, "if-match": "%s"}]
        """;
    String quoted = tag.replace("\"", "\\\"");
    return send("POST", "/api/things/_bulk", operation.formatted(quoted)).text();
  }

  private static String unzip(Answer answer) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
