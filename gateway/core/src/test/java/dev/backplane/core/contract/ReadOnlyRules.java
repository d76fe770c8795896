package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that no client may set: revision and owner, address.verified, and audit.by. */
interface ReadOnlyRules extends HttpRules {
  @Test
  default void readOnlyFields_areRefusedOnCreate() {
    String body =
        "{\"name\": \"Ann\", \"revision\": 1, \"owner\": \"me\", \"audit\": {\"by\": \"me\"},"
            + " \"address\": {\"city\": \"Oslo\", \"verified\": true}}";
    assertThat(refused(Request.json("POST", ACCOUNTS, body)))
        .containsOnlyKeys("/revision", "/owner", "/audit/by", "/address/verified")
        .containsValue("is read-only");
    Request put = Request.json("PUT", ACCOUNTS + "/none", body).header("If-None-Match", "*");
    assertThat(refused(put))
        .containsOnlyKeys("/revision", "/owner", "/audit/by", "/address/verified");
  }

  @Test
  default void put_keepsWhatItLeavesOut() {
    String item = createAccount(", \"age\": 1");
    assertThat(get(200, item).member("revision")).isEqualTo(HttpRules.json("1"));
    Answer put = put(200, item, "{\"name\": \"Bob\"}");
    assertThat(put.member("revision")).isEqualTo(HttpRules.json("1"));
    assertThat(put.object().get("age")).isEmpty();
    assertThat(get(200, item).json()).isEqualTo(put.json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH"})
  default void storedValue_maybeSentBack_andNoOther(String method) {
    String item = createAccount("");
    send(200, Request.json(method, item, get(200, item).text()));
    send(200, Request.json(method, item, "{\"name\": \"Bob\", \"revision\": 1.0}"));
    assertThat(refused(Request.json(method, item, "{\"name\": \"Cid\", \"revision\": 2}")))
        .containsOnlyKeys("/revision")
        .containsValue("is read-only");
    assertThat(refused(Request.json(method, item, "{\"name\": \"Cid\", \"owner\": \"me\"}")))
        .containsOnlyKeys("/owner");
    assertThat(get(200, item).member("name")).isEqualTo(HttpRules.json("\"Bob\""));
  }

  @Test
  default void patch_cannotTakeItAway() {
    String item = createAccount("");
    Request patch =
        Request.of("PATCH", item).body("application/merge-patch+json", "{\"revision\": null}");
    assertThat(refused(patch)).containsOnlyKeys("/revision");
  }

  @Test
  default void put_stillGoesByItsConditions() {
    String item = createAccount("");
    String tag = get(200, item).need("ETag");
    send(200, Request.json("PUT", item, "{\"name\": \"Bob\"}").header("If-Match", tag));
    send(412, Request.json("PUT", item, "{\"name\": \"Cid\"}").header("If-Match", tag));
    put(404, ACCOUNTS + "/none", "{\"name\": \"Bob\"}");
    put(400, item, "{\"id\": \"other\", \"name\": \"Bob\"}");
  }
}
