package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backplane.core.contract.Client.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths and methods there are, and what is said about the others. */
interface RouteRules extends HttpRules {
  @ParameterizedTest
  @ValueSource(strings = {"/api/ping", "/api/ping/"})
  default void ping_answersPong(String path) {
    Answer pong = get(200, path);
    assertThat(pong.need("Content-Type")).startsWith("application/json");
    assertThat(pong.json()).isEqualTo(HttpRules.json("{\"result\": \"pong\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready"})
  default void health_isUp_andNeverCached(String path) {
    Answer health = get(200, path);
    assertThat(health.object().members()).isNotEmpty();
    assertThat(health.need("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/",
        "/other",
        "/api/nothing",
        "/api/nothing/1",
        "/api/Things",
        "/health",
        "/health/other",
        "/health/live/more",
        "/things"
      })
  default void unknownPath_isNotFound_whateverTheMethod(String path) {
    get(404, path);
    send(404, Request.of("HEAD", path));
    post(404, path, "{}");
    delete(404, path);
  }

  @Test
  default void pathBelowAnItem_isNotFound() {
    assumeTrue(client().can(Feature.RAW_PATH), "a slash in an id looks like one in the path");
    create("{\"id\": \"a\"}");
    get(404, THINGS + "/a/b");
    get(404, THINGS + "/a/a");
  }

  @Test
  default void trailingSlash_isOfNoAccount() {
    post(201, THINGS + "/", "{\"id\": \"a\"}");
    assertThat(get(200, THINGS + "/").each("id")).containsExactly("a");
    assertThat(get(200, THINGS + "/a/").object()).isEqualTo(get(200, THINGS + "/a").object());
    delete(204, THINGS + "/a/");
  }

  @Test
  default void resourceName_isDecodedLikeAnyOtherText() {
    create("{\"id\": \"a\"}");
    assertThat(get(200, "/api/%74hings").each("id")).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/ping       | GET, HEAD, OPTIONS
          /health/live    | GET, HEAD, OPTIONS
          /api/things     | GET, HEAD, POST, OPTIONS
          /api/things/x   | GET, HEAD, PUT, PATCH, DELETE, OPTIONS
          /api/closed     | OPTIONS
          /api/closed/x   | GET, HEAD, PUT, PATCH, OPTIONS
          /api/frozen     | GET, HEAD, OPTIONS
          /api/frozen/17  | GET, HEAD, OPTIONS
          """)
  default void options_namesWhatIsPossible_andTheRestIs405(String path, String methods) {
    Answer options = send(204, Request.of("OPTIONS", path));
    assertThat(options.words("Allow")).containsExactlyInAnyOrder(methods.split(", "));
    for (String method : new String[] {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}) {
      if (!options.words("Allow").contains(method)) {
        Answer refused = send(405, Request.json(method, path, "{}"));
        assertThat(refused.words("Allow")).containsExactlyInAnyOrder(methods.split(", "));
      }
    }
  }

  @Test
  default void options_namesThePatchFormats() {
    Answer options = send(204, Request.of("OPTIONS", THINGS + "/x"));
    assertThat(options.words("Accept-Patch"))
        .containsExactlyInAnyOrder(
            "application/merge-patch+json", "application/json-patch+json", "application/json");
    assertThat(send(204, Request.of("OPTIONS", FROZEN + "/1")).header("Accept-Patch")).isEmpty();
  }

  @Test
  default void switchedOffOperation_isRefused_andChangesNothing() {
    post(405, CLOSED, "{\"id\": \"new\"}");
    send(405, Request.json("PUT", CLOSED + "/new", "{}").header("If-None-Match", "*"));
    get(404, CLOSED + "/new");
    put(404, CLOSED + "/new", "{}");
    put(405, FROZEN + "/17", "{\"name\": \"other\"}");
    patch(405, FROZEN + "/17", "{\"name\": \"other\"}");
    delete(405, FROZEN + "/17");
    assertThat(get(200, FROZEN + "/17").member("name")).isEqualTo(HttpRules.json("\"Chair\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
  default void headerThatOverridesTheMethod_doesNothing(String header) {
    String item = create("{\"id\": \"a\"}");
    send(200, Request.of("GET", item).header(header, "DELETE"));
    send(201, Request.json("POST", THINGS, "{\"id\": \"b\"}").header(header, "GET"));
    assertThat(get(200, THINGS).each("id")).containsExactlyInAnyOrder("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/ping",
        "/health/ready",
        "/api/things?_page=2&_limit=3",
        "/api/things/a",
        "/other"
      })
  default void head_isGetWithoutTheBody(String path) {
    createMany(7);
    create("{\"id\": \"a\"}");
    Answer get = send(Request.of("GET", path));
    Answer head = send(get.status(), Request.of("HEAD", path));
    for (String name :
        new String[] {
          "Content-Type",
          "ETag",
          "Link",
          "X-Total-Count",
          "Content-Range",
          "Cache-Control",
          "Access-Control-Expose-Headers"
        }) {
      assertThat(head.header(name)).as(name).isEqualTo(get.header(name));
    }
  }
}
