package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonString;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Errors (RFC 9457) and request ids; what all errors have in common is tested with each of them.
 */
interface ProblemRules extends HttpRules {
  @ParameterizedTest
  @CsvSource({
    "GET,    /api/things?_limit=x, 400, Bad Request",
    "GET,    /api/things/none,     404, Not Found",
    "DELETE, /api/things,          405, Method Not Allowed",
    "POST,   /api/things,          415, Unsupported Media Type"
  })
  default void problem_hasTheStatusAndItsTitle(
      String method, String target, int status, String title) {
    Answer problem = send(status, Request.of(method, target));
    assertThat(problem.member("title")).isEqualTo(new JsonString(title));
    assertThat(problem.member("type")).isEqualTo(new JsonString("about:blank"));
    assertThat(problem.member("instance").text()).hasValue(Request.of(method, target).path());
    assertThat(problem.member("message")).isEqualTo(problem.member("detail"));
  }

  @Test
  default void problem_saysWhatToChange() {
    assertThat(get(400, THINGS + "?_limit=x").text()).contains("_limit");
    assertThat(get(400, THINGS + "?_limit=1000").text()).contains("20");
    assertThat(get(400, THINGS + "?n:near=1").text()).contains("near", "between", "isnull");
    assertThat(post(400, THINGS, "{\"id\": 1,").text()).contains("line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0b6a-77", "A.b_c:d/e=1", "{curly}", "~"})
  default void requestId_isTakenAndEchoed_whenItIsSane(String id) {
    Answer ping = send(200, Request.of("GET", "/api/ping").header("X-Request-Id", id));
    assertThat(ping.header("X-Request-Id")).hasValue(id);
    Answer problem = send(404, Request.of("GET", "/other").header("X-Request-Id", id));
    assertThat(problem.header("X-Request-Id")).hasValue(id);
    assertThat(problem.member("request-id")).isEqualTo(new JsonString(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "\"quoted\"",
        "back\\slash",
        "0123456789012345678901234567890123456789012345678901234567890123456789"
            + "0123456789012345678901234567890123456789012345678901234567890123456789"
      })
  default void requestId_isReplaced_whenItIsNot(String id) {
    Answer ping = send(200, Request.of("GET", "/api/ping").header("X-Request-Id", id));
    assertThat(ping.need("X-Request-Id")).isNotEqualTo(id).matches("[\\x21-\\x7e]{8,128}");
  }

  @Test
  default void requestId_isMade_andNeverTwice() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ids.add(get(200, "/api/ping").need("X-Request-Id"));
    }
    assertThat(ids).hasSize(20);
  }
}
