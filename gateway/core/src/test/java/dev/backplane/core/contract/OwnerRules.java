package dev.backplane.core.contract;

import static dev.backplane.core.contract.HttpRules.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An item of somebody else looks as if it were not there, however it is asked for. */
interface OwnerRules extends AccessSteps {
  @Test
  default void create_fillsInTheOwner_whoAloneSeesTheItem() {
    Answer created = as("ann").post(201, NOTES, "{\"id\": \"a\", \"text\": \"mine\"}");
    assertThat(created.member("owner")).isEqualTo(new JsonString("ann"));
    assertThat(as("ann").get(200, NOTES + "/a").member("text")).isEqualTo(new JsonString("mine"));
    assertThat(as("root").get(200, NOTES + "/a").member("owner")).isEqualTo(new JsonString("ann"));
  }

  @Test
  default void create_forSomebodyElse_is422_butNotForWhoMayDoAll() {
    Answer refused = as("ann").post(422, NOTES, "{\"owner\": \"bob\"}");
    assertThat(refused.member("errors")).isEqualTo(json("{\"owner\": \"names another owner\"}"));
    as("root").post(201, NOTES, "{\"id\": \"r\", \"owner\": \"bob\"}");
    as("bob").get(200, NOTES + "/r");
  }

  @Test
  default void ownerThatIsReadOnly_isFilledInAllTheSame_andStays() {
    Answer created = as("ann").post(201, FOLDERS, "{\"id\": \"f\"}");
    assertThat(created.member("owner")).isEqualTo(new JsonString("ann"));
    as("ann").put(200, FOLDERS + "/f", "{\"n\": 1}");
    as("ann").put(422, FOLDERS + "/f", "{\"owner\": \"bob\"}");
    assertThat(as("ann").get(200, FOLDERS + "/f").member("owner")).isEqualTo(new JsonString("ann"));
    as("bob").get(404, FOLDERS + "/f");
  }

  /** Requests about an item, each with what it answers where there is no such item. */
  static Stream<Request> aboutAnItem() {
    String item = NOTES + "/x";
    Request patch = Request.of("PATCH", item);
    return Stream.of(
        Request.of("GET", item),
        Request.of("GET", item).header("If-None-Match", "*"),
        Request.of("GET", item + "?_expand=folder"),
        Request.of("GET", item + "/replies"),
        Request.of("GET", item + "/folder"),
        Request.json("PUT", item, "{\"text\": \"taken\"}"),
        Request.json("PUT", item, "{\"text\": \"taken\"}").header("If-Match", "*"),
        Request.json("PUT", item, "{\"text\": \"taken\", \"owner\": \"bob\"}"),
        patch.body("application/merge-patch+json", "{\"text\": \"taken\"}"),
        patch.body("application/merge-patch+json", "{\"text\": \"taken\"}").header("If-Match", "*"),
        patch.body(
            "application/json-patch+json",
            "[{\"op\": \"test\", \"path\": \"/text\", \"value\": \"mine\"}]"),
        Request.of("DELETE", item),
        Request.of("DELETE", item).header("If-Match", "*"),
        Request.of("DELETE", item).header("Prefer", "return=representation"));
  }

  @ParameterizedTest
  @MethodSource("aboutAnItem")
  default void itemOfSomebodyElse_answersAsOneThatIsNotThere(Request request) {
    Answer none = as("bob").send(404, request);
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"text\": \"mine\", \"folder\": \"f\"}");
    Answer hidden = as("bob").send(404, request);
    assertThat(hidden.member("detail")).isEqualTo(none.member("detail"));
    assertThat(hidden.header("ETag")).isEmpty();
    assertUntouched();
  }

  @Test
  default void itemOfSomebodyElse_withItsOwnETag_isNotThereEither() {
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"text\": \"mine\"}");
    String etag = as("ann").get(200, NOTES + "/x").need("ETag");
    Request put = Request.json("PUT", NOTES + "/x", "{\"text\": \"taken\"}");
    as("bob").send(404, put.header("If-Match", etag));
    as("bob").send(404, Request.of("DELETE", NOTES + "/x").header("If-Match", etag));
    as("bob").send(404, Request.of("GET", NOTES + "/x").header("If-None-Match", etag));
    assertUntouched();
  }

  /** An id can be had once: that it is taken is all that is told, as of any that is. */
  @Test
  default void create_underTheIdOfSomebodyElse_overwritesNothing() {
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"text\": \"mine\"}");
    Answer taken = as("bob").post(409, NOTES, "{\"id\": \"x\", \"text\": \"taken\"}");
    assertThat(taken.text()).doesNotContain("mine", "ann");
    Request put = Request.json("PUT", NOTES + "/x", "{\"text\": \"taken\"}");
    Answer refused = as("bob").send(412, put.header("If-None-Match", "*"));
    assertThat(refused.text()).doesNotContain("mine", "ann");
    assertUntouched();
  }

  private void assertUntouched() {
    assertThat(as("ann").get(200, NOTES + "/x").member("text")).isEqualTo(new JsonString("mine"));
  }

  @Test
  default void owner_cannotGiveTheItemAway_norLoseIt() {
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"text\": \"mine\"}");
    as("ann").put(422, NOTES + "/x", "{\"owner\": \"bob\"}");
    as("ann").patch(422, NOTES + "/x", "{\"owner\": \"bob\"}");
    as("ann").patch(200, NOTES + "/x", "{\"owner\": null}");
    Answer put = as("ann").put(200, NOTES + "/x", "{\"text\": \"new\"}");
    assertThat(put.member("owner")).isEqualTo(new JsonString("ann"));
    as("root").patch(200, NOTES + "/x", "{\"owner\": \"bob\"}");
    as("ann").get(404, NOTES + "/x");
    as("bob").get(200, NOTES + "/x");
  }

  @Test
  default void lists_haveOnlyTheCallersItems_andCountOnlyThem() {
    fill();
    List<String> targets =
        List.of(
            "?_limit=50",
            "?_limit=50&_sort=-n",
            "?_limit=50&_sort=text&q=text",
            "?_limit=50&n:gte=0",
            "?_limit=50&owner=ann&owner=bob",
            "?_limit=50&owner:ne=nobody",
            "?_limit=50&_fields=id,n",
            "?_limit=50&id=a0&id=a1&id=a2&id=a3&id=b0&id=b1&id=b2",
            "?_where=" + Request.encode("{\"or\": [{\"owner\": \"bob\"}, {\"owner\": \"ann\"}]}"));
    for (String target : targets) {
      Answer list = as("bob").get(200, NOTES + target);
      assertThat(list.each("id")).as(target).containsExactlyInAnyOrder("b0", "b1", "b2");
      assertThat(list.header("X-Total-Count")).as(target).hasValue("3");
      assertThat(list.need("Content-Range")).as(target).endsWith("/3");
      assertThat(list.need("Backplane-Plan")).as(target).doesNotContain("scanned");
    }
    assertThat(as("bob").get(200, NOTES + "?owner=ann").items()).isEmpty();
    assertThat(as("eve").get(200, NOTES).header("X-Total-Count")).hasValue("0");
    assertThat(as("root").get(200, NOTES).header("X-Total-Count")).hasValue("7");
    Request counted = Request.of("GET", NOTES + "?_limit=1").header("Prefer", "count=estimated");
    assertThat(as("bob").send(200, counted).header("X-Total-Count")).hasValue("3");
    Answer query = as("bob").post(200, NOTES + "/_query", "{\"limit\": 50}");
    assertThat(query.each("id")).containsExactlyInAnyOrder("b0", "b1", "b2");
    assertThat(as("bob").send(200, Request.of("HEAD", NOTES)).header("X-Total-Count"))
        .hasValue("3");
  }

  @Test
  default void pages_leadThroughTheCallersItemsAlone() {
    fill();
    List<String> seen = new ArrayList<>();
    Optional<String> next = Optional.of(NOTES + "?_limit=2");
    while (next.isPresent()) {
      Answer page = as("ann").get(200, next.get());
      seen.addAll(page.each("id"));
      next = page.link("next");
    }
    assertThat(seen).containsExactlyInAnyOrder("a0", "a1", "a2", "a3");
  }

  @Test
  default void cursorOfSomebodyElse_is400() {
    for (int n = 0; n < 3; n++) {
      as("bob").post(201, NOTES, "{\"id\": \"unmistakable-b%d\", \"n\": 1}".formatted(n));
      as("ann").post(201, NOTES, "{\"id\": \"unmistakable-a%d\", \"n\": 1}".formatted(n));
    }
    for (String sort : List.of("", "&_sort=n")) {
      String next = as("ann").get(200, NOTES + "?_limit=2" + sort).link("next").orElseThrow();
      assertThat(decoded(next)).doesNotContain("unmistakable");
      as("bob").get(400, next);
      as("root").get(400, next);
      as("ann").get(200, next);
    }
  }

  private static String decoded(String link) {
    String cursor = link.replaceAll(".*_cursor=([^&]*).*", "$1");
    return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
  }

  @Test
  default void relations_leadToTheCallersItemsAlone() {
    as("ann").post(201, FOLDERS, "{\"id\": \"fa\"}");
    as("bob").post(201, FOLDERS, "{\"id\": \"fb\"}");
    as("bob").post(201, NOTES, "{\"id\": \"b0\", \"folder\": \"fa\", \"parent\": \"a0\"}");
    as("ann").post(201, NOTES, "{\"id\": \"a0\", \"folder\": \"fb\", \"parent\": \"b0\"}");
    as("ann").post(201, NOTES, "{\"id\": \"a1\", \"folder\": \"fa\", \"parent\": \"b0\"}");
    Answer expanded = as("ann").get(200, NOTES + "?_expand=folder,parent&_embed=replies");
    assertThat(expanded.each("folder")).doesNotContain("fb");
    assertThat(expanded.text()).doesNotContain("\"id\":\"fb\"", "\"id\":\"b0\"");
    as("ann").get(404, NOTES + "/a0/folder");
    as("ann").get(404, NOTES + "/b0/replies");
    as("ann").get(404, FOLDERS + "/fb/notes");
    Answer embedded = as("ann").get(200, FOLDERS + "/fa?_embed=notes");
    JsonArray notes = (JsonArray) embedded.member("notes");
    assertThat(notes.elements()).extracting(OwnerRules::id).containsExactly("a1");
    assertThat(as("ann").get(200, FOLDERS + "/fa/notes").each("id")).containsExactly("a1");
    assertThat(as("ann").get(200, FOLDERS + "/fa/notes").header("X-Total-Count")).hasValue("1");
  }

  private static String id(JsonValue item) {
    return ((JsonObject) item).get("id").flatMap(JsonValue::text).orElse("");
  }

  @Test
  default void bulk_doesNothingToItemsOfSomebodyElse() {
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"text\": \"mine\"}");
    String operations =
        """
        [{"op": "replace", "id": "x", "body": {"text": "taken"}},
         {"op": "replace", "id": "x", "body": {"text": "taken"}, "if-match": "*"},
         {"op": "update", "id": "x", "body": {"text": "taken"}},
         {"op": "delete", "id": "x"},
         {"op": "create", "body": {"id": "x", "text": "taken"}},
         {"op": "create", "body": {"id": "y", "owner": "ann"}},
         {"op": "create", "body": {"id": "z"}}]
        """;
    Answer results = as("bob").post(200, NOTES + "/_bulk", operations);
    assertThat(results.each("status"))
        .containsExactly("404", "404", "404", "404", "409", "422", "201");
    assertThat(results.text()).doesNotContain("mine");
    as("bob").get(200, NOTES + "/z");
    assertUntouched();
    for (String operation :
        List.of(
            "{\"op\": \"delete\", \"id\": \"x\"}",
            "{\"op\": \"replace\", \"id\": \"x\", \"body\": {\"text\": \"taken\"}}",
            "{\"op\": \"update\", \"id\": \"x\", \"body\": {\"text\": \"taken\"}}")) {
      String all = "[{\"op\": \"create\", \"body\": {\"id\": \"w\"}}, " + operation + "]";
      Answer refused = as("bob").post(transacts() ? 409 : 400, NOTES + "/_bulk?_atomic=true", all);
      assertThat(refused.text()).doesNotContain("mine");
      as("bob").get(404, NOTES + "/w");
      assertUntouched();
    }
  }

  @Test
  default void bulkCreates_withoutIds_areTheCallersOwn() {
    String creates = "[{\"op\": \"create\", \"body\": {}}, {\"op\": \"create\", \"body\": {}}]";
    for (String way : List.of("/_bulk", transacts() ? "/_bulk?_atomic=true" : "/_bulk")) {
      as("ann").post(200, NOTES + way, creates);
    }
    assertThat(as("ann").get(200, NOTES + "?_limit=50").each("owner"))
        .containsExactly("ann", "ann", "ann", "ann");
    assertThat(as("bob").get(200, NOTES).items()).isEmpty();
  }

  @Test
  default void idempotencyKey_isTheCallersOwn() {
    Request create =
        Request.json("POST", NOTES, "{\"text\": \"mine\"}")
            .header("Idempotency-Key", "\"" + System.nanoTime() + "\"");
    Answer first = as("ann").send(201, create);
    assertThat(as("ann").send(201, create).json()).isEqualTo(first.json());
    Answer other = as("bob").send(201, create);
    assertThat(other.member("id")).isNotEqualTo(first.member("id"));
    assertThat(other.member("owner")).isEqualTo(new JsonString("bob"));
  }

  @Test
  default void replay_ofWhatTheCallerHasLost_doesNotShowIt() {
    String key = "\"" + System.nanoTime() + "\"";
    Request create =
        Request.json("POST", NOTES, "{\"id\": \"x\", \"text\": \"mine\"}")
            .header("Idempotency-Key", key);
    Request patch =
        Request.of("PATCH", NOTES + "/x")
            .body("application/merge-patch+json", "{\"n\": 1}")
            .header("Idempotency-Key", "\"p" + key.substring(1));
    Request bulk =
        Request.json(
                "POST", NOTES + "/_bulk", "[{\"op\": \"update\", \"id\": \"x\", \"body\": {}}]")
            .header("Idempotency-Key", "\"b" + key.substring(1));
    as("ann").send(201, create);
    as("ann").send(200, patch);
    as("ann").send(200, bulk);
    as("root").patch(200, NOTES + "/x", "{\"owner\": \"bob\"}");
    for (Request request : List.of(create, patch, bulk)) {
      Request sent = request.header(KEY, "key-of-ann");
      assertThat(client().send(sent).text()).as(request.toString()).doesNotContain("mine");
    }
  }

  private void fill() {
    for (int n = 0; n < 4; n++) {
      as("ann")
          .post(201, NOTES, "{\"id\": \"a%d\", \"n\": %d, \"text\": \"text\"}".formatted(n, n));
    }
    for (int n = 0; n < 3; n++) {
      as("bob")
          .post(201, NOTES, "{\"id\": \"b%d\", \"n\": %d, \"text\": \"text\"}".formatted(n, n));
    }
  }
}
