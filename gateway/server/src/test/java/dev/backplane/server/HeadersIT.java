package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scanner looks at: the headers of every kind of answer, and what errors give away. */
class HeadersIT {
  private static final Pattern GIVES_AWAY =
      Pattern.compile(
          "(?i)jetty|javalin|exception|at dev\\.|at java\\.|\\.java:|/work|/tmp|memory");

  private static SocketClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(directory.resolve("keys.json"), "[]");
    Files.writeString(
        mapping,
        """
        authentication: {api-keys: keys.json}
        cors: {origins: ["https://app.example.com"], credentials: true}
        max-body-size: 16KB
        resources:
          open: {service: memory, access: {roles: {anyone: [list, get, create, update]}}}
          shut: {service: memory, access: {roles: {admin: [list]}}}
        """);
    client = SocketClient.start(mapping);
    client.send(Request.json("POST", "/api/open", "{\"id\": \"x\"}"));
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  /** One of each kind: the gateway's, its errors, and what the server answers before it. */
  private static List<Request> anyRequests() {
    return List.of(
        Request.of("GET", "/api/open"),
        Request.of("GET", "/api/open/x"),
        Request.of("GET", "/api/open/x").header("If-None-Match", "*"),
        Request.of("HEAD", "/api/open"),
        Request.of("OPTIONS", "/api/open"),
        Request.json("POST", "/api/open", "{\"id\": \"x\"}"),
        Request.json("POST", "/api/open", "{"),
        Request.json("POST", "/api/open", "\"" + "x".repeat(20_000) + "\""),
        Request.of("GET", "/api/shut"),
        Request.of("GET", "/api/none"),
        Request.of("GET", "/none"),
        Request.of("TRACE", "/api/open"),
        Request.of("CONNECT", "/api/open"),
        Request.of("GET", "/api/ping").header("X-API-Key", "wrong"),
        Request.of("GET", "/health/ready"),
        Request.of("GET", "/openapi.json"),
        Request.of("GET", "/docs"),
        Request.of("GET", "/docs/docs.js"),
        Request.of("GET", "/%zz"),
        Request.of("GET", "/" + "x".repeat(20_000)),
        Request.of("GET", "/api/open").header("X-Large", "x".repeat(20_000)));
  }

  @Test
  void anyAnswer_isOfTheTypeThatItSays_andTellsNothingOfTheServer() {
    for (Request request : anyRequests()) {
      Answer answer = client.send(request);
      String said = cut(request) + ": " + answer.status();
      assertThat(answer.header("X-Content-Type-Options")).as(said).hasValue("nosniff");
      assertThat(answer.header("X-Request-Id")).as(said).isPresent();
      for (String name : List.of("Server", "X-Powered-By", "Via", "X-AspNet-Version")) {
        assertThat(answer.header(name)).as(said).isEmpty();
      }
      if (answer.status() >= 400) {
        assertThat(answer.header("Cache-Control")).as(said).hasValue("no-store");
        assertThat(answer.header("Content-Type")).as(said).hasValue("application/problem+json");
        assertThat(answer.text()).as(said).doesNotContainPattern(GIVES_AWAY);
        assertThat(answer.header("ETag")).as(said).isEmpty();
      } else if (request.method().equals("GET") && request.path().startsWith("/api/open")) {
        assertThat(answer.header("Cache-Control").orElse("")).as(said).contains("private");
      }
    }
  }

  private static String cut(Request request) {
    String text = request.toString();
    return text.substring(0, Math.min(80, text.length()));
  }

  /** A request that is echoed shows a script the headers that it cannot read by itself. */
  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "TRACK", "DEBUG", "PROPFIND", "LINK", "get", "X"})
  void methodThatNobodyServes_is405_andEchoesNothing(String method) {
    for (String path : List.of("/api/open", "/api/open/x", "/api/ping", "/docs", "/openapi.json")) {
      Answer answer = client.send(Request.of(method, path).header("X-Secret", "unmistakable"));
      assertThat(answer.status()).as(path).isEqualTo(405);
      assertThat(answer.text()).doesNotContain("unmistakable");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com.evil.example",
        "https://evil.example",
        "http://app.example.com",
        "https://app.example.com:444",
        "https://APP.example.com",
        "https://sub.app.example.com",
        "https://app.example.com, https://evil.example",
        "null",
        "*",
        ""
      })
  void pageOfAnotherOrigin_isNotLetIn(String origin) {
    for (Request request : anyRequests()) {
      Answer answer = client.send(request.header("Origin", origin));
      assertThat(answer.header("Access-Control-Allow-Origin")).as(cut(request)).isEmpty();
      assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }
    Answer listed =
        client.send(Request.of("GET", "/api/open").header("Origin", "https://app.example.com"));
    assertThat(listed.header("Access-Control-Allow-Origin")).hasValue("https://app.example.com");
  }

  @Test
  void pageOfTheDocument_runsItsOwnScriptsAlone_inNoFrame() {
    Answer page = client.send(Request.of("GET", "/docs"));
    Map<String, String> policy = new HashMap<>();
    for (String part : page.header("Content-Security-Policy").orElse("").split("; ?", -1)) {
      String[] words = part.split(" ", 2);
      policy.put(words[0], words[1]);
    }
    assertThat(policy).containsEntry("default-src", "'none'").containsEntry("script-src", "'self'");
    assertThat(policy)
        .containsEntry("frame-ancestors", "'none'")
        .containsEntry("base-uri", "'none'");
    assertThat(page.text().toLowerCase(Locale.ROOT))
        .doesNotContainPattern("<script>|<script [^>]*>[^<]|on(load|click|error)=|https?://");
  }
}
