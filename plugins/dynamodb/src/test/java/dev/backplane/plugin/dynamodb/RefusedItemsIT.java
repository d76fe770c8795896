package dev.backplane.plugin.dynamodb;

import static dev.backplane.plugin.dynamodb.TableFixture.n;
import static dev.backplane.plugin.dynamodb.TableFixture.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Items that DynamoDB refuses for what is in them: what the client is told, by field. */
class RefusedItemsIT {
  private static final String PEOPLE =
      "{'indexes': {"
          + "'by-city': {'key': 'city', 'sort-key': 'age', 'sort-key-type': 'number'},"
          + "'by-code': {'key': 'code', 'key-type': 'binary'}}}";
  private static final Precondition ALWAYS = new Precondition.None();
  private static final JsonObject FINE = TestTable.json("{'city': 'Oslo', 'age': 7}");

  private final FaultyTable people = FaultyTable.make(PEOPLE);
  private final DynamoDbStore store = people.store;

  @AfterEach
  void close() {
    people.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'city': 7, 'age': 7} | city | text of 1 to 2048 bytes",
        "{'city': '', 'age': 7} | city | text of 1 to 2048 bytes",
        "{'city': null, 'age': 7} | city | text of 1 to 2048 bytes",
        "{'city': ['Oslo'], 'age': 7} | city | text of 1 to 2048 bytes",
        "{'city': 'Oslo', 'age': '7'} | age | a number",
        "{'city': 'Oslo', 'age': null} | age | a number",
        "{'city': 'Oslo', 'age': {'years': 7}} | age | a number",
        "{'code': 'AQID'} | code | binary"
      })
  void put_when_an_index_cannot_hold_a_field_names_it(String body, String field, String words) {
    JsonObject wrong = TestTable.json(body);
    assertNames(field, words, () -> store.put("1", wrong, ALWAYS));
    assertNames(field, words, () -> store.put("1", wrong, new Precondition.Absent()));
    assertThat(store.get("1")).isEmpty();
    Item before = ((PutResult.Created) store.put("1", FINE, ALWAYS)).item();
    assertNames(field, words, () -> store.put("1", wrong, matches(before)));
    assertThat(store.get("1")).contains(before);
  }

  @Test
  void put_when_an_index_cannot_hold_so_long_a_field_names_it() {
    JsonObject wrong = FINE.with("city", new JsonString("x".repeat(2049)));
    assertNames("city", "text of 1 to 2048 bytes", () -> store.put("1", wrong, ALWAYS));
  }

  @Test
  void put_when_the_mapping_names_no_index_finds_the_tables_own() {
    try (DynamoDbStore unnamed = people.open(JsonObject.empty());
        DynamoDbStore none = people.open(TestTable.json("{'indexes': {}}"))) {
      for (DynamoDbStore each : List.of(unnamed, none)) {
        JsonObject wrong = FINE.with("age", new JsonString("7"));
        assertNames("age", "a number", () -> each.put("1", wrong, ALWAYS));
      }
    }
  }

  @Test
  void put_when_the_gateway_may_not_ask_for_indexes_says_what_it_knows() {
    people.proxy.always("DescribeTable", new Fault.Refuse(400, "AccessDeniedException", "x"));
    JsonObject wrong = FINE.with("age", new JsonString("7"));
    assertNames("age", "a number", () -> store.put("1", wrong, ALWAYS));
    try (DynamoDbStore unnamed = people.open(JsonObject.empty())) {
      StoreException failure =
          people.assertFails(Reason.INVALID, () -> unnamed.put("1", wrong, ALWAYS));
      assertThat(failure).hasMessageContaining("an index of the table");
    }
  }

  @Test
  void put_when_indexes_cannot_be_asked_for_still_tells_of_the_index() {
    people.proxy.always("DescribeTable", Fault.throttled());
    JsonObject wrong = FINE.with("age", new JsonString("7"));
    StoreException failure =
        people.assertFails(Reason.INVALID, () -> store.put("1", wrong, ALWAYS));
    assertThat(failure).hasMessageContaining("an index of the table");
  }

  @Test
  void put_when_fields_of_an_index_are_left_out_is_taken() {
    JsonObject body = JsonObject.of("name", new JsonString("Ann"));
    assertThat(store.put("1", body, ALWAYS)).isInstanceOf(PutResult.Created.class);
    assertThat(people.proxy.count("DescribeTable")).isZero();
  }

  @Test
  void put_when_the_item_is_too_large_says_so() {
    JsonObject larger = JsonObject.of("a", new JsonString("x".repeat(401 * 1024)));
    StoreException before =
        people.assertFails(Reason.INVALID, () -> store.put("1", larger, ALWAYS));
    assertThat(before).hasMessage(AttributeWriter.TOO_LARGE);
    assertThat(people.proxy.count("PutItem")).isZero();

    // with the key and the version, which are not counted here
    JsonObject large = JsonObject.of("a", new JsonString("x".repeat(400 * 1024 - 10)));
    StoreException refused =
        people.assertFails(Reason.INVALID, () -> store.put("1", large, ALWAYS));
    assertThat(refused).hasMessage(AttributeWriter.TOO_LARGE);
    assertThat(people.proxy.count("PutItem")).isEqualTo(1);
    assertThat(people.proxy.count("DescribeTable")).isZero();
    assertThat(store.get("1")).isEmpty();
  }

  @Test
  void put_when_an_update_makes_the_item_too_large_says_so() {
    Item before = ((PutResult.Created) store.put("1", FINE, ALWAYS)).item();
    JsonObject large = JsonObject.of("a", new JsonString("x".repeat(400 * 1024 - 10)));
    StoreException refused =
        people.assertFails(Reason.INVALID, () -> store.put("1", large, matches(before)));
    assertThat(refused).hasMessage(AttributeWriter.TOO_LARGE);
    assertThat(store.get("1")).contains(before);
  }

  @Test
  void put_when_the_item_is_too_deep_says_where() {
    JsonValue value = JsonNumber.of(1);
    for (int i = 0; i < 32; i++) {
      value = JsonArray.of(value);
    }
    JsonObject deep = JsonObject.of("deep", value);
    StoreException failure = people.assertFails(Reason.INVALID, () -> store.put("1", deep, ALWAYS));
    assertThat(failure).hasMessageContaining("\"deep").hasMessageContaining("32 levels");
    assertThat(people.proxy.count("PutItem")).isZero();
  }

  @Test
  void any_call_when_the_mapping_has_another_key_type_blames_the_mapping() {
    people.putByOthers(List.of(Map.of("id", s("1"), "age", n(7))));
    try (DynamoDbStore wrong = people.open(TestTable.json("{'key-type': 'number'}"))) {
      for (Runnable call :
          List.<Runnable>of(
              () -> wrong.get("1"),
              () -> wrong.put("1", FINE, ALWAYS),
              () -> wrong.delete("1", ALWAYS),
              () -> wrong.list(TableFixture.where("id", Operator.EQ, "1")))) {
        assertThat(people.assertFails(Reason.UNAVAILABLE, call::run))
            .hasMessageContaining("mapping");
      }
    }
  }

  @Test
  void list_when_the_mapping_has_an_index_of_its_own_fancy_blames_the_mapping() {
    try (DynamoDbStore wrong = people.open(TestTable.json("{'indexes': {'by-x': {'key': 'x'}}}"))) {
      Query query = TableFixture.where("x", Operator.EQ, "1");
      assertThat(people.assertFails(Reason.UNAVAILABLE, () -> wrong.list(query)))
          .hasMessageContaining("mapping");
    }
  }

  private void assertNames(String field, String words, Runnable put) {
    StoreException failure = people.assertFails(Reason.INVALID, put::run);
    assertThat(failure).hasMessageContaining("The field \"" + field + "\" should be " + words);
  }

  private static Precondition matches(Item item) {
    return new Precondition.Matches(item.version());
  }
}
