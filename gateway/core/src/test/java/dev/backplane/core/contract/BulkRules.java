package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many writes in one request: POST of {@code _bulk}. */
interface BulkRules extends HttpRules {
  String BULK = THINGS + "/_bulk";

  @Test
  default void bulk_answersEachWrite_inOrder() {
    String tag = get(200, create("{\"id\": \"old\", \"n\": 1, \"m\": 1}")).need("ETag");
    create("{\"id\": \"gone\"}");
    Answer answer =
        post(
            200,
            BULK,
            """
            [{"op": "create", "body": {"id": "new", "n": 1.10}},
             {"op": "create", "body": {"n": 2}},
             {"op": "replace", "id": "old", "body": {"n": 2}, "if-match": %s},
             {"op": "update", "id": "old", "body": {"m": {"x": null, "y": 1}}},
             {"op": "update", "id": "old", "body": [{"op": "remove", "path": "/m"}]},
             {"op": "replace", "id": "made", "body": {}, "if-none-match": "*"},
             {"op": "delete", "id": "gone"}]
            """
                .formatted(HttpRules.quoted(tag)));
    assertThat(answer.each("status"))
        .containsExactly("201", "201", "200", "200", "200", "201", "204");
    List<JsonObject> results = answer.items();
    assertThat(results.get(0).get("body"))
        .contains(HttpRules.json("{\"id\": \"new\", \"n\": 1.10}"));
    assertThat(results.get(0).get("etag").flatMap(value -> value.text()))
        .isEqualTo(get(200, THINGS + "/new").header("ETag"));
    assertThat(results.get(3).get("body"))
        .contains(HttpRules.json("{\"id\": \"old\", \"n\": 2, \"m\": {\"y\": 1}}"));
    assertThat(results.get(4).get("body")).contains(HttpRules.json("{\"id\": \"old\", \"n\": 2}"));
    assertThat(results.get(6)).isEqualTo(HttpRules.json("{\"status\": 204, \"id\": \"gone\"}"));
    String chosen = answer.each("id").get(1);
    assertThat(get(200, THINGS).each("id")).containsExactlyInAnyOrder("old", "new", "made", chosen);
  }

  @Test
  default void writeThatFails_stopsNoOther_andHasItsProblem() {
    create("{\"id\": \"a\", \"n\": 1}");
    Answer answer =
        post(
            200,
            BULK,
            """
            [{"op": "create", "body": {"id": "a"}},
             {"op": "replace", "id": "none", "body": {}},
             {"op": "update", "id": "a", "body": {"n": 2}, "if-match": "\\"x\\""},
             {"op": "update", "id": "a", "body": [{"op": "test", "path": "/n", "value": 2}]},
             {"op": "replace", "id": "a", "body": {"id": "b"}},
             {"op": "delete", "id": "none"},
             {"op": "create", "body": {"id": "b"}}]
            """);
    assertThat(answer.each("status"))
        .containsExactly("409", "404", "412", "409", "400", "404", "201");
    for (JsonObject result : answer.items().subList(0, 6)) {
      JsonObject problem = (JsonObject) result.get("problem").orElseThrow();
      assertThat(problem.get("status")).isEqualTo(result.get("status"));
      assertThat(problem.get("detail")).isPresent().isEqualTo(problem.get("message"));
      assertThat(result.get("body")).isEmpty();
    }
    assertThat(answer.each("id")).containsExactly("-", "none", "a", "a", "a", "none", "b");
    assertThat(get(200, THINGS + "/a").member("n")).isEqualTo(HttpRules.json("1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "{}",
        "{'op': 'upsert', 'body': {}}",
        "{'op': 'create'}",
        "{'op': 'create', 'body': []}",
        "{'op': 'create', 'id': 'a', 'body': {}}",
        "{'op': 'create', 'body': {'id': '..'}}",
        "{'op': 'replace', 'body': {}}",
        "{'op': 'replace', 'id': null, 'body': {}}",
        "{'op': 'replace', 'id': '', 'body': {}}",
        "{'op': 'replace', 'id': 'a', 'body': 1}",
        "{'op': 'update', 'id': 'a', 'body': 1}",
        "{'op': 'update', 'id': 'a', 'body': {}, 'ifMatch': 'x'}",
        "{'op': 'update', 'id': 'a', 'body': {}, 'if-match': 'x'}",
        "{'op': 'update', 'id': 'a', 'body': {}, 'if-match': 1}",
        "{'op': 'delete', 'id': 'a', 'body': {}}"
      })
  default void malformedWrite_is400_byItself(String operation) {
    String good = "{\"op\": \"create\", \"body\": {\"id\": \"good\"}}";
    Answer answer = post(200, BULK, "[" + operation.replace('\'', '"') + ", " + good + "]");
    assertThat(answer.each("status")).containsExactly("400", "201");
    assertThat(get(200, THINGS).each("id")).containsExactly("good");
  }

  @Test
  default void resultOfAMalformedWrite_hasTheIdOnlyWhereItMayBeOne() {
    String writes =
        """
        [{"op": "delete", "id": false}, {"op": "delete", "id": [1]}, {"op": "delete", "id": 7.5}]
        """;
    assertThat(post(200, BULK, writes).each("id")).containsExactly("-", "-", "7.5");
  }

  @Test
  default void idsMayBeNumbers() {
    Answer answer =
        post(
            200,
            PRODUCTS + "/_bulk",
            """
            [{"op": "create", "body": {"sku": 95}},
             {"op": "replace", "id": 95, "body": {"sku": "95", "n": 1}},
             {"op": "update", "id": "95", "body": {"n": 2}},
             {"op": "delete", "id": 95}]
            """);
    assertThat(answer.each("status")).containsExactly("201", "200", "200", "204");
    assertThat(answer.items())
        .allSatisfy(result -> assertThat(result.get("id")).contains(HttpRules.json("95")));
  }

  @Test
  default void writesThatAreSwitchedOff_are405_eachByItself() {
    Answer answer =
        post(
            200,
            CLOSED + "/_bulk",
            """
            [{"op": "create", "body": {}},
             {"op": "replace", "id": "none", "body": {}},
             {"op": "replace", "id": "none", "body": {}, "if-none-match": "*"},
             {"op": "update", "id": "none", "body": {}},
             {"op": "delete", "id": "none"}]
            """);
    assertThat(answer.each("status")).containsExactly("405", "404", "405", "404", "405");
    post(405, FROZEN + "/_bulk", "[]");
  }

  @Test
  default void changesNeedIfMatch_whereTheMappingSaysSo() {
    String created = post(201, GUARDED, "{}").member("id").text().orElseThrow();
    String tag = get(200, GUARDED + "/" + created).need("ETag");
    String update = "{\"op\": \"update\", \"id\": \"" + created + "\", \"body\": {}";
    String delete = "{\"op\": \"delete\", \"id\": \"" + created + "\"";
    String match = ", \"if-match\": " + HttpRules.quoted(tag) + "}";
    Answer answer =
        post(200, GUARDED + "/_bulk", "[" + update + "}, " + delete + "}, " + delete + match + "]");
    assertThat(answer.each("status")).containsExactly("428", "428", "204");
  }

  @Test
  default void minimal_isWithoutBodies_andRepresentationAlsoOfWhatIsDeleted() {
    String writes =
        """
        [{"op": "create", "body": {"id": "a"}},
         {"op": "update", "id": "a", "body": {"n": 1}},
         {"op": "delete", "id": "a"}]
        """;
    Answer minimal =
        send(200, Request.json("POST", BULK, writes).header("Prefer", "return=minimal"));
    assertThat(minimal.each("status")).containsExactly("201", "204", "204");
    assertThat(minimal.items()).noneMatch(result -> result.get("body").isPresent());
    assertThat(minimal.header("Preference-Applied")).hasValue("return=minimal");
    Answer whole =
        send(200, Request.json("POST", BULK, writes).header("Prefer", "return=representation"));
    assertThat(whole.each("status")).containsExactly("201", "200", "200");
    assertThat(whole.items().get(2).get("body"))
        .contains(HttpRules.json("{\"id\": \"a\", \"n\": 1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"400 | {}", "400 | {\"op\": \"create\"}", "400 | 1", "400 | [", "200 | []"})
  default void body_isAnArray(int status, String body) {
    post(status, BULK, body);
    assertThat(get(200, THINGS).items()).isEmpty();
  }

  @Test
  default void moreThanTheMappingAllows_is413_andWritesNothing() {
    String create = "{\"op\": \"create\", \"body\": {}}";
    post(413, BULK, "[" + (create + ", ").repeat(MAX_BULK_SIZE) + create + "]");
    assertThat(get(200, THINGS).items()).isEmpty();
    post(200, BULK, "[" + (create + ", ").repeat(MAX_BULK_SIZE - 1) + create + "]");
    assertThat(get(200, THINGS + "?_limit=20").items()).hasSize(MAX_BULK_SIZE);
    send(415, Request.of("POST", BULK).body("text/plain", "[]"));
  }

  @Test
  default void withAnyOtherMethod_bulkIsAnIdLikeOthers() {
    get(404, BULK);
    send(201, Request.json("PUT", BULK, "{\"n\": 1}").header("If-None-Match", "*"));
    assertThat(get(200, BULK).member("id")).isEqualTo(HttpRules.json("\"_bulk\""));
    patch(200, BULK, "{\"n\": 2}");
    assertThat(send(204, Request.of("OPTIONS", BULK)).words("Allow")).contains("POST", "PUT");
    delete(204, BULK);
  }
}
