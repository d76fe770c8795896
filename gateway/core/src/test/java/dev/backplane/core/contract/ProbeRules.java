package dev.backplane.core.contract;

import static dev.backplane.core.contract.HttpRules.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller cannot read is not found out by how the gateway answers a guess either. */
interface ProbeRules extends AccessSteps {
  String PROBED = STAFF + "/p";

  private void create(String members) {
    as("hank").post(201, STAFF, "{\"id\": \"p\", \"name\": \"Xu\"" + members + "}");
  }

  private static Request jsonPatch(String target, String operations) {
    return Request.of("PATCH", target).body("application/json-patch+json", operations);
  }

  private static Request mergePatch(String target, String patch) {
    return Request.of("PATCH", target).body("application/merge-patch+json", patch);
  }

  @Test
  default void tag_isThatOfWhatTheCallerSees() {
    create(", \"salary\": 5000, \"remark\": \"kept\"");
    String seen = as("ann").get(200, PROBED).need("ETag");
    String whole = as("hank").get(200, PROBED).need("ETag");
    as("hank").patch(200, PROBED, "{\"salary\": 6000}");
    assertThat(as("hank").get(200, PROBED).need("ETag")).isNotEqualTo(whole);
    assertThat(as("ann").get(200, PROBED).need("ETag")).isEqualTo(seen);
    as("ann").send(304, Request.of("GET", PROBED).header("If-None-Match", seen));
    String patched = as("ann").patch(200, PROBED, "{\"remark\": \"kept\"}").need("ETag");
    assertThat(as("ann").patch(200, PROBED, "{\"remark\": \"x\"}").need("ETag"))
        .isEqualTo(patched)
        .isEqualTo(seen);
    as("hank").patch(200, PROBED, "{\"name\": \"X\"}");
    as("ann").send(200, Request.of("GET", PROBED).header("If-None-Match", seen));
  }

  @Test
  default void conditions_relyOnWhatTheCallerSees_andOnAllOfIt() {
    create(", \"salary\": 5000");
    String whole = as("hank").get(200, PROBED).need("ETag");
    String seen = as("ann").get(200, PROBED).need("ETag");
    Request patch = mergePatch(PROBED, "{\"n\": 1}");
    Request put = Request.json("PUT", PROBED, "{\"name\": \"Yu\"}");
    Request delete = Request.of("DELETE", PROBED);
    String bulk =
        "[{\"op\": \"update\", \"id\": \"p\", \"body\": {\"n\": 1}, \"if-match\": \"%s\"}]";
    for (Request request : List.of(patch, put, delete)) {
      as("ann").send(412, request.header("If-Match", whole));
    }
    String now = as("ann").send(200, put.header("If-Match", seen)).need("ETag");
    for (Request request : List.of(patch, put, delete)) {
      as("ann").send(412, request.header("If-Match", seen));
    }
    Answer old = as("ann").post(200, STAFF + "/_bulk", bulk.formatted(seen.replace("\"", "\\\"")));
    assertThat(old.each("status")).containsExactly("412");
    Answer done = as("ann").post(200, STAFF + "/_bulk", bulk.formatted(now.replace("\"", "\\\"")));
    assertThat(done.each("status")).containsExactly("200");
    String then = as("ann").get(200, PROBED).need("ETag");
    assertThat(done.each("etag")).containsExactly(then);
    as("ann").send(204, delete.header("If-Match", "\"x\", " + then));
  }

  @Test
  default void whoMayNotGet_cannotTestWhatThereIs() {
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"text\": \"mine\", \"list\": [1]}");
    for (String operation :
        List.of(
            "{\"op\": \"test\", \"path\": \"/text\", \"value\": \"mine\"}",
            "{\"op\": \"test\", \"path\": \"/text\", \"value\": \"other\"}",
            "{\"op\": \"remove\", \"path\": \"/text\"}",
            "{\"op\": \"remove\", \"path\": \"/others\"}",
            "{\"op\": \"add\", \"path\": \"/list/1\", \"value\": 1}")) {
      as("erik").send(403, jsonPatch(NOTES + "/x", "[" + operation + "]"));
      String update = "[{\"op\": \"update\", \"id\": \"x\", \"body\": [" + operation + "]}]";
      Answer bulk = as("erik").post(200, NOTES + "/_bulk", update);
      assertThat(bulk.each("status")).containsExactly("403");
      Answer all = as("erik").post(transacts() ? 409 : 400, NOTES + "/_bulk?_atomic=true", update);
      assertThat(all.text()).doesNotContain("mine", "does not fit");
    }
    assertThat(as("ann").get(200, NOTES + "/x").member("text")).isEqualTo(new JsonString("mine"));
  }

  @Test
  default void whoMayNotGet_hasNoTag_andFindsNone() {
    as("ann").post(201, NOTES, "{\"id\": \"x\", \"text\": \"mine\"}");
    String etag = as("ann").get(200, NOTES + "/x").need("ETag");
    Request patch = mergePatch(NOTES + "/x", "{\"text\": \"mine\"}");
    Request delete = Request.of("DELETE", NOTES + "/x");
    for (String guess : List.of(etag, "\"other\"", etag + ", \"other\"")) {
      as("erik").send(412, patch.header("If-Match", guess));
      as("erik").send(412, delete.header("If-Match", guess));
      assertThat(as("erik").send(204, patch.header("If-None-Match", guess)).header("ETag"))
          .isEmpty();
    }
    String bulk = "[{\"op\": \"update\", \"id\": \"x\", \"body\": {\"text\": \"mine\"}}]";
    Answer results = as("erik").post(200, NOTES + "/_bulk", bulk);
    assertThat(results.text()).doesNotContain("etag", "mine");
    assertThat(as("dora").post(201, NOTES, "{\"text\": \"told\"}").header("ETag")).isEmpty();
    as("erik").send(204, patch.header("If-Match", "*"));
    as("ann").get(200, NOTES + "/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"grade\": 7}", "{\"grade\": 8}", "{\"salary\": 5000}", "{\"salary\": 5001}"})
  default void whoMayNotGet_cannotGuessWhatTheyMayNotWrite(String guess) {
    create(", \"salary\": 5000, \"grade\": 7");
    as("erik").patch(422, PROBED, guess);
    as("erik").put(422, PROBED, guess);
    Answer bulk =
        as("erik")
            .post(
                200,
                STAFF + "/_bulk",
                "[{\"op\": \"update\", \"id\": \"p\", \"body\": " + guess + "}]");
    assertThat(bulk.each("status")).containsExactly("422");
    as("erik").patch(204, PROBED, "{\"name\": \"Yu\"}");
    assertThat(as("hank").get(200, PROBED).json())
        .isEqualTo(json("{\"id\": \"p\", \"name\": \"Yu\", \"salary\": 5000, \"grade\": 7}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"owner\": \"ann\"}", "{\"owner\": \"bob\"}", "{\"made\": 1}"})
  default void whoMayNotGet_cannotGuessWhatNobodyMayWrite(String guess) {
    as("ann").post(201, FOLDERS, "{\"id\": \"f\"}");
    as("erik").patch(422, FOLDERS + "/f", guess);
    as("erik").put(422, FOLDERS + "/f", guess);
    as("ann").patch(guess.contains("ann") ? 200 : 422, FOLDERS + "/f", guess);
    as("erik").patch(204, FOLDERS + "/f", "{\"name\": \"Fu\"}");
    assertThat(as("ann").get(200, FOLDERS + "/f").json())
        .isEqualTo(json("{\"id\": \"f\", \"name\": \"Fu\", \"owner\": \"ann\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\": \"remove\", \"path\": \"/remark\"}",
        "{\"op\": \"replace\", \"path\": \"/remark\", \"value\": \"new\"}",
        "{\"op\": \"add\", \"path\": \"/remark/x\", \"value\": 1}",
        "{\"op\": \"remove\", \"path\": \"/remark/0\"}"
      })
  default void jsonPatch_doesNotTellWhetherAHiddenFieldIsThere(String operation) {
    create("");
    Request patch = jsonPatch(PROBED, "[" + operation + "]");
    String failing = "[" + operation + ", {\"op\": \"remove\", \"path\": \"/none\"}]";
    int without = sent(patch).status();
    String refused = sent(jsonPatch(PROBED, failing)).member("detail").toString();
    for (String there : List.of("\"kept\"", "{\"x\": 0}", "[0]")) {
      as("hank").patch(200, PROBED, "{\"remark\": " + there + "}");
      assertThat(sent(jsonPatch(PROBED, failing)).member("detail").toString()).isEqualTo(refused);
      assertThat(sent(patch).status()).isEqualTo(without);
    }
  }

  private Answer sent(Request request) {
    return client().send(request.header(KEY, "key-of-ann"));
  }

  /** A backend may take one for the other, as many databases do. */
  @Test
  default void nameInOtherLetters_isNotTheHiddenField() {
    create(", \"salary\": 5000, \"remark\": \"kept\"");
    as("hank").post(201, STAFF, "{\"id\": \"q\", \"salary\": 1, \"remark\": \"a\"}");
    for (String query :
        List.of("SALARY=5000", "Salary:gt=2", "Remark=kept", "remarK:startsWith=k")) {
      Answer list = as("ann").get(200, STAFF + "?" + query);
      assertThat(list.items()).as(query).isEmpty();
      assertThat(list.header("X-Total-Count")).as(query).hasValue("0");
    }
    List<String> usual = as("ann").get(200, STAFF + "?_sort=nothing").each("id");
    for (String name : List.of("SALARY", "-Salary", "Remark", "-REMARK")) {
      Answer sorted = as("ann").get(200, STAFF + "?_sort=" + name);
      assertThat(sorted.each("id")).as(name).isEqualTo(usual);
    }
  }
}
