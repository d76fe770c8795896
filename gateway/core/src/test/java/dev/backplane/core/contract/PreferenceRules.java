package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a write answers: {@code Prefer: return=…} (RFC 7240), and {@code Accept} on DELETE. */
interface PreferenceRules extends HttpRules {
  @Test
  default void minimal_isWithoutABody_andKeepsTheHeaders() {
    Answer created = prefer(201, "minimal", Request.json("POST", THINGS, "{\"id\": \"a\"}"));
    assertThat(created.body()).isEmpty();
    assertThat(created.need("Location")).endsWith("/api/things/a");
    String item = THINGS + "/a";
    assertThat(created.need("ETag")).isEqualTo(get(200, item).need("ETag"));

    Answer put = prefer(204, "minimal", Request.json("PUT", item, "{\"n\": 1}"));
    assertThat(put.need("ETag")).isEqualTo(get(200, item).need("ETag"));
    Answer patched =
        prefer(
            204,
            "minimal",
            Request.of("PATCH", item).body("application/merge-patch+json", "{\"n\": 2}"));
    assertThat(patched.need("ETag")).isEqualTo(get(200, item).need("ETag"));
    assertThat(get(200, item).member("n")).isEqualTo(HttpRules.json("2"));
    prefer(204, "minimal", Request.of("DELETE", item));

    Request creating = Request.json("PUT", item, "{}").header("If-None-Match", "*");
    assertThat(prefer(201, "minimal", creating).body()).isEmpty();
  }

  @Test
  default void representation_isTheItem() {
    Answer created = prefer(201, "representation", Request.json("POST", THINGS, "{\"id\": \"a\"}"));
    assertThat(created.json()).isEqualTo(HttpRules.json("{\"id\": \"a\"}"));
    String item = THINGS + "/a";
    String first = "{\"id\": \"a\", \"n\": 1}";
    assertThat(prefer(200, "representation", Request.json("PUT", item, first)).json())
        .isEqualTo(HttpRules.json(first));
    String second = "{\"id\": \"a\", \"n\": 2}";
    assertThat(prefer(200, "representation", Request.json("PATCH", item, second)).json())
        .isEqualTo(HttpRules.json(second));
    assertThat(prefer(200, "representation", Request.of("DELETE", item)).json())
        .isEqualTo(HttpRules.json(second));
    get(404, item);
  }

  @Test
  default void preferenceThatIsNotKnown_isOfNoAccount() {
    Request post = Request.json("POST", THINGS, "{}").header("Prefer", "return=everything, wait=5");
    assertThat(send(201, post).header("Preference-Applied")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/plain, Application/JSON; q=0.1",
        "application/json, text/plain, */*",
        "application/vnd.api+json"
      })
  default void delete_givesTheItem_whereAcceptNamesJson(String accept) {
    String item = create("{\"id\": \"a\", \"n\": 1}");
    Answer deleted = send(200, Request.of("DELETE", item).header("Accept", accept));
    assertThat(deleted.json()).isEqualTo(HttpRules.json("{\"id\": \"a\", \"n\": 1}"));
    assertThat(deleted.words("Vary")).contains("Accept", "Prefer");
    String again = create("{\"id\": \"a\"}");
    prefer(204, "minimal", Request.of("DELETE", again).header("Accept", accept));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/*",
        "text/html",
        "application/json;q=0",
        "application/json; q=0.000, */*",
        "text/x; a=\", application/json\"",
        "application/problem+json"
      })
  default void delete_givesNothing_whereAcceptDoesNotNameJson(String accept) {
    String item = create("{\"id\": \"a\"}");
    send(204, Request.of("DELETE", item).header("Accept", accept));
  }

  @Test
  default void delete_givesTheItem_whereTheMappingSaysSo() {
    Answer created = post(201, RETURNING, "{\"n\": 1}");
    String item = RETURNING + "/" + created.member("id").text().orElseThrow();
    assertThat(delete(200, item).json()).isEqualTo(created.json());
    Answer again = post(201, RETURNING, "{}");
    String other = RETURNING + "/" + again.member("id").text().orElseThrow();
    prefer(204, "minimal", Request.of("DELETE", other));
    delete(404, item);
  }

  private Answer prefer(int status, String preference, Request request) {
    Answer answer = send(status, request.header("Prefer", "return=" + preference));
    assertThat(answer.header("Preference-Applied")).hasValue("return=" + preference);
    assertThat(answer.words("Vary")).contains("Prefer");
    return answer;
  }
}
