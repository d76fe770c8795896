package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The times that the store writes. */
class TimestampsIT {
  private static final String FIRST = "2026-01-31T10:00:00.120Z";
  private static final String SECOND = "2026-02-01T00:00:00.000Z";

  private final TableFixture notes =
      TableFixture.make("{'created': 'created-at', 'updated': 'updated-at'}");

  @AfterEach
  void close() {
    notes.close();
  }

  @Test
  void put_when_it_creates_and_replaces_tells_both_times() {
    for (Precondition precondition : new Precondition[] {none(), new Precondition.Absent()}) {
      notes.clock.set(FIRST);
      String id = precondition.getClass().getSimpleName();
      Item made = ((PutResult.Created) put(id, "{'a': 1}", precondition)).item();
      assertTimes(made, FIRST, FIRST);
      assertStored(made);
      notes.clock.set(SECOND);
      Item next = ((PutResult.Replaced) put(id, "{'b': 2}", none())).item();
      assertTimes(next, FIRST, SECOND);
      assertThat(next.body().members()).containsOnlyKeys("id", "b", "created-at", "updated-at");
      assertStored(next);
    }
  }

  @Test
  void put_when_it_is_conditional_keeps_the_time_of_creation() {
    Item made = made("1");
    notes.clock.set(SECOND);
    Item existing = ((PutResult.Replaced) put("1", "{'a': 2}", new Precondition.Exists())).item();
    assertTimes(existing, FIRST, SECOND);
    assertStored(existing);
    assertThat(put("1", "{'a': 3}", new Precondition.Matches(made.version())))
        .isEqualTo(new PutResult.PreconditionFailed(Optional.of(existing)));
    notes.clock.set(FIRST);
    Item matching =
        ((PutResult.Replaced) put("1", "{'a': 4}", new Precondition.Matches(existing.version())))
            .item();
    assertTimes(matching, FIRST, FIRST);
    assertStored(matching);
    assertThat(put("none", "{}", new Precondition.Exists()))
        .isEqualTo(new PutResult.PreconditionFailed(Optional.empty()));
    assertThat(notes.stored("none")).isEmpty();
  }

  @Test
  void put_when_nobody_else_writes_the_table_keeps_the_time_of_creation() {
    try (TableFixture own =
        notes.openedWith("{'created': 'created-at', 'updated': 'u', 'shared': false}")) {
      own.clock.set(FIRST);
      JsonObject body = TestTable.json("{'a': 1}");
      Item made = ((PutResult.Created) own.store.put("1", body, none())).item();
      own.clock.set(SECOND);
      PutResult next = own.store.put("1", body, new Precondition.Matches(made.version()));
      Item stored = own.store.get("1").orElseThrow();
      assertThat(next).isEqualTo(new PutResult.Replaced(stored));
      assertThat(stored.body().get("created-at")).contains(new JsonString(FIRST));
      assertThat(stored.body().get("u")).contains(new JsonString(SECOND));
      assertThat(own.store.put("1", body, new Precondition.Matches(made.version())))
          .isEqualTo(new PutResult.PreconditionFailed(Optional.of(stored)));
    }
  }

  @Test
  void put_when_the_client_sends_the_times_ignores_them() {
    notes.clock.set(FIRST);
    String forged = "{'a': 1, 'created-at': 'long ago', 'updated-at': {'x': []}}";
    Item made = ((PutResult.Created) put("1", forged, new Precondition.Absent())).item();
    assertTimes(made, FIRST, FIRST);
    notes.clock.set(SECOND);
    JsonObject changed = made.body().with("created-at", JsonNumber.of(0));
    Item next =
        ((PutResult.Replaced) notes.store.put("1", changed, new Precondition.Exists())).item();
    assertTimes(next, FIRST, SECOND);
    assertStored(next);
  }

  @Test
  void put_when_others_made_the_item_does_not_make_up_when() {
    notes.putByOthers(Map.of("id", TableFixture.s("1"), "a", TableFixture.n(1)));
    notes.clock.set(SECOND);
    Item next = ((PutResult.Replaced) put("1", "{'a': 2}", none())).item();
    assertThat(next.body().get("created-at")).isEmpty();
    assertThat(next.body().get("updated-at")).contains(new JsonString(SECOND));
    assertStored(next);
    notes.putByOthers(Map.of("id", TableFixture.s("2"), "created-at", TableFixture.n(7)));
    Item kept = ((PutResult.Replaced) put("2", "{}", none())).item();
    assertThat(kept.body().get("created-at")).contains((JsonValue) JsonNumber.of(7));
    assertStored(kept);
  }

  @Test
  void put_when_another_creates_the_item_meanwhile_keeps_the_others_time() {
    notes.clock.set(SECOND);
    notes.afterNext(
        GetItemRequest.class,
        () -> notes.putByOthers(Map.of("id", TableFixture.s("1"), "created-at", s(FIRST))));
    Item next = ((PutResult.Replaced) put("1", "{'a': 2}", none())).item();
    assertTimes(next, FIRST, SECOND);
    assertStored(next);
  }

  @Test
  void put_when_another_deletes_the_item_meanwhile_creates_it_or_fails() {
    made("1");
    notes.clock.set(SECOND);
    notes.afterNext(GetItemRequest.class, () -> deleteByOthers("1"));
    Item next = ((PutResult.Created) put("1", "{'a': 2}", none())).item();
    assertTimes(next, SECOND, SECOND);
    notes.afterNext(GetItemRequest.class, () -> deleteByOthers("1"));
    assertThat(put("1", "{}", new Precondition.Exists()))
        .isEqualTo(new PutResult.PreconditionFailed(Optional.empty()));
    assertThat(notes.stored("1")).isEmpty();
  }

  @Test
  void put_when_others_never_leave_the_item_alone_gives_up() {
    AtomicInteger times = new AtomicInteger();
    Runnable[] again = new Runnable[1];
    again[0] =
        () -> {
          notes.putByOthers(
              Map.of(
                  "id",
                  TableFixture.s("1"),
                  "created-at",
                  TableFixture.n(times.incrementAndGet())));
          notes.beforeNext(PutItemRequest.class, again[0]);
        };
    notes.beforeNext(PutItemRequest.class, again[0]);
    assertThatThrownBy(() -> put("1", "{'mine': true}", none()))
        .isInstanceOfSatisfying(
            StoreException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(StoreException.Reason.THROTTLED));
    assertThat(times).hasValueBetween(3, 20);
    assertThat(notes.stored("1")).doesNotContainKey("mine");
  }

  @Test
  void list_when_filtered_by_a_time_finds_items() {
    made("1");
    notes.clock.set(SECOND);
    put("2", "{}", none());
    assertThat(
            notes.ids(
                Query.first(5).filteredBy(Filter.where("created-at", Operator.GTE, "2026-02"))))
        .containsExactly("2");
  }

  @Test
  void times_when_they_are_numbers_have_the_unit_of_the_mapping() {
    assertNumber("epoch-seconds", 1_769_853_600L);
    assertNumber("epoch-milliseconds", 1_769_853_600_120L);
  }

  private void assertNumber(String format, long expected) {
    try (TableFixture other =
        notes.openedWith("{'created': 'made', 'timestamps': '" + format + "'}")) {
      other.clock.set(FIRST);
      Item made = other.store.create(JsonObject.empty());
      assertThat(made.body().get("made")).contains(JsonNumber.of(expected));
      assertThat(other.store.get(made.id())).contains(made);
    }
  }

  private Item made(String id) {
    notes.clock.set(FIRST);
    return ((PutResult.Created) put(id, "{'a': 1}", new Precondition.Absent())).item();
  }

  private PutResult put(String id, String body, Precondition precondition) {
    return notes.store.put(id, TestTable.json(body), precondition);
  }

  private static Precondition none() {
    return new Precondition.None();
  }

  private static AttributeValue s(String text) {
    return TableFixture.s(text);
  }

  private void deleteByOthers(String id) {
    TestDatabase.get()
        .client()
        .deleteItem(delete -> delete.tableName(notes.table).key(Map.of("id", s(id))));
  }

  private void assertStored(Item item) {
    assertThat(notes.store.get(item.id())).contains(item);
  }

  private static void assertTimes(Item item, String created, String updated) {
    assertThat(item.body().get("created-at")).contains(new JsonString(created));
    assertThat(item.body().get("updated-at")).contains(new JsonString(updated));
  }
}
