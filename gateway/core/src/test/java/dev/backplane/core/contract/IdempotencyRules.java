package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that may be sent again: {@code Idempotency-Key}. */
interface IdempotencyRules extends HttpRules {
  @Test
  default void createThatIsSentAgain_getsTheFirstAnswer_andCreatesNothing() {
    Request post = keyed(Request.json("POST", THINGS, "{\"n\": 1.10}"));
    Answer first = send(201, post);
    Answer again = send(201, post);
    assertReplay(first, again);
    assertThat(get(200, THINGS).items()).hasSize(1);

    // the first answer, whatever has become of the item
    delete(204, first.need("Location"));
    assertReplay(first, send(201, post));
    assertThat(get(200, THINGS).items()).isEmpty();
  }

  @Test
  default void patchThatIsSentAgain_getsTheFirstAnswer_andChangesNothing() {
    String item = create("{\"id\": \"a\", \"list\": []}");
    String add = "[{\"op\": \"add\", \"path\": \"/list/-\", \"value\": 1}]";
    Request patch =
        keyed(Request.of("PATCH", item).body("application/json-patch+json", add))
            .header("Prefer", "return=minimal");
    Answer first = send(204, patch);
    assertThat(first.header("Preference-Applied")).hasValue("return=minimal");
    assertReplay(first, send(204, patch));
    assertThat(get(200, item).member("list")).isEqualTo(HttpRules.json("[1]"));
  }

  @Test
  default void bulkThatIsSentAgain_getsTheFirstAnswer_andChangesNothing() {
    String writes = "[{\"op\": \"create\", \"body\": {}}, {\"op\": \"delete\", \"id\": \"none\"}]";
    Request bulk = keyed(Request.json("POST", THINGS + "/_bulk", writes));
    Answer first = send(200, bulk);
    assertThat(first.each("status")).containsExactly("201", "404");
    assertReplay(first, send(200, bulk));
    assertThat(get(200, THINGS).items()).hasSize(1);
  }

  @Test
  default void refusalIsAnAnswer_andIsGivenAgain() {
    create("{\"id\": \"a\"}");
    Request post = keyed(Request.json("POST", THINGS, "{\"id\": \"a\"}"));
    Answer first = send(409, post);
    delete(204, THINGS + "/a");
    Answer again = send(409, post);
    assertThat(again.member("detail")).isEqualTo(first.member("detail"));
    get(404, THINGS + "/a");
  }

  @Test
  default void keyOfAnotherRequest_is422_andChangesNothing() {
    Request post = keyed(Request.json("POST", THINGS, "{\"id\": \"a\"}"));
    send(201, post);
    String key = post.headers().get(post.headers().size() - 1).getValue();
    send(422, Request.json("POST", THINGS, "{\"id\": \"b\"}").header("Idempotency-Key", key));
    send(422, Request.json("POST", RETURNING, "{\"id\": \"a\"}").header("Idempotency-Key", key));
    send(422, Request.json("PATCH", THINGS + "/a", "{}").header("Idempotency-Key", key));
    send(
        422, Request.json("POST", THINGS + "?x", "{\"id\": \"a\"}").header("Idempotency-Key", key));
    assertThat(get(200, THINGS).json()).isEqualTo(HttpRules.json("[{\"id\": \"a\"}]"));
  }

  @Test
  default void anotherKey_isAnotherRequest() {
    Request post = Request.json("POST", THINGS, "{}");
    send(201, keyed(post));
    send(201, keyed(post));
    assertThat(get(200, THINGS).items()).hasSize(2);
  }

  @Test
  default void keyWithoutQuotes_isTheSameKey() {
    String key = UUID.randomUUID().toString();
    Request post = Request.json("POST", THINGS, "{}");
    Answer first = send(201, post.header("Idempotency-Key", key));
    assertReplay(first, send(201, post.header("Idempotency-Key", '"' + key + '"')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"", "\"a", "a b", "\"a\", \"b\"", "a,b", "\"a\\b\"", "\"a\";x"})
  default void malformedKey_is400(String key) {
    send(400, Request.json("POST", THINGS, "{}").header("Idempotency-Key", key));
    assertThat(get(200, THINGS).items()).isEmpty();
  }

  @Test
  default void keyOf255Characters_isLegal_andOneMoreIs400() {
    String key = UUID.randomUUID() + "x".repeat(255 - 36);
    Request post = Request.json("POST", THINGS, "{}");
    send(201, post.header("Idempotency-Key", '"' + key + '"'));
    send(400, post.header("Idempotency-Key", '"' + key + "x\""));
  }

  @Test
  default void requestThatIsMalformed_leavesTheKeyUnused() {
    Request post = keyed(Request.of("POST", THINGS));
    send(400, post.body("application/json", "{"));
    send(201, post.body("application/json", "{}"));
  }

  @Test
  default void keyOnOtherMethods_isOfNoAccount() {
    Request put = keyed(Request.json("PUT", create("{\"id\": \"a\"}"), "{\"n\": 1}"));
    send(200, put);
    send(200, put.body("{\"n\": 2}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  default void resourceThatKeepsTheAnswers_isNotServed() {
    get(404, "/api/answers");
    get(404, "/api/answers/x");
    post(404, "/api/answers", "{}");
    assertThat(get(404, "/api/answers").member("title")).isEqualTo(new JsonString("Not Found"));
  }

  private static Request keyed(Request request) {
    return request.header("Idempotency-Key", "\"" + UUID.randomUUID() + "\"");
  }

  private static void assertReplay(Answer first, Answer again) {
    assertThat(again.text()).isEqualTo(first.text());
    for (String name : new String[] {"Location", "ETag", "Content-Type", "Preference-Applied"}) {
      assertThat(again.header(name)).as(name).isEqualTo(first.header(name));
    }
  }
}
