package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many writes as one: POST of {@code _bulk} with {@code _atomic=true}. */
interface AtomicBulkRules extends HttpRules {
  String ATOMIC = THINGS + "/_bulk?_atomic=true";

  /** Sends writes that the backend has to be able to do as one. */
  private Answer atomic(int status, String operations) {
    assumeTrue(transacts(), "the backend does one write at a time");
    return post(status, ATOMIC, operations);
  }

  @Test
  default void atomicBulk_doesAll_andAnswersEach_inOrder() {
    String tag = get(200, create("{\"id\": \"old\", \"n\": 1}")).need("ETag");
    create("{\"id\": \"changed\", \"n\": 1, \"m\": 1}");
    create("{\"id\": \"patched\", \"n\": 1, \"m\": 1}");
    create("{\"id\": \"gone\"}");
    Answer answer =
        atomic(
            200,
            """
            [{"op": "create", "body": {"id": "new", "n": 1.10}},
             {"op": "create", "body": {"n": 2}},
             {"op": "replace", "id": "old", "body": {"n": 2}, "if-match": %s},
             {"op": "update", "id": "changed", "body": {"m": {"x": null, "y": 1}}},
             {"op": "update", "id": "patched", "body": [{"op": "remove", "path": "/m"}]},
             {"op": "replace", "id": "made", "body": {}, "if-none-match": "*"},
             {"op": "delete", "id": "gone"}]
            """
                .formatted(HttpRules.quoted(tag)));
    assertThat(answer.each("status"))
        .containsExactly("201", "201", "200", "200", "200", "201", "204");
    String chosen = answer.each("id").get(1);
    List<String> ids = List.of("new", chosen, "old", "changed", "patched", "made");
    for (int i = 0; i < ids.size(); i++) {
      JsonObject result = answer.items().get(i);
      Answer stored = get(200, THINGS + "/" + ids.get(i));
      assertThat(result.get("body")).contains(stored.json());
      assertThat(result.get("etag").flatMap(JsonValue::text)).isEqualTo(stored.header("ETag"));
    }
    assertThat(answer.items().get(0).get("body"))
        .contains(HttpRules.json("{\"id\": \"new\", \"n\": 1.10}"));
    assertThat(answer.items().get(3).get("body"))
        .contains(HttpRules.json("{\"id\": \"changed\", \"n\": 1, \"m\": {\"y\": 1}}"));
    assertThat(answer.items().get(6))
        .isEqualTo(HttpRules.json("{\"status\": 204, \"id\": \"gone\"}"));
    assertThat(get(200, THINGS + "?_limit=20").each("id")).containsExactlyInAnyOrderElementsOf(ids);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "409 | {'op': 'create', 'body': {'id': 'a'}}",
        "404 | {'op': 'replace', 'id': 'none', 'body': {}}",
        "412 | {'op': 'replace', 'id': 'a', 'body': {}, 'if-match': '\"x\"'}",
        "412 | {'op': 'replace', 'id': 'a', 'body': {}, 'if-match': '\"x\", \"y\"'}",
        "412 | {'op': 'replace', 'id': 'a', 'body': {}, 'if-none-match': '*'}",
        "404 | {'op': 'update', 'id': 'none', 'body': {}}",
        "412 | {'op': 'update', 'id': 'a', 'body': {}, 'if-match': '\"x\"'}",
        "409 | {'op': 'update', 'id': 'a', 'body': [{'op': 'test', 'path': '/n', 'value': 2}]}",
        "422 | {'op': 'update', 'id': 'a', 'body': [{'op': 'remove', 'path': '/id'}]}",
        "404 | {'op': 'delete', 'id': 'none'}",
        "412 | {'op': 'delete', 'id': 'a', 'if-match': '\"x\"'}",
        "400 | {'op': 'delete', 'id': 'kept'}",
        "400 | {'op': 'create', 'body': {'id': 'new'}}",
        "400 | {'op': 'create', 'body': {'id': '..'}}",
        "400 | {'op': 'replace', 'id': 'a', 'body': {'id': 'b'}}",
        "400 | {'op': 'replace', 'id': 'a', 'body': {}, 'if-match': '*', 'if-none-match': '*'}",
        "400 | {'op': 'update', 'id': 'a', 'body': 1}",
        "400 | {'op': 'upsert'}",
        "400 | 1"
      })
  default void atomicBulk_whenOneCannotBeDone_writesNothing_andSaysWhy(
      int status, String operation) {
    create("{\"id\": \"a\", \"n\": 1}");
    create("{\"id\": \"kept\", \"n\": 1}");
    String before = get(200, THINGS).text();
    Answer answer =
        atomic(
            status == 400 || status == 422 ? status : 409,
            """
            [{"op": "update", "id": "kept", "body": {"n": 2}},
             {"op": "create", "body": {"id": "new"}},
             %s,
             {"op": "create", "body": {}}]
            """
                .formatted(operation.replace("\"", "\\\"").replace('\'', '"')));
    assertThat(answer.member("detail").text().orElseThrow())
        .startsWith("Nothing was written, as the operation at index 2 cannot be done: ");
    List<JsonObject> results = results(answer);
    assertThat(results).extracting(AtomicBulkRules::status).containsExactly(424, 424, status, 424);
    JsonObject problem = (JsonObject) results.get(2).get("problem").orElseThrow();
    assertThat(problem.get("status")).isEqualTo(results.get(2).get("status"));
    assertThat(answer.member("detail").text().orElseThrow())
        .endsWith(problem.get("detail").flatMap(JsonValue::text).orElseThrow());
    assertThat(results.get(0)).isEqualTo(HttpRules.json("{\"status\": 424, \"id\": \"kept\"}"));
    assertThat(get(200, THINGS).text()).isEqualTo(before);
  }

  @Test
  default void atomicBulk_whenSeveralCannotBeDone_saysWhyOfEach() {
    create("{\"id\": \"a\", \"n\": 1}");
    Answer answer =
        atomic(
            409,
            """
            [{"op": "create", "body": {"id": "a"}},
             {"op": "create", "body": {"id": "b"}},
             {"op": "delete", "id": "none"},
             {"op": "replace", "id": "other", "body": {}, "if-match": "\\"x\\""}]
            """);
    assertThat(results(answer))
        .extracting(AtomicBulkRules::status)
        .containsExactly(409, 424, 404, 404);
    assertThat(answer.member("detail").text().orElseThrow()).contains("3 operations", "index 0");
    get(404, THINGS + "/b");
  }

  @Test
  default void atomicBulk_whenBodiesAreInvalid_saysWhatIsWanted_ofEach() {
    assumeTrue(transacts(), "the backend does one write at a time");
    String id = UUID.randomUUID().toString();
    Answer answer =
        post(
            422,
            ACCOUNTS + "/_bulk?_atomic=true",
            """
            [{"op": "create", "body": {"id": "%s", "name": "Ann"}},
             {"op": "create", "body": {"name": 1}},
             {"op": "create", "body": {}}]
            """
                .formatted(id));
    List<JsonObject> results = results(answer);
    assertThat(results).extracting(AtomicBulkRules::status).containsExactly(424, 422, 422);
    for (JsonObject result : results.subList(1, 3)) {
      JsonObject problem = (JsonObject) result.get("problem").orElseThrow();
      JsonObject errors = (JsonObject) problem.get("errors").orElseThrow();
      assertThat(errors.members()).containsOnlyKeys("name");
    }
    get(404, ACCOUNTS + "/" + id);
  }

  @Test
  default void atomicBulk_ofWritesThatAreSwitchedOff_isRefused() {
    assumeTrue(transacts(), "the backend does one write at a time");
    Answer answer =
        post(
            409,
            CLOSED + "/_bulk?_atomic=true",
            """
            [{"op": "create", "body": {}},
             {"op": "replace", "id": "none", "body": {}},
             {"op": "delete", "id": "other"}]
            """);
    assertThat(results(answer)).extracting(AtomicBulkRules::status).containsExactly(405, 424, 405);
  }

  @Test
  default void atomicBulk_needsIfMatch_whereTheMappingSaysSo() {
    assumeTrue(transacts(), "the backend does one write at a time");
    String id = post(201, GUARDED, "{}").member("id").text().orElseThrow();
    String update = "[{\"op\": \"update\", \"id\": \"" + id + "\", \"body\": {\"n\": 1}%s}]";
    String bulk = GUARDED + "/_bulk?_atomic=true";
    assertThat(results(post(409, bulk, update.formatted(""))))
        .extracting(AtomicBulkRules::status)
        .containsExactly(428);
    String tag = get(200, GUARDED + "/" + id).need("ETag");
    String match = ", \"if-match\": " + HttpRules.quoted(tag);
    assertThat(post(200, bulk, update.formatted(match)).each("status")).containsExactly("200");
  }

  @Test
  default void atomicBulk_whenPutMerges_keepsOtherMembers() {
    assumeTrue(transacts(), "the backend does one write at a time");
    String id = post(201, MERGED, "{\"n\": 1}").member("id").text().orElseThrow();
    String replace = "[{\"op\": \"replace\", \"id\": \"" + id + "\", \"body\": {\"m\": 2}}]";
    assertThat(post(200, MERGED + "/_bulk?_atomic=true", replace).each("status"))
        .containsExactly("200");
    Answer merged = get(200, MERGED + "/" + id);
    assertThat(merged.member("n")).isEqualTo(HttpRules.json("1"));
    assertThat(merged.member("m")).isEqualTo(HttpRules.json("2"));
  }

  @Test
  default void atomicBulk_isWithoutBodies_orWithThoseOfWhatIsDeleted_asPreferred() {
    create("{\"id\": \"a\", \"n\": 1}");
    create("{\"id\": \"b\", \"n\": 2}");
    String writes =
        "[{\"op\": \"create\", \"body\": {\"id\": \"%s\"}}, {\"op\": \"delete\", \"id\": \"%s\"}]";
    assumeTrue(transacts(), "the backend does one write at a time");
    Answer minimal =
        send(
            200,
            Request.json("POST", ATOMIC, writes.formatted("c", "a"))
                .header("Prefer", "return=minimal"));
    assertThat(minimal.each("status")).containsExactly("201", "204");
    assertThat(minimal.items()).noneMatch(result -> result.get("body").isPresent());
    assertThat(minimal.header("Preference-Applied")).hasValue("return=minimal");
    Answer whole =
        send(
            200,
            Request.json("POST", ATOMIC, writes.formatted("d", "b"))
                .header("Prefer", "return=representation"));
    assertThat(whole.each("status")).containsExactly("201", "200");
    assertThat(whole.items().get(1).get("body"))
        .contains(HttpRules.json("{\"id\": \"b\", \"n\": 2}"));
    assertThat(get(200, THINGS).each("id")).containsExactlyInAnyOrder("c", "d");
  }

  @Test
  default void atomicBulk_takesAsManyAsTheMappingAllows() {
    String create = "{\"op\": \"create\", \"body\": {}}";
    Answer refused = atomic(413, "[" + (create + ", ").repeat(MAX_BULK_SIZE) + create + "]");
    assertThat(refused.member("detail").text().orElseThrow()).contains("" + MAX_BULK_SIZE);
    assertThat(get(200, THINGS).items()).isEmpty();
    atomic(200, "[" + (create + ", ").repeat(MAX_BULK_SIZE - 1) + create + "]");
    assertThat(get(200, THINGS + "?_limit=20").items()).hasSize(MAX_BULK_SIZE);
    assertThat(atomic(200, "[]").items()).isEmpty();
    atomic(400, "{}");
  }

  @Test
  default void atomicBulkThatIsSentAgain_getsTheFirstAnswer_alsoOneThatRefuses() {
    assumeTrue(transacts(), "the backend does one write at a time");
    Request done = Request.json("POST", ATOMIC, "[{\"op\": \"create\", \"body\": {}}]");
    done = done.header("Idempotency-Key", '"' + UUID.randomUUID().toString() + '"');
    assertThat(send(200, done).text()).isEqualTo(send(200, done).text());
    assertThat(get(200, THINGS).items()).hasSize(1);

    Request refused = Request.json("POST", ATOMIC, "[{\"op\": \"delete\", \"id\": \"a\"}]");
    refused = refused.header("Idempotency-Key", '"' + UUID.randomUUID().toString() + '"');
    List<JsonObject> first = results(send(409, refused));
    create("{\"id\": \"a\"}");
    assertThat(results(send(409, refused))).isEqualTo(first);
    get(200, THINGS + "/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_atomic",
        "_atomic=",
        "_atomic=1",
        "_atomic=TRUE",
        "_atomic=true&_atomic=true",
        "_atomic=false&_Atomic=true",
        "atomic=true",
        "_limit=5"
      })
  default void queryOfABulk_isAtomicTrueOrFalse_andNothingElse(String query) {
    Request bulk = Request.json("POST", THINGS + "/_bulk?" + query, "[]");
    send(400, bulk.header("Prefer", "handling=lenient"));
  }

  @Test
  default void bulkThatIsNotAtomic_doesWhatItCan() {
    String writes = "[{\"op\": \"create\", \"body\": {}}, {\"op\": \"delete\", \"id\": \"none\"}]";
    assertThat(post(200, THINGS + "/_bulk?_atomic=false", writes).each("status"))
        .containsExactly("201", "404");
  }

  @Test
  default void atomicBulk_whereTheBackendCannot_is400_andTheDocumentDoesNotOfferIt() {
    JsonObject paths = (JsonObject) get(200, "/openapi.json").member("paths");
    String bulk =
        new String(
            Json.CODEC.write(paths.get(THINGS + "/_bulk").orElseThrow()), StandardCharsets.UTF_8);
    assertThat(bulk.contains("_atomic")).isEqualTo(transacts());
    if (!transacts()) {
      Answer refused = post(400, ATOMIC, "[{\"op\": \"create\", \"body\": {}}]");
      assertThat(refused.member("detail").text().orElseThrow()).contains("_atomic");
      assertThat(get(200, THINGS).items()).isEmpty();
    }
  }

  private static List<JsonObject> results(Answer refused) {
    return ((JsonArray) refused.member("results"))
        .elements().stream().map(JsonObject.class::cast).toList();
  }

  private static int status(JsonObject result) {
    return Integer.parseInt(result.get("status").flatMap(JsonValue::text).orElseThrow());
  }
}
