package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a resource with a schema takes, and what it says of what it does not take. */
interface ValidationRules extends HttpRules {
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          "age": -1                  ! /age          ! should be at least 0
          "age": 151                 ! /age          ! should be at most 150
          "age": 1.5                 ! /age          ! should be an integer
          "age": "1"                 ! /age          ! should be an integer
          "balance": 0.001           ! /balance      ! should be a multiple of 0.01
          "email": "ann"             ! /email        ! should be an email address
          "born": "yesterday"        ! /born         ! should be a date such as 2026-01-31
          "born": 1                  ! /born         ! should be a string or null
          "plan": "gold"             ! /plan         ! should be one of free, paid
          "tags": ["a", ""]          ! /tags/1       ! should not be empty
          "tags": ["a", "b", "a"]    ! /tags         ! should not have the same element twice
          "address": {}              ! /address/city ! is required
          "address": {"city": ""}    ! /address/city ! should not be empty
          "labels": {"#1": "a"}      ! /labels/#1    ! should be an integer
          "labels": {"1": 1}         ! /labels/1     ! should be a string
          "keys": [{}]               ! /keys/0/label ! is required
          "pin": "123"               ! /pin          ! should have at least 4 characters
          """)
  default void post_is422_andSaysWhere(String member, String place, String message) {
    Request request = Request.json("POST", ACCOUNTS, "{\"name\": \"Ann\", " + member + "}");
    assertThat(refused(request)).containsExactlyEntriesOf(java.util.Map.of(place, message));
    assertThat(send(request).text()).contains(place.substring(1), message);
  }

  @Test
  default void mistakes_areToldTogether_andWithoutTheValues() {
    String body = "{\"name\": \"secret-7!\", \"age\": \"secret-8\", \"plan\": \"secret-9\"}";
    Answer answer = send(422, Request.json("POST", ACCOUNTS, body));
    assertThat(refused(Request.json("POST", ACCOUNTS, body)))
        .containsOnlyKeys("/name", "/age", "/plan");
    assertThat(answer.text()).doesNotContain("secret");
  }

  @Test
  default void mistakes_areToldUpToABound() {
    String tags = "\"\", ".repeat(90) + "\"\"";
    assertThat(
            refused(
                Request.json("POST", ACCOUNTS, "{\"name\": \"Ann\", \"tags\": [" + tags + "]}")))
        .hasSizeBetween(10, 50);
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      labels.append(", \"#").append(i).append("\": \"\"");
    }
    String many = "{\"name\": \"Ann\", \"labels\": {" + labels.substring(1) + "}}";
    assertThat(refused(Request.json("POST", ACCOUNTS, many)))
        .hasSize(50)
        .containsKeys("/labels/#0", "/labels/#49");
    String name = "n".repeat(20_000);
    String body = "{\"name\": \"Ann\", \"" + name + "\": 1}";
    assertThat(send(422, Request.json("POST", ACCOUNTS, body)).body()).hasSizeLessThan(4000);
  }

  @Test
  default void mistakes_areFoundBehindManyThatAreNone() {
    String keys = "{\"label\": \"without what nobody may set\"}, ".repeat(100);
    String body = "{\"name\": \"Ann\", \"keys\": [" + keys + "{\"label\": 1}]}";
    assertThat(refused(Request.json("POST", ACCOUNTS, body)))
        .containsExactlyEntriesOf(java.util.Map.of("/keys/100/label", "should be a string"));
  }

  @Test
  default void put_isChecked() {
    String item = createAccount("");
    Answer before = get(200, item);
    assertThat(refused(Request.json("PUT", item, "{\"age\": 1}")))
        .containsOnlyKeys("/name")
        .containsValue("is required");
    Request create = Request.json("PUT", item + "-new", "{\"age\": -1}");
    assertThat(refused(create.header("If-None-Match", "*"))).containsOnlyKeys("/name", "/age");
    assertThat(get(200, item).json()).isEqualTo(before.json());
    get(404, item + "-new");
  }

  @Test
  default void patch_isCheckedByWhatItMakesOfTheItem() {
    String item = createAccount(", \"address\": {\"city\": \"Oslo\"}");
    assertThat(refused(merge(item, "{\"name\": null}"))).containsOnlyKeys("/name");
    assertThat(refused(merge(item, "{\"address\": {\"city\": null}}")))
        .containsOnlyKeys("/address/city");
    assertThat(refused(merge(item, "{\"age\": 200}"))).containsOnlyKeys("/age");
    Answer patched = patch(200, item, "{\"age\": 20, \"address\": {\"city\": \"Rome\"}}");
    assertThat(patched.member("name")).isEqualTo(HttpRules.json("\"Ann\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678901234567890123456789012345678",
        "1234567890123456789012345678901234.56",
        "-0.01",
        "100"
      })
  default void numbers_areCheckedAndKeptToTheLastDigit(String number) {
    String item = createAccount(", \"balance\": " + number);
    assertThat(get(200, item).member("balance")).isEqualTo(HttpRules.json(number));
  }

  @Test
  default void numberThatIsCloseToRight_isNotRight() {
    String digits = "{\"name\": \"Ann\", \"balance\": 1234567890123456789012345678901234.567}";
    assertThat(refused(Request.json("POST", ACCOUNTS, digits))).containsOnlyKeys("/balance");
    String huge = "{\"name\": \"Ann\", \"balance\": 1e100000}";
    assertThat(refused(Request.json("POST", ACCOUNTS, huge))).containsOnlyKeys("/balance");
  }

  @Test
  default void defaults_areFilledInOnCreateOnly() {
    String item = createAccount(", \"address\": {\"city\": \"Oslo\"}");
    JsonObject created = get(200, item).object();
    assertThat(created.get("plan")).contains(HttpRules.json("\"free\""));
    assertThat(created.get("address"))
        .contains(HttpRules.json("{\"city\": \"Oslo\", \"country\": \"NO\"}"));
    Answer patched = patch(200, item, "{\"plan\": null, \"address\": {\"country\": null}}");
    assertThat(patched.object().get("plan")).isEmpty();
    assertThat(patched.member("address")).isEqualTo(HttpRules.json("{\"city\": \"Oslo\"}"));
    Answer put =
        send(
            201,
            Request.json("PUT", item + "-new", "{\"name\": \"Bob\"}").header("If-None-Match", "*"));
    assertThat(put.member("plan")).isEqualTo(HttpRules.json("\"free\""));
    assertThat(createAccount(", \"plan\": \"paid\"")).isNotEmpty();
  }

  @Test
  default void unknownFields_areRefusedOrLeftOut_asTheMappingSays() {
    String body = "{\"name\": \"Ann\", \"nick\": 1, \"address\": {\"city\": \"A\", \"zip\": 1}}";
    assertThat(refused(Request.json("POST", ACCOUNTS, body)))
        .containsOnlyKeys("/nick", "/address/zip");
    Answer draft = post(201, DRAFTS, body);
    assertThat(draft.object().get("nick")).isEmpty();
    assertThat(draft.member("address"))
        .isEqualTo(HttpRules.json("{\"city\": \"A\", \"country\": \"NO\"}"));
    String item = DRAFTS + "/" + draft.member("id").text().orElseThrow();
    Answer patched = patch(200, item, "{\"nick\": 2, \"keys\": [{\"label\": \"l\", \"x\": 1}]}");
    assertThat(patched.object().get("nick")).isEmpty();
    assertThat(patched.member("keys")).isEqualTo(HttpRules.json("[{\"label\": \"l\"}]"));
  }

  @Test
  default void manyWrites_areCheckedEachByItself() {
    String bulk =
        "[{\"op\": \"create\", \"body\": {\"name\": \"Ann\"}},"
            + " {\"op\": \"create\", \"body\": {\"name\": \"Bob\", \"age\": -1}}]";
    Answer answer = post(200, ACCOUNTS + "/_bulk", bulk);
    assertThat(answer.text())
        .contains("\"plan\":\"free\"", "\"age\":\"should be at least 0\"")
        .doesNotContain("Bob");
  }

  @Test
  default void lists_goByFieldsThatThereAre() {
    assertThat(get(400, ACCOUNTS + "?nick=1").text()).contains("nick", "address.city", "email");
    get(400, ACCOUNTS + "?_sort=address.zip");
    assertThat(get(200, ACCOUNTS + "?name=none&address.city=none&audit.any=1").items()).isEmpty();
  }

  @Test
  default void document_describesTheSchema_andNotWhereItIs() {
    String document = get(200, "/openapi.json").text();
    assertThat(document).contains("An account of the contract", "\"city\"");
    assertThat(document).doesNotContain("file:", "contract-schema.json", "contract-address.json#");
  }

  private static Request merge(String item, String patch) {
    return Request.of("PATCH", item).body("application/merge-patch+json", patch);
  }
}
