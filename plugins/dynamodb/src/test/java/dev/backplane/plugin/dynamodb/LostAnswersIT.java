package dev.backplane.plugin.dynamodb;

import static dev.backplane.plugin.dynamodb.TableFixture.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.StoreException.Reason;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes that are done and whose answer is lost: what a client is told when the SDK tries again.
 */
class LostAnswersIT {
  private static final JsonObject ONE = JsonObject.of("n", JsonNumber.of(1));
  private static final JsonObject TWO = JsonObject.of("n", JsonNumber.of(2));

  private final FaultyTable things = FaultyTable.make("{}");
  private final FaultProxy proxy = things.proxy;
  private final DynamoDbStore store = things.store;

  @AfterEach
  void close() {
    things.close();
  }

  @Test
  void create_when_its_answer_is_lost_is_done_once() {
    proxy.next("PutItem", Fault.dropAfter());
    PutResult result = store.put("1", ONE, new Precondition.Absent());
    assertThat(result).isEqualTo(new PutResult.Created(current()));
    assertThat(proxy.count("PutItem")).isEqualTo(2);
  }

  @Test
  void put_when_its_answer_is_lost_is_done_once() {
    String version = put(ONE).version();
    proxy.next("UpdateItem", Fault.dropAfter());
    PutResult result = store.put("1", TWO, new Precondition.Matches(version));
    assertThat(result).isEqualTo(new PutResult.Replaced(current()));
    assertThat(proxy.count("UpdateItem")).isEqualTo(2);
  }

  @Test
  void put_when_its_answer_is_lost_and_nobody_else_writes_is_done_once() {
    String version = put(ONE).version();
    try (DynamoDbStore own = things.open(TestTable.json("{'shared': 'false'}"))) {
      String ours = own.get("1").orElseThrow().version();
      assertThat(ours).isNotEqualTo(version);
      proxy.next("PutItem", Fault.dropAfter());
      PutResult result = own.put("1", TWO, new Precondition.Matches(ours));
      assertThat(result).isEqualTo(new PutResult.Replaced(own.get("1").orElseThrow()));
      assertThat(proxy.count("PutItem")).isEqualTo(2);
    }
  }

  @Test
  void create_when_its_answer_is_lost_and_others_add_to_the_item_is_done_once() {
    proxy.next("PutItem", new Fault.DropAfter(() -> addExtra()));
    assertThat(store.put("1", ONE, new Precondition.Absent()))
        .isEqualTo(new PutResult.Created(current()));
    assertThat(current().body().get("extra")).isPresent();
  }

  /** Whether it was written is not known any more. */
  @Test
  void put_when_its_answer_is_lost_and_others_replaced_the_item_claims_nothing() {
    String version = put(ONE).version();
    Map<String, AttributeValue> theirs = Map.of("id", s("1"), "by", s("them"));
    proxy.next(
        "UpdateItem",
        new Fault.DropAfter(() ->
            TestDatabase.get().client().putItem(put -> put.tableName(things.table).item(theirs))));
    things.assertFails(
        Reason.UNAVAILABLE, () -> store.put("1", TWO, new Precondition.Matches(version)));
    assertThat(current().body().get("by")).isPresent();
  }

  /** That the item was there is not known any more; that it is gone, is. */
  @Test
  void delete_when_its_answer_is_lost_is_not_a_failed_precondition() {
    String version = put(ONE).version();
    proxy.next("DeleteItem", Fault.dropAfter());
    assertThat(store.delete("1", new Precondition.Matches(version)))
        .isEqualTo(new DeleteResult.Missing());
    assertThat(store.get("1")).isEmpty();
  }

  @Test
  void write_when_all_answers_are_lost_fails_and_is_there() {
    proxy.always("PutItem", Fault.dropAfter());
    things.assertFails(Reason.UNAVAILABLE, () -> store.put("1", ONE, new Precondition.Absent()));
    assertThat(store.get("1")).isPresent();
  }

  private void addExtra() {
    TestDatabase.get()
        .client()
        .updateItem(update ->
            update
                .tableName(things.table)
                .key(Map.of("id", s("1")))
                .updateExpression("SET extra = :x")
                .expressionAttributeValues(Map.of(":x", s("theirs"))));
  }

  /** The item "1". */
  private Item put(JsonObject body) {
    return switch (store.put("1", body, new Precondition.None())) {
      case PutResult.Created created -> made(created.item());
      case PutResult.Replaced replaced -> made(replaced.item());
      case PutResult.PreconditionFailed failed -> throw new AssertionError("nothing to fail");
    };
  }

  /** That it was made is not what a test counts. */
  private Item made(Item item) {
    proxy.reset();
    return item;
  }

  private Item current() {
    return store.get("1").orElseThrow();
  }
}
