package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that no client gets to see: pin, address.door, secret of each key, notes.private. */
interface WriteOnlyRules extends HttpRules {
  String HIDDEN =
      ", \"pin\": \"hush-1\", \"address\": {\"city\": \"Oslo\", \"door\": \"hush-2\"},"
          + " \"keys\": [{\"label\": \"a\", \"secret\": \"hush-3\"}],"
          + " \"notes\": {\"private\": \"hush-4\", \"open\": 1}";

  @Test
  default void hiddenFields_areInNoAnswer() {
    Answer created = post(201, ACCOUNTS, "{\"name\": \"Ann\"" + HIDDEN + "}");
    String item = ACCOUNTS + "/" + created.member("id").text().orElseThrow();
    Answer[] answers = {
      created,
      get(200, item),
      get(200, ACCOUNTS + "?id=" + created.member("id").text().orElseThrow()),
      get(200, item + "?_fields=address,keys,notes"),
      put(200, item, "{\"name\": \"Bob\"" + HIDDEN + "}"),
      patch(200, item, "{\"name\": \"Cid\", \"pin\": \"hush-5\"}"),
      send(200, Request.json("PATCH", item, "{}").header("Prefer", "return=representation"))
    };
    for (Answer answer : answers) {
      assertThat(answer.text()).doesNotContain("hush", "pin", "door", "secret", "private");
    }
    get(400, item + "?_fields=pin");
    assertThat(answers[1].member("address"))
        .isEqualTo(HttpRules.json("{\"city\": \"Oslo\", \"country\": \"NO\"}"));
    assertThat(answers[1].member("notes")).isEqualTo(HttpRules.json("{\"open\": 1}"));
    Request delete = Request.of("DELETE", item).header("Prefer", "return=representation");
    assertThat(send(delete.header("Accept", "application/json")).text()).doesNotContain("hush");
  }

  /** An item that lacks a pin would not pass; what nobody sees shows by what can be stored. */
  @Test
  default void hiddenFields_areStored_andKeptByAPutWithoutThem() {
    String item = createAccount(", \"pin\": \"pin-4711\"");
    String first = put(200, item, "{\"name\": \"Ann\"}").need("ETag");
    String second = put(200, item, "{\"name\": \"Ann\", \"pin\": \"4321\"}").need("ETag");
    assertThat(second).as("a tag tells nothing of what is hidden").isEqualTo(first);
    Request known = Request.of("GET", item).header("If-None-Match", first);
    assertThat(send(304, known).need("ETag")).isEqualTo(first);
    Request relying = Request.json("PUT", item, "{\"name\": \"Bob\"}").header("If-Match", first);
    String third = send(200, relying).need("ETag");
    assertThat(third).isNotEqualTo(first).isEqualTo(get(200, item).need("ETag"));
    send(412, relying);
    send(412, Request.of("DELETE", item).header("If-Match", first));
    assertThat(refused(Request.json("PUT", item, "{\"name\": \"Ann\", \"pin\": \"1\"}")))
        .containsOnlyKeys("/pin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pin=pin-4711",
        "pin:startsWith=pin",
        "pin:isnull=true",
        "pin.x=1",
        "address.door:like=*",
        "notes.private=1",
        "_sort=pin",
        "_sort=-name,address.door"
      })
  default void lists_cannotGoByThem(String query) {
    assertThat(get(400, ACCOUNTS + "?" + query).text()).doesNotContain("pin-4711", "secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"where\": {\"notes.private\": \"x\"}}",
        "{\"where\": {\"not\": {\"or\": [{\"notes.private\": \"x\"}]}}}",
        "{\"where\": {\"pin\": \"x\"}}"
      })
  default void postedQueries_cannotGoByThem(String query) {
    post(400, ACCOUNTS + "/_query", query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\": \"test\", \"path\": \"/pin\", \"value\": \"pin-4711\"}",
        "{\"op\": \"copy\", \"from\": \"/pin\", \"path\": \"/name\"}",
        "{\"op\": \"move\", \"from\": \"/pin\", \"path\": \"/name\"}",
        "{\"op\": \"test\", \"path\": \"\", \"value\": {}}",
        "{\"op\": \"copy\", \"from\": \"/address\", \"path\": \"/audit\"}",
        "{\"op\": \"test\", \"path\": \"/keys/0/secret\", \"value\": \"x\"}",
        "{\"op\": \"move\", \"from\": \"/keys/0\", \"path\": \"/keys/1\"}",
        "{\"op\": \"copy\", \"from\": \"/notes/private\", \"path\": \"/notes/open\"}"
      })
  default void jsonPatch_cannotReadThem(String operation) {
    String item = createAccount(HIDDEN);
    Answer before = get(200, item);
    Request patch =
        Request.of("PATCH", item).body("application/json-patch+json", "[" + operation + "]");
    assertThat(send(422, patch).text()).contains("write-only");
    assertThat(get(200, item).json()).isEqualTo(before.json());
    assertThat(get(200, item).header("ETag")).isEqualTo(before.header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\": \"add\", \"path\": \"/keys/0/secret/x\", \"value\": 1}",
        "{\"op\": \"remove\", \"path\": \"/notes/private/x\"}",
        "{\"op\": \"replace\", \"path\": \"/pin/0\", \"value\": 1}"
      })
  default void jsonPatch_cannotChangeAPartOfThem(String operation) {
    String item = createAccount(HIDDEN);
    Request patch =
        Request.of("PATCH", item).body("application/json-patch+json", "[" + operation + "]");
    assertThat(send(422, patch).text()).contains("write-only");
  }

  @Test
  default void jsonPatch_canSetThem() {
    String item = createAccount(HIDDEN);
    String patch =
        "[{\"op\": \"replace\", \"path\": \"/pin\", \"value\": \"hush-9\"},"
            + " {\"op\": \"test\", \"path\": \"/address/city\", \"value\": \"Oslo\"}]";
    Request request = Request.of("PATCH", item).body("application/json-patch+json", patch);
    assertThat(send(200, request).text()).doesNotContain("hush");
  }

  @Test
  default void manyWrites_doNotShowThem() {
    String id = UUID.randomUUID().toString();
    String bulk =
        "[{\"op\": \"create\", \"body\": {\"id\": \"%s\", \"name\": \"Ann\"%s}},"
            + " {\"op\": \"update\", \"id\": \"%s\", \"body\": {\"age\": 1}}]";
    Answer answer = post(200, ACCOUNTS + "/_bulk", bulk.formatted(id, HIDDEN, id));
    assertThat(answer.text()).contains("Oslo").doesNotContain("hush", "pin", "door", "secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&_limit=1", "&_page=1", "&name=Ann"})
  default void search_doesNotFindThem(String more) {
    String text = UUID.randomUUID().toString();
    Answer created =
        post(
            201,
            ACCOUNTS,
            "{\"name\": \"Ann\", \"pin\": \"%s\", \"keys\": [{\"label\": \"a\", \"secret\": \"%s\"}]}"
                .formatted(text, text));
    for (String count : new String[] {"exact", "estimated", "none"}) {
      Request search = Request.of("GET", ACCOUNTS + "?q=" + text + more);
      Answer found = send(200, search.header("Prefer", "count=" + count));
      assertThat(found.items()).isEmpty();
      assertThat(found.header("X-Total-Count").orElse("0")).isEqualTo("0");
      assertThat(found.link("next")).isEmpty();
    }
    JsonObject shown =
        get(200, ACCOUNTS + "?q=" + created.member("id").text().orElseThrow()).items().get(0);
    assertThat(shown).isEqualTo(created.json());
  }
}
