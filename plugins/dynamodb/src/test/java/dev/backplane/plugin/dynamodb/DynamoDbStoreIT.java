package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Provision;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import dev.backplane.testkit.TestContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What DynamoDB has and the contract does not know of. */
class DynamoDbStoreIT {
  private static final JsonObject BODY =
      JsonObject.of("name", new JsonString("first")).with("count", JsonNumber.of(1));

  private final DynamoDbClient others = TestDatabase.get().client();
  private final String table = TestDatabase.get().newTable("id", ScalarAttributeType.S);
  private final WritableStore store = open(JsonObject.empty());

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void get_when_others_wrote_the_item_shows_sets_and_binary() {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", AttributeValue.fromS("1"));
    item.put("texts", AttributeValue.fromSs(List.of("b", "a")));
    item.put("numbers", AttributeValue.fromNs(List.of("10", "9")));
    item.put("bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {-1, 0, 1})));
    item.put("blobs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("hi"))));
    item.put("nested", AttributeValue.fromM(Map.of("l", AttributeValue.fromSs(List.of("x")))));
    others.putItem(put -> put.tableName(table).item(item));

    JsonObject body = store.get("1").orElseThrow().body();
    assertThat(body.get("texts")).contains(texts("a", "b"));
    assertThat(body.get("numbers")).contains(JsonArray.of(JsonNumber.of(9), JsonNumber.of(10)));
    assertThat(body.get("bytes")).contains(new JsonString("/wAB"));
    assertThat(body.get("blobs")).contains(texts("aGk="));
    assertThat(body.get("nested")).contains(JsonObject.of("l", texts("x")));

    // what is shown is what filters are about
    for (Filter filter :
        List.of(
            Filter.where("bytes", Operator.EQ, "/wAB"),
            Filter.where("bytes", Operator.LT, "0"),
            Filter.where("bytes", Operator.STARTS_WITH, "/w"),
            Filter.where("bytes", Operator.ENDS_WITH, "AB"),
            Filter.where("bytes", Operator.CONTAINS, "wA"),
            Filter.where("bytes", Operator.LIKE, "/*B"),
            Filter.where("blobs", Operator.CONTAINS, "aGk="),
            Filter.where("texts", Operator.CONTAINS, "a"),
            Filter.where("numbers", Operator.CONTAINS, "10.0"),
            Filter.where("nested.l", Operator.CONTAINS, "x"),
            new Filter.Not(Filter.where("bytes", Operator.GT, "1")))) {
      assertThat(filter.test(body)).as(filter.toString()).isTrue();
      assertThat(ids(Query.first(5).filteredBy(filter))).as(filter.toString()).containsExactly("1");
    }
  }

  @Test
  void version_when_others_write_follows_the_content() {
    others.putItem(put -> put.tableName(table).item(Map.of("id", AttributeValue.fromS("1"))));
    String bare = store.get("1").orElseThrow().version();
    assertThat(store.get("1").orElseThrow().version()).isEqualTo(bare);

    PutResult mine = store.put("1", BODY, new Precondition.Matches(bare));
    String written = ((PutResult.Replaced) mine).item().version();
    assertThat(written).isNotEqualTo(bare);

    setName("another"); // keeps our version attribute
    assertThat(store.get("1").orElseThrow().version()).isNotEqualTo(written);
    assertThat(store.put("1", BODY, new Precondition.Matches(written)))
        .isInstanceOf(PutResult.PreconditionFailed.class);
    assertThat(store.delete("1", new Precondition.Matches(written)))
        .isInstanceOf(DeleteResult.PreconditionFailed.class);
    assertThat(store.get("1").orElseThrow().body().get("name")).contains(new JsonString("another"));
  }

  @Test
  void put_when_others_write_between_its_read_and_its_write_changes_nothing() {
    String version = put("1", BODY).version();
    try (DynamoDbClient raced = afterRead(() -> setName("theirs"))) {
      PutResult result =
          storeOf(raced).put("1", JsonObject.empty(), new Precondition.Matches(version));
      assertThat(result).isInstanceOf(PutResult.PreconditionFailed.class);
    }
    assertThat(name()).contains(new JsonString("theirs"));
  }

  @Test
  void delete_when_others_write_between_its_read_and_its_write_changes_nothing() {
    String version = put("1", BODY).version();
    try (DynamoDbClient raced = afterRead(() -> setName("theirs"))) {
      assertThat(storeOf(raced).delete("1", new Precondition.Matches(version)))
          .isInstanceOf(DeleteResult.PreconditionFailed.class);
    }
    assertThat(name()).contains(new JsonString("theirs"));
  }

  @Test
  void put_when_others_add_an_attribute_in_between_keeps_it() {
    String version = put("1", BODY).version();
    Runnable add =
        () ->
            others.updateItem(update ->
                update
                    .tableName(table)
                    .key(Map.of("id", AttributeValue.fromS("1")))
                    .updateExpression("SET extra = :x")
                    .expressionAttributeValues(Map.of(":x", AttributeValue.fromS("theirs"))));
    try (DynamoDbClient raced = afterRead(add)) {
      JsonObject body = JsonObject.of("name", new JsonString("mine"));
      PutResult result = storeOf(raced).put("1", body, new Precondition.Matches(version));
      assertThat(result).isEqualTo(new PutResult.Replaced(store.get("1").orElseThrow()));
    }
    assertThat(store.get("1").orElseThrow().body())
        .isEqualTo(
            JsonObject.of("id", new JsonString("1"))
                .with("name", new JsonString("mine"))
                .with("extra", new JsonString("theirs")));
  }

  @Test
  void put_when_the_item_has_very_many_attributes_still_is_conditional() {
    JsonObject.Builder wide = JsonObject.builder();
    JsonObject.Builder other = JsonObject.builder();
    for (int i = 0; i < 500; i++) {
      wide.put("attribute " + i, JsonNumber.of(i));
      other.put("other " + i, JsonNumber.of(i));
    }
    String stale = put("1", wide.build()).version();
    String version = put("1", wide.build()).version();

    assertThat(version).isNotEqualTo(stale);
    assertThat(store.put("1", BODY, new Precondition.Matches(stale)))
        .isInstanceOf(PutResult.PreconditionFailed.class);
    PutResult replaced = store.put("1", other.build(), new Precondition.Matches(version));
    assertThat(replaced).isEqualTo(new PutResult.Replaced(store.get("1").orElseThrow()));
    assertThat(((PutResult.Replaced) replaced).item().body().members()).hasSize(501);
  }

  @Test
  void put_when_the_answer_to_its_first_attempt_is_lost_still_succeeds() {
    try (DynamoDbClient flaky = losingFirstWriteAnswer()) {
      assertThat(storeOf(flaky).put("1", BODY, new Precondition.Absent()))
          .isEqualTo(new PutResult.Created(store.get("1").orElseThrow()));
    }
    String version = store.get("1").orElseThrow().version();
    try (DynamoDbClient flaky = losingFirstWriteAnswer()) {
      JsonObject body = JsonObject.of("name", new JsonString("again"));
      assertThat(storeOf(flaky).put("1", body, new Precondition.Matches(version)))
          .isEqualTo(new PutResult.Replaced(store.get("1").orElseThrow()));
    }
    assertThat(name()).contains(new JsonString("again"));
  }

  @Test
  void put_when_it_keeps_the_time_of_creation_and_an_answer_is_lost_still_succeeds() {
    TableSettings kept = TestTable.settings(table, TestTable.json("{'created': 'made'}"));
    try (DynamoDbClient flaky = losingFirstWriteAnswer()) {
      assertThat(storeOf(flaky, kept).put("1", BODY, new Precondition.None()))
          .isEqualTo(new PutResult.Created(store.get("1").orElseThrow()));
    }
    for (Precondition precondition : List.of(new Precondition.None(), new Precondition.Exists())) {
      try (DynamoDbClient flaky = losingFirstWriteAnswer()) {
        assertThat(storeOf(flaky, kept).put("1", BODY, precondition))
            .isEqualTo(new PutResult.Replaced(store.get("1").orElseThrow()));
      }
    }
    assertThat(store.get("1").orElseThrow().body().get("made")).isPresent();
  }

  @Test
  void put_when_the_item_is_as_deep_as_it_may_be_is_taken_by_the_service() {
    JsonValue value = JsonArray.of();
    for (int i = 1; i < 31; i++) {
      value = JsonObject.of("n", value);
    }
    JsonObject deepest = JsonObject.of("a", value);
    assertThat(put("1", deepest).body().get("a")).contains(value);
    JsonObject deeper = JsonObject.of("a", JsonArray.of(value));
    assertInvalid(() -> put("2", deeper)).hasMessageContaining("32 levels");
  }

  @Test
  void put_when_the_service_finds_the_item_too_large_says_so() {
    // counted here without the key and the version, and so just under the limit
    JsonObject body = JsonObject.of("a", new JsonString("x".repeat(400 * 1024 - 1)));
    assertInvalid(() -> put("1", body)).hasMessage(AttributeWriter.TOO_LARGE);
    assertThat(store.get("1")).isEmpty();
  }

  @Test
  void put_when_a_field_is_the_gateways_own_is_refused() {
    assertInvalid(() -> put("1", JsonObject.of("_version", new JsonString("x"))))
        .hasMessageContaining("_version");
    assertInvalid(() -> put("1", JsonObject.of("id", JsonNumber.of(1))))
        .hasMessageContaining("string");
  }

  @Test
  void list_when_the_id_is_given_reads_one_partition_in_any_order() {
    put("1", BODY);
    put("2", BODY);
    Query query =
        Query.first(5)
            .filteredBy(Filter.where("id", Operator.EQ, "2"))
            .orderedBy(List.of(new Order(FieldPath.parse("name"), true)));
    assertThat(ids(query)).containsExactly("2");
    assertThat(ids(query.filteredBy(Filter.where("id", Operator.EQ, "")))).isEmpty();
    assertThat(ids(query.filteredBy(Filter.where("id", Operator.EQ, "x".repeat(3_000))))).isEmpty();
    Filter also =
        new Filter.And(
            List.of(
                Filter.where("id", Operator.EQ, "2"), Filter.where("name", Operator.EQ, "other")));
    assertThat(ids(query.filteredBy(also))).isEmpty();
  }

  @Test
  void list_when_names_and_values_look_like_expressions_finds_only_matches() {
    put("1", JsonObject.of("status", new JsonString("x) OR attribute_exists(id")));
    put("2", JsonObject.of("a = :v0 OR b", new JsonString("x")));
    put("3", JsonObject.of("#n0", new JsonString(":v0")));
    assertThat(ids(equal("status", "x) OR attribute_exists(id"))).containsExactly("1");
    assertThat(ids(equal("status", "x' OR '1'='1"))).isEmpty();
    assertThat(ids(equal("a = :v0 OR b", "x"))).containsExactly("2");
    assertThat(ids(equal("#n0", ":v0"))).containsExactly("3");
    assertThat(ids(equal("size", "x"))).isEmpty();
  }

  @Test
  void list_when_few_items_match_may_give_empty_pages_but_misses_none() {
    for (int i = 0; i < 250; i++) {
      String id = "item-" + i;
      Map<String, AttributeValue> item = new HashMap<>();
      item.put("id", AttributeValue.fromS(id));
      item.put("rare", AttributeValue.fromBool(i % 100 == 7));
      others.putItem(put -> put.tableName(table).item(item));
    }
    // no time for a second round
    WritableStore hasty = storeOf(others, Duration.ZERO);
    Query query = Query.first(2).filteredBy(Filter.where("rare", Operator.EQ, "true"));
    List<String> found = new ArrayList<>();
    int pages = 1;
    Page page = hasty.list(query);
    while (true) {
      page.items().forEach(item -> found.add(item.id()));
      if (page.next().isEmpty()) {
        break;
      }
      page = hasty.list(query.from(page.next().get()));
      pages++;
    }
    assertThat(found).containsExactlyInAnyOrder("item-7", "item-107", "item-207");
    assertThat(pages).isBetween(3, 4);
    // with time, one page reads through the table
    Page whole = store.list(query.limitedTo(3));
    assertThat(whole.items()).hasSize(3);
  }

  @Test
  void list_when_the_last_page_is_full_has_no_next() {
    put("1", BODY);
    put("2", BODY);
    assertThat(store.list(Query.first(2)).next()).isEmpty();
    assertThat(store.list(Query.first(1)).next()).isPresent();
  }

  @Test
  void ids_when_the_key_is_a_number_are_numbers_in_one_spelling() {
    String numbers = TestDatabase.get().newTable("id", ScalarAttributeType.N);
    WritableStore store =
        open(
            JsonObject.of("key-type", new JsonString("number"))
                .with("table", new JsonString(numbers)));
    for (String id : List.of("42", "-1.5", "0", "100", "12345678901234567890123456789012345678")) {
      Item item = ((PutResult.Created) store.put(id, BODY, new Precondition.Absent())).item();
      assertThat(item.id()).isEqualTo(id);
      assertThat(item).isEqualTo(store.get(id).orElseThrow());
      assertThat(item.body().get("id")).isEqualTo(JsonNumber.parse(id));
    }
    assertThat(store.list(Query.first(10)).items()).extracting(Item::id).contains("100", "42");
    for (String id : List.of("042", "42.0", "4.2e1", "x", "", "1e999", "1".repeat(39))) {
      assertThat(store.get(id)).as(id).isEmpty();
      assertThat(store.delete(id, new Precondition.None())).isEqualTo(new DeleteResult.Missing());
      assertInvalid(() -> store.put(id, BODY, new Precondition.None()))
          .hasMessageContaining("\"id\"");
    }
    Query equal = Query.first(5).filteredBy(Filter.where("id", Operator.EQ, "42.0"));
    assertThat(store.list(equal).items()).extracting(Item::id).containsExactly("42");
    assertInvalid(() -> store.create(BODY)).hasMessageContaining("\"id\"");
    store.close();
  }

  @Test
  void any_call_when_the_table_does_not_fit_the_mapping_says_so_without_its_name() {
    String numbers = TestDatabase.get().newTable("id", ScalarAttributeType.N);
    WritableStore wrongType = open(JsonObject.of("table", new JsonString(numbers)));
    assertUnavailable(() -> wrongType.get("1"), numbers);
    assertUnavailable(() -> wrongType.put("1", BODY, new Precondition.None()), numbers);
    wrongType.close();

    WritableStore missing = open(JsonObject.of("table", new JsonString("no-such-table")));
    assertUnavailable(() -> missing.get("1"), "no-such-table");
    assertUnavailable(() -> missing.list(Query.first(1)), "no-such-table");
    missing.close();
  }

  @Test
  void list_when_the_value_is_true_finds_the_boolean_and_the_text() {
    put("1", JsonObject.of("a", JsonBoolean.TRUE));
    put("2", JsonObject.of("a", new JsonString("true")));
    put("3", JsonObject.of("a", JsonBoolean.FALSE));
    assertThat(ids(equal("a", "true"))).containsExactlyInAnyOrder("1", "2");
  }

  private WritableStore open(JsonObject more) {
    JsonObject.Builder settings = JsonObject.builder().putAll(TestDatabase.get().settings(table));
    TestContext context = TestContext.of(settings.putAll(more).build(), Path.of(""));
    return (WritableStore) new DynamoDbService().open(context);
  }

  private WritableStore storeOf(DynamoDbClient client) {
    return storeOf(client, Duration.ofSeconds(5));
  }

  private WritableStore storeOf(DynamoDbClient client, Duration budget) {
    return storeOf(client, TestTable.settings(table), budget);
  }

  private static WritableStore storeOf(DynamoDbClient client, TableSettings settings) {
    return storeOf(client, settings, Duration.ofSeconds(5));
  }

  private static WritableStore storeOf(
      DynamoDbClient client, TableSettings settings, Duration budget) {
    TestContext context = TestContext.of(JsonObject.empty(), Path.of(""));
    Backend backend = new Backend(() -> client, () -> {}, () -> {}, Provision::none);
    return new DynamoDbStore(settings, context.json(), budget, backend, Clock.systemUTC());
  }

  /** Does something each time that a read has been answered, before a write can follow. */
  private static DynamoDbClient afterRead(Runnable action) {
    return TestDatabase.client(
        TestDatabase.get().endpoint(),
        new ExecutionInterceptor() {
          @Override
          public void afterExecution(Context.AfterExecution context, ExecutionAttributes ignored) {
            if (context.request() instanceof GetItemRequest) {
              action.run();
            }
          }
        });
  }

  /** The first write is done and answered with 500, so that the SDK tries again. */
  private static DynamoDbClient losingFirstWriteAnswer() {
    AtomicBoolean lost = new AtomicBoolean();
    return TestDatabase.client(
        TestDatabase.get().endpoint(),
        new ExecutionInterceptor() {
          @Override
          public SdkHttpResponse modifyHttpResponse(
              Context.ModifyHttpResponse context, ExecutionAttributes ignored) {
            boolean read = context.request() instanceof GetItemRequest;
            return read || lost.getAndSet(true)
                ? context.httpResponse()
                : context.httpResponse().toBuilder().statusCode(500).build();
          }
        });
  }

  private void setName(String name) {
    others.updateItem(update ->
        update
            .tableName(table)
            .key(Map.of("id", AttributeValue.fromS("1")))
            .updateExpression("SET #n = :n")
            .expressionAttributeNames(Map.of("#n", "name"))
            .expressionAttributeValues(Map.of(":n", AttributeValue.fromS(name))));
  }

  private Optional<JsonValue> name() {
    return store.get("1").orElseThrow().body().get("name");
  }

  private Item put(String id, JsonObject body) {
    return switch (store.put(id, body, new Precondition.None())) {
      case PutResult.Created created -> created.item();
      case PutResult.Replaced replaced -> replaced.item();
      case PutResult.PreconditionFailed failed -> throw new AssertionError("nothing to fail");
    };
  }

  private static Query equal(String field, String operand) {
    FieldPath path = new FieldPath(List.of(field));
    return Query.first(10).filteredBy(new Filter.Comparison(path, Operator.EQ, List.of(operand)));
  }

  private List<String> ids(Query query) {
    return store.list(query).items().stream().map(Item::id).toList();
  }

  private static JsonArray texts(String... texts) {
    return new JsonArray(List.of(texts).stream().<JsonValue>map(JsonString::new).toList());
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertInvalid(
      ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
  }

  private static void assertUnavailable(ThrowingCallable call, String secret) {
    assertThatThrownBy(call)
        .hasMessageNotContaining(secret)
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
  }
}
