package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonString;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content types, charsets and the size of bodies. */
interface ContentTypeRules extends HttpRules {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        "application/json; charset=\"UTF-8\"",
        "application/json; charset=iso-8859-1",
        "application/json; charset=us-ascii",
        "application/json; profile=x"
      })
  default void body_isUtf8_whateverTheCharsetSays(String type) {
    Request request = Request.of("POST", THINGS).body(type, "{\"id\": \"a\", \"t\": \"ü漢😀\"}");
    assertThat(send(201, request).member("t")).isEqualTo(new JsonString("ü漢😀"));
    assertThat(get(200, THINGS + "/a").member("t")).isEqualTo(new JsonString("ü漢😀"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/jsonx",
        "application/merge-patch+json",
        "application/json; charset=no-such",
        "application/json; charset=",
        "json",
        "*/*"
      })
  default void otherContentType_is415_onPostAndPut(String type) {
    String item = create("{\"id\": \"a\"}");
    send(415, Request.of("POST", THINGS).body(type, "{\"id\": \"b\"}"));
    send(415, Request.of("PUT", item).body(type, "{\"changed\": true}"));
    assertThat(get(200, THINGS).json()).isEqualTo(HttpRules.json("[{\"id\": \"a\"}]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/merge-patch+json; charset=no-such"})
  default void otherContentType_is415_onPatch_andNamesWhatIsUnderstood(String type) {
    String item = create("{\"id\": \"a\"}");
    Answer refused = send(415, Request.of("PATCH", item).body(type, "{\"x\": 1}"));
    assertThat(refused.words("Accept-Patch"))
        .containsExactlyInAnyOrder(
            "application/merge-patch+json", "application/json-patch+json", "application/json");
  }

  @Test
  default void missingContentType_is415() {
    String item = create("{\"id\": \"a\"}");
    byte[] body = "{\"x\": 1}".getBytes(StandardCharsets.UTF_8);
    send(415, Request.of("POST", THINGS).body(body));
    send(415, Request.of("PUT", item).body(body));
    send(415, Request.of("PATCH", item).body(body));
    send(415, Request.of("POST", THINGS));
  }

  @Test
  default void contentTypeWithoutABody_isFine_whereNoneIsDue() {
    String item = create("{\"id\": \"a\"}");
    for (String type : new String[] {"application/json", "text/plain", "nonsense"}) {
      send(200, Request.of("GET", item).header("Content-Type", type));
    }
    send(204, Request.of("DELETE", item).header("Content-Type", "application/json"));
  }

  @Test
  default void answers_areUtf8Json() {
    create("{\"id\": \"ü漢😀\"}");
    Answer list = get(200, THINGS);
    assertThat(list.need("Content-Type")).matches("application/json(; ?charset=(?i)utf-8)?");
    assertThat(list.text()).contains("ü漢😀");
  }

  @Test
  default void bodyOfTheLargestSize_isTaken() {
    Answer stored = post(201, THINGS, sized(MAX_BODY_SIZE));
    assertThat(get(200, stored.need("Location")).object()).isEqualTo(stored.object());
  }

  @Test
  default void largerBody_is413_andSaysHowLargeItMayBe() {
    String item = create("{\"id\": \"a\"}");
    assertThat(post(413, THINGS, sized(MAX_BODY_SIZE + 1)).text()).contains("" + MAX_BODY_SIZE);
    put(413, item, sized(MAX_BODY_SIZE + 1));
    patch(413, item, sized(2 * MAX_BODY_SIZE));
    assertThat(get(200, THINGS).json()).isEqualTo(HttpRules.json("[{\"id\": \"a\"}]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "deflate", "x-unknown", "gzip, gzip", "identity, gzip"})
  default void bodyWithAContentEncoding_is415_andNamesWhatIsTaken(String coding) {
    String item = create("{\"id\": \"a\"}");
    for (Request request :
        new Request[] {Request.json("POST", THINGS, "{}"), Request.json("PATCH", item, "{}")}) {
      Answer refused = send(415, request.header("Content-Encoding", coding));
      assertThat(refused.header("Accept-Encoding")).hasValue("identity");
    }
    send(200, Request.json("PUT", item, "{}").header("Content-Encoding", "identity"));
    assertThat(get(200, THINGS).items()).hasSize(1);
  }

  private static String sized(int bytes) {
    String frame = "{\"text\": \"\"}";
    return frame.replace("\"\"", '"' + "x".repeat(bytes - frame.length()) + '"');
  }
}
