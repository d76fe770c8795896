package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins (the Fetch standard's CORS protocol); the mapping lists one, and how. */
interface CorsRules extends HttpRules {
  /** The one that the mapping lists, with credentials and a max-age of 10 minutes. */
  String LISTED = "https://app.example.com";

  /** What lists have whoever asks. */
  String EXPOSED = "Access-Control-Expose-Headers";

  @Test
  default void anyAnswer_tellsTheListedOrigin_thatItMayReadIt() {
    String item = create("{\"id\": \"a\"}");
    List<Answer> answers =
        List.of(
            send(200, from(LISTED, Request.of("GET", THINGS))),
            send(200, from(LISTED, Request.of("HEAD", item))),
            send(201, from(LISTED, Request.json("POST", THINGS, "{}"))),
            send(304, from(LISTED, Request.of("GET", item)).header("If-None-Match", "*")),
            send(400, from(LISTED, Request.json("POST", THINGS, "{"))),
            send(404, from(LISTED, Request.of("GET", "/other"))),
            send(405, from(LISTED, Request.of("DELETE", THINGS))),
            send(413, from(LISTED, Request.json("POST", THINGS, " ".repeat(MAX_BODY_SIZE + 1)))),
            send(415, from(LISTED, Request.of("PUT", item))),
            send(204, from(LISTED, Request.of("OPTIONS", item))),
            send(204, from(LISTED, Request.of("DELETE", item))));
    for (Answer answer : answers) {
      assertThat(answer.header("Access-Control-Allow-Origin")).as("%s", answer).hasValue(LISTED);
      assertThat(answer.header("Access-Control-Allow-Credentials")).hasValue("true");
      assertThat(answer.words(EXPOSED)).contains("ETag", "Location", "X-Request-Id", "Link");
      assertThat(answer.words("Vary")).contains("Origin");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "*",
        "https://other.example.com",
        "http://app.example.com",
        "https://app.example.com:8443",
        "https://app.example.com:443",
        "https://APP.example.com",
        "https://app.example.com/",
        "https://app.example.com.evil.example",
        "https://evil.example/?https://app.example.com",
        "https://app.example.com, https://other.example.com",
        "https://other.example.com https://app.example.com"
      })
  default void otherOrigin_isAnswered_butNotLetIn(String origin) {
    String item = create("{\"id\": \"a\"}");
    for (Request request :
        List.of(
            Request.of("GET", item),
            Request.of("GET", "/other"),
            Request.json("POST", THINGS, "{}"),
            preflight(item, "PUT"))) {
      Answer answer = send(from(origin, request));
      assertNotLetIn(answer);
      assertThat(answer.words("Vary")).contains("Origin");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/ping", "/api/things", "/other"})
  default void requestWithoutAnOrigin_isNotTold_butCachesAre(String path) {
    Answer answer = send(Request.of("GET", path));
    assertNotLetIn(answer);
    assertThat(answer.words("Vary")).contains("Origin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/ping      | GET    | GET, HEAD, OPTIONS
          /api/things    | POST   | GET, HEAD, POST, OPTIONS
          /api/things/x  | PUT    | GET, HEAD, PUT, PATCH, DELETE, OPTIONS
          /api/things/x  | POST   | GET, HEAD, PUT, PATCH, DELETE, OPTIONS
          /api/frozen/17 | DELETE | GET, HEAD, OPTIONS
          """)
  default void preflight_namesWhatTheRouteAllows(String path, String asked, String methods) {
    Answer answer = send(204, from(LISTED, preflight(path, asked)));
    assertThat(answer.header("Access-Control-Allow-Origin")).hasValue(LISTED);
    assertThat(answer.header("Access-Control-Allow-Credentials")).hasValue("true");
    assertThat(answer.words("Access-Control-Allow-Methods"))
        .containsExactlyInAnyOrder(methods.split(", "));
    assertThat(answer.header("Access-Control-Max-Age")).hasValue("600");
    assertThat(answer.header("Access-Control-Allow-Headers")).isEmpty();
    assertThat(answer.words("Vary"))
        .contains("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
  }

  @Test
  default void preflight_letsInTheHeadersThatAreAskedFor_whichAreSane() {
    String asked = "content-type,if-match, x-requested-with,bad name,<b>,,";
    Answer answer =
        send(
            204,
            from(LISTED, preflight(THINGS, "POST"))
                .header("Access-Control-Request-Headers", asked));
    assertThat(answer.words("Access-Control-Allow-Headers"))
        .containsExactly("content-type", "if-match", "x-requested-with");
  }

  @Test
  default void optionsThatIsNoPreflight_isAnsweredAsEver() {
    Answer options = send(204, from(LISTED, Request.of("OPTIONS", THINGS)));
    assertThat(options.words("Allow")).contains("POST");
    assertThat(options.header("Access-Control-Allow-Methods")).isEmpty();
  }

  private static Request from(String origin, Request request) {
    return request.header("Origin", origin);
  }

  private static Request preflight(String path, String method) {
    return Request.of("OPTIONS", path).header("Access-Control-Request-Method", method);
  }

  private static void assertNotLetIn(Answer answer) {
    assertThat(answer.headers())
        .as("%s", answer)
        .noneMatch(header ->
            header.getKey().toLowerCase(Locale.ROOT).startsWith("access-control-")
                && !header.getKey().equalsIgnoreCase(EXPOSED));
  }
}
