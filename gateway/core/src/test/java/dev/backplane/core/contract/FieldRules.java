package dev.backplane.core.contract;

import static dev.backplane.core.contract.HttpRules.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that not every caller may read or write. */
interface FieldRules extends AccessSteps {
  String ITEM =
      """
      {"id": "x", "name": "Xu", "salary": 5000, "grade": 7, "remark": "kept",
       "pay": {"rate": 31, "payer": "y"}}
      """;

  private void create() {
    as("hank").post(201, STAFF, ITEM);
  }

  private void assertStored(String json) {
    assertThat(as("hank").get(200, STAFF + "/x").json()).isEqualTo(json(json));
  }

  @Test
  default void unreadableFields_areInNoAnswer() {
    create();
    for (String target :
        List.of("/x", "", "?q=Xu", "?_fields=name,salary,remark,pay", "/x?_fields=salary")) {
      assertThat(as("ann").get(200, STAFF + target).text())
          .as(target)
          .doesNotContain("salary", "5000", "remark", "kept", "rate", "31");
      assertThat(as("hank").get(200, STAFF + target).text()).as(target).contains("5000");
    }
    assertThat(as("ann").patch(200, STAFF + "/x", "{\"name\": \"X\"}").text())
        .contains("grade")
        .doesNotContain("5000", "kept");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?salary=5000",
        "?salary:gt=1",
        "?remark=kept",
        "?pay.rate=31",
        "?_sort=salary",
        "?_sort=-pay.rate",
        "?_where=%7B%22not%22%3A%7B%22salary%22%3A5000%7D%7D",
        "?filter=%7B%22salary%22%3A5000%7D"
      })
  default void lists_cannotGoByWhatTheCallerCannotRead(String query) {
    create();
    as("ann").get(400, STAFF + query);
    as("hank").get(200, STAFF + query);
  }

  @Test
  default void search_findsNothingInWhatTheCallerCannotRead() {
    create();
    for (String text : List.of("kept", "5000", "31")) {
      assertThat(as("ann").get(200, STAFF + "?q=" + text).items()).isEmpty();
      assertThat(as("ann").get(200, STAFF + "?q=" + text).header("X-Total-Count")).hasValue("0");
      assertThat(as("hank").get(200, STAFF + "?q=" + text).items()).hasSize(1);
    }
  }

  @Test
  default void put_keepsWhatTheCallerMayNotWrite() {
    create();
    as("ann").put(200, STAFF + "/x", "{\"name\": \"X\"}");
    assertStored(
        """
        {"id": "x", "name": "X", "salary": 5000, "grade": 7, "remark": "kept", "pay": {"rate": 31}}
        """);
    as("ann").put(200, STAFF + "/x", "{\"name\": \"X\", \"grade\": 7, \"remark\": \"new\"}");
    assertStored(
        """
        {"id": "x", "name": "X", "salary": 5000, "grade": 7, "remark": "new", "pay": {"rate": 31}}
        """);
  }

  @Test
  default void fieldsThatTheCallerMayNotWrite_areRefused() {
    create();
    for (String body :
        List.of("{\"grade\": 8}", "{\"salary\": 1}", "{\"pay\": {\"rate\": 1}}", "{\"pay\": 1}")) {
      as("ann").put(422, STAFF + "/x", body);
      as("ann").patch(422, STAFF + "/x", body);
      as("ann").post(422, STAFF, body.equals("{\"pay\": 1}") ? "{\"grade\": 1}" : body);
      as("ann")
          .post(
              200,
              STAFF + "/_bulk",
              "[{\"op\": \"update\", \"id\": \"x\", \"body\": " + body + "}]");
      String all = "[{\"op\": \"replace\", \"id\": \"x\", \"body\": " + body + "}]";
      as("ann").post(transacts() ? 422 : 400, STAFF + "/_bulk?_atomic=true", all);
    }
    as("ann").patch(422, STAFF + "/x", "{\"grade\": null}");
    assertThat(as("hank").get(200, STAFF + "/x").json()).isEqualTo(json(ITEM));
  }

  /** What is neither to be read nor written cannot be guessed by writing it. */
  @Test
  default void guess_isNotConfirmed() {
    create();
    for (String body :
        List.of("{\"salary\": 5000}", "{\"pay\": {\"rate\": 31, \"payer\": \"y\"}}")) {
      as("ann").put(422, STAFF + "/x", body);
      as("ann").patch(422, STAFF + "/x", body);
    }
    String test = "[{\"op\": \"test\", \"path\": \"/salary\", \"value\": 5000}]";
    Request patch = Request.of("PATCH", STAFF + "/x").body("application/json-patch+json", test);
    as("ann").send(422, patch);
    String copy = "[{\"op\": \"copy\", \"from\": \"/remark\", \"path\": \"/name\"}]";
    Request copied = Request.of("PATCH", STAFF + "/x").body("application/json-patch+json", copy);
    as("ann").send(422, copied);
    assertThat(as("hank").get(200, STAFF + "/x").json()).isEqualTo(json(ITEM));
  }

  @Test
  default void patch_ofOtherFields_keepsThem() {
    create();
    as("ann").patch(200, STAFF + "/x", "{\"pay\": {\"payer\": \"z\"}, \"remark\": \"told\"}");
    assertStored(
        """
        {"id": "x", "name": "Xu", "salary": 5000, "grade": 7, "remark": "told",
         "pay": {"rate": 31, "payer": "z"}}
        """);
  }

  @Test
  default void insideOfLists_theWholeListStays() {
    as("hank")
        .post(201, STAFF, "{\"id\": \"x\", \"pay\": [{\"rate\": 1}, {\"rate\": 2}], \"n\": 0}");
    assertThat(as("ann").get(200, STAFF + "/x").member("pay")).isEqualTo(json("[{}, {}]"));
    as("ann").patch(422, STAFF + "/x", "{\"pay\": []}");
    as("ann").patch(422, STAFF + "/x", "{\"pay\": [{\"rate\": 1}, {\"rate\": 2}]}");
    as("ann").put(422, STAFF + "/x", "{\"pay\": [{\"rate\": 9}]}");
    as("ann").patch(200, STAFF + "/x", "{\"n\": 1}");
    as("ann").put(200, STAFF + "/x", "{\"n\": 2}");
    assertStored("{\"id\": \"x\", \"n\": 2, \"pay\": [{\"rate\": 1}, {\"rate\": 2}]}");
    as("ann").post(422, STAFF, "{\"pay\": [{\"rate\": 1}]}");
  }
}
