package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Provision;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import dev.backplane.testkit.TestContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Many writes at once: what DynamoDB leaves undone, cancels, cannot hold, or others change. */
class DynamoDbBulkIT {
  private static final Precondition NONE = new Precondition.None();
  private static final Precondition ABSENT = new Precondition.Absent();

  private final String table =
      TestDatabase.get()
          .newTable(TestTable.json("{\"indexes\": {\"by-city\": {\"key\": \"city\"}}}"));
  private final BulkFaults faults = new BulkFaults(table);
  private final DynamoDbStore store =
      new DynamoDbStore(
          TestTable.settings(table),
          TestContext.of(JsonObject.empty(), Path.of("")).json(),
          Duration.ofSeconds(5),
          new Backend(faults::client, () -> {}, () -> {}, Provision::none),
          Clock.systemUTC());

  @AfterEach
  void close() {
    store.close();
    faults.client().close();
  }

  @Test
  void putAll_writesTwentyFiveAtOnce_andReadsNothing() {
    Map<String, PutOutcome> outcomes = store.putAll(bodies(60));
    assertThat(outcomes.values()).hasSize(60).hasOnlyElementsOfType(PutOutcome.Stored.class);
    assertThat(faults.sent()).containsExactly("BatchWriteItem", "BatchWriteItem", "BatchWriteItem");
    outcomes.forEach((id, outcome) ->
        assertThat(outcome).isEqualTo(new PutOutcome.Stored(store.get(id).orElseThrow())));
  }

  @Test
  void putAll_whenTheServiceLeavesItems_writesThemLater() {
    faults.leaveAllBut(10);
    Map<String, PutOutcome> outcomes = store.putAll(bodies(40));
    assertThat(outcomes.values()).hasSize(40).hasOnlyElementsOfType(PutOutcome.Stored.class);
    assertThat(faults.sent()).hasSize(4).containsOnly("BatchWriteItem");
    assertThat(ids()).isEqualTo(bodies(40).keySet());
  }

  @Test
  void putAll_whenTheServiceWritesNothing_endsSoon_andSaysSoOfEach() {
    faults.leaveAllBut(0);
    Map<String, PutOutcome> outcomes = store.putAll(bodies(30));
    assertThat(outcomes.values())
        .hasSize(30)
        .allSatisfy(outcome ->
            assertThat(((PutOutcome.Failed) outcome).failure().reason())
                .isEqualTo(Reason.THROTTLED));
    assertThat(faults.sent()).hasSize(5);
    assertThat(ids()).isEmpty();
  }

  @Test
  void putAll_whenTheServiceCannotHoldOne_storesTheOthersOfItsBatch() {
    Map<String, JsonObject> bodies = bodies(27);
    bodies.put("3", text("x".repeat(400 * 1024 - 5)));
    bodies.put("4", JsonObject.of("city", JsonNumber.of(1)));
    Map<String, PutOutcome> outcomes = store.putAll(bodies);
    assertThat(((PutOutcome.Failed) outcomes.get("3")).failure())
        .hasMessage("The item is larger than 400 KB, names included.");
    assertThat(((PutOutcome.Failed) outcomes.get("4")).failure().reason())
        .isEqualTo(Reason.INVALID);
    bodies.keySet().removeAll(Set.of("3", "4"));
    assertThat(ids()).isEqualTo(bodies.keySet());
    bodies
        .keySet()
        .forEach(id ->
            assertThat(outcomes.get(id))
                .isEqualTo(new PutOutcome.Stored(store.get(id).orElseThrow())));
  }

  @Test
  void writeAll_readsOnlyWhatAHashNames() {
    Item first = put("1", text("a"));
    faults.sent();
    done(put("2", ABSENT), new Write.Delete("1", new Precondition.Exists()));
    assertThat(faults.sent()).containsExactly("TransactWriteItems");
    Item second = store.get("2").orElseThrow();
    faults.sent();
    done(put("1", NONE), put("2", new Precondition.Matches(second.version())));
    assertThat(faults.sent()).containsExactly("BatchGetItem", "TransactWriteItems");
    assertThat(first.id()).isEqualTo("1");
  }

  @Test
  void writeAll_onItemsOfOthers_relyOnWhatTheyLeft() {
    putByOthers("1", Map.of("tags", AttributeValue.fromSs(List.of("b", "a"))));
    Item theirs = store.get("1").orElseThrow();
    WriteAllResult.Done done =
        done(
            new Write.Put("1", text("mine"), new Precondition.Matches(theirs.version())),
            put("2", ABSENT));
    assertThat(done.items().get(0)).isEqualTo(store.get("1"));
    assertThat(store.get("1").orElseThrow().body().get("tags")).isEmpty();
    assertThat(store.writeAll(List.of(put("1", new Precondition.Matches(theirs.version())))))
        .isEqualTo(refused(0, new Refusal.PreconditionFailed(store.get("1"))));
  }

  @Test
  void writeAll_whenOthersWriteBetweenItsReadAndItsWrite_isRefusedWithWhatTheyLeft() {
    Item mine = put("1", text("mine"));
    faults.afterBatchRead(() -> putByOthers("1", Map.of("text", AttributeValue.fromS("theirs"))));
    WriteAllResult result =
        store.writeAll(List.of(put("2", NONE), put("1", new Precondition.Matches(mine.version()))));
    Optional<Item> theirs = store.get("1");
    assertThat(theirs.orElseThrow().body().get("text")).contains(new JsonString("theirs"));
    assertThat(result).isEqualTo(refused(1, new Refusal.PreconditionFailed(theirs)));
    assertThat(store.get("2")).isEmpty();
  }

  @Test
  void writeAll_whenOthersAddAnAttributeMeanwhile_keepsIt() {
    Item mine = put("1", text("mine"));
    faults.afterBatchRead(() ->
        TestDatabase.get()
            .client()
            .updateItem(update ->
                update
                    .tableName(table)
                    .key(Map.of("id", AttributeValue.fromS("1")))
                    .updateExpression("SET extra = :e")
                    .expressionAttributeValues(Map.of(":e", AttributeValue.fromN("1")))));
    done(new Write.Put("1", text("changed"), new Precondition.Matches(mine.version())));
    JsonObject body = store.get("1").orElseThrow().body();
    assertThat(body.get("text")).contains(new JsonString("changed"));
    assertThat(body.get("extra")).contains(JsonNumber.of(1));
  }

  @Test
  void writeAll_whenAnIndexCannotHoldOne_saysWhich() {
    JsonObject impossible = JsonObject.of("city", JsonNumber.of(1));
    WriteAllResult result =
        store.writeAll(List.of(put("1", NONE), new Write.Put("2", impossible, NONE)));
    assertThat(((WriteAllResult.Refused) result).refusals().get(1))
        .isInstanceOfSatisfying(
            Refusal.Failed.class,
            failed -> assertThat(failed.failure().reason()).isEqualTo(Reason.INVALID));
    assertThat(((WriteAllResult.Refused) result).refusals()).hasSize(1);
    assertThat(ids()).isEmpty();
  }

  /** By so little that only the service can tell; it does not say which. */
  @Test
  void writeAll_whenAnItemIsJustTooLarge_isRefusedWhole() {
    Write large = new Write.Put("2", text("x".repeat(400 * 1024 - 5)), NONE);
    assertThatThrownBy(() -> store.writeAll(List.of(put("1", NONE), large)))
        .isInstanceOfSatisfying(
            StoreException.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID))
        .hasMessage("The item is larger than 400 KB, names included.");
    assertThat(ids()).isEmpty();
  }

  @Test
  void writeAll_whenItMeetsOthers_triesAgain_andGivesUp() {
    faults.cancel(2, "TransactionConflict");
    done(put("1", ABSENT), put("2", ABSENT));
    assertThat(faults.sent()).hasSize(3);
    faults.cancel(100, "TransactionConflict");
    assertFails(Reason.THROTTLED);
    assertThat(faults.sent()).hasSize(5);
    faults.cancel(100, "ThrottlingError");
    assertFails(Reason.THROTTLED);
    assertThat(ids()).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void writeAll_whenAnAnswerGetsLost_isDoneOnce() {
    faults.loseAnswer();
    WriteAllResult.Done done = done(put("1", ABSENT), put("2", ABSENT));
    assertThat(done.items()).containsExactly(store.get("1"), store.get("2"));
  }

  private void assertFails(Reason reason) {
    assertThatThrownBy(() -> store.writeAll(List.of(put("3", NONE), put("4", NONE))))
        .isInstanceOfSatisfying(
            StoreException.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }

  private WriteAllResult.Done done(Write... writes) {
    WriteAllResult result = store.writeAll(List.of(writes));
    assertThat(result).isInstanceOf(WriteAllResult.Done.class);
    return (WriteAllResult.Done) result;
  }

  private static WriteAllResult refused(int index, Refusal refusal) {
    return new WriteAllResult.Refused(Map.of(index, refusal));
  }

  private static Write put(String id, Precondition precondition) {
    return new Write.Put(id, text(id), precondition);
  }

  private Item put(String id, JsonObject body) {
    store.put(id, body, NONE);
    return store.get(id).orElseThrow();
  }

  private void putByOthers(String id, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(attributes);
    item.put("id", AttributeValue.fromS(id));
    TestDatabase.get().client().putItem(put -> put.tableName(table).item(item));
  }

  private Set<String> ids() {
    return store.list(Query.first(100)).items().stream().map(Item::id).collect(Collectors.toSet());
  }

  private static Map<String, JsonObject> bodies(int count) {
    Map<String, JsonObject> bodies = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      bodies.put("" + i, text("text " + i));
    }
    return bodies;
  }

  private static JsonObject text(String text) {
    return JsonObject.of("text", new JsonString(text));
  }
}
