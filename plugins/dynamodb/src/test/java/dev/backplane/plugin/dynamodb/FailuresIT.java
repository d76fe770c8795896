package dev.backplane.plugin.dynamodb;

import static dev.backplane.plugin.dynamodb.TableFixture.s;
import static dev.backplane.plugin.dynamodb.TableFixture.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client gets to know when the database or the way to it fails, and how soon. */
class FailuresIT {
  private static final JsonObject TWO = JsonObject.of("n", JsonNumber.of(2));

  /** The client's first attempt and three more. */
  private static final int ATTEMPTS = 4;

  private final FaultyTable things = FaultyTable.makeHasty();
  private final FaultProxy proxy = things.proxy;
  private final DynamoDbStore store = things.store;

  @AfterEach
  void close() {
    things.close();
  }

  /** What a store does, and the operation of DynamoDB that it needs for that. */
  private enum Call {
    GET("GetItem", store -> store.get("1")),
    GET_ALL("BatchGetItem", store -> store.getAll(Set.of("1", "2"))),
    LIST("Scan", store -> store.list(Query.first(3))),
    LIST_BY_KEY("Query", store -> store.list(where("id", Operator.EQ, "1"))),
    PUT("PutItem", store -> store.put("1", TWO, new Precondition.None())),
    DELETE("DeleteItem", store -> store.delete("1", new Precondition.None())),
    PUT_IF_MATCH("UpdateItem", store -> store.put("1", TWO, matchesNow(store)));

    private final String operation;
    private final Consumer<DynamoDbStore> call;

    Call(String operation, Consumer<DynamoDbStore> call) {
      this.operation = operation;
      this.call = call;
    }

    ThrowingCallable on(DynamoDbStore store) {
      return () -> call.accept(store);
    }

    private static Precondition matchesNow(DynamoDbStore store) {
      return new Precondition.Matches(store.get("1").orElseThrow().version());
    }
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void any_call_when_throttled_is_tried_a_few_times(Call call) {
    fillOne();
    proxy.always(call.operation, Fault.throttled());
    assertThat(things.assertFails(Reason.THROTTLED, call.on(store)))
        .hasStackTraceContaining(Fault.SECRET); // for the log
    assertThat(proxy.count(call.operation)).isEqualTo(ATTEMPTS);
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void any_call_when_throttled_or_failing_for_a_moment_succeeds(Call call) throws Throwable {
    fillOne();
    proxy.next(
        call.operation,
        new Fault.Refuse(400, "ThrottlingException", "x"),
        new Fault.Refuse(500, "InternalServerError", "x"),
        new Fault.DropBefore());
    try (DynamoDbStore patient = things.openPatient()) {
      call.on(patient).call();
    }
    assertThat(proxy.count(call.operation)).isEqualTo(ATTEMPTS);
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void any_call_when_connections_are_dropped_always_is_unavailable(Call call) {
    fillOne();
    proxy.always(call.operation, new Fault.DropBefore());
    assertThat(things.assertFails(Reason.UNAVAILABLE, call.on(store)))
        .hasMessageContaining("does not answer");
    assertThat(proxy.count(call.operation)).isEqualTo(ATTEMPTS);
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void any_call_when_no_answer_comes_ends_in_time(Call call) {
    fillOne();
    proxy.always(call.operation, new Fault.Hang());
    things.assertFails(Reason.TIMEOUT, call.on(store));
    assertThat(proxy.count(call.operation)).isBetween(1, ATTEMPTS);
  }

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException, THROTTLED, too much, 4",
    "400, ThrottlingException, THROTTLED, too much, 4",
    "500, InternalServerError, UNAVAILABLE, failed, 4",
    "400, UnrecognizedClientException, UNAVAILABLE, no access, 1",
    "400, AccessDeniedException, UNAVAILABLE, no access, 1",
    "400, ResourceNotFoundException, UNAVAILABLE, does not exist, 1"
  })
  void write_when_refused_says_why(
      int status, String code, Reason reason, String words, int attempts) {
    proxy.always("PutItem", new Fault.Refuse(status, code, Fault.SECRET));
    assertThat(things.assertFails(reason, Call.PUT.on(store))).hasMessageContaining(words);
    assertThat(proxy.count("PutItem")).isEqualTo(attempts);
    assertThat(store.get("1")).isEmpty();
  }

  @Test
  void call_when_the_answer_is_slow_waits_for_it() {
    fillOne();
    proxy.next("GetItem", new Fault.Delay(Duration.ofMillis(300)));
    try (DynamoDbStore patient = things.openPatient()) {
      assertThat(patient.get("1")).isPresent();
    }
    assertThat(proxy.count("GetItem")).isEqualTo(1);
  }

  @Test
  void batch_when_parts_are_left_gets_all_of_it() {
    Set<String> ids = fill(30);
    proxy.next("BatchGetItem", new Fault.Leave(11), new Fault.Leave(0), new Fault.Leave(7));
    try (DynamoDbStore patient = things.openPatient()) {
      assertThat(patient.getAll(ids)).extracting(Item::id).containsExactlyInAnyOrderElementsOf(ids);
    }
    assertThat(proxy.count("BatchGetItem")).isEqualTo(4);
  }

  @Test
  void batch_when_parts_are_left_always_fails_whole() {
    Set<String> ids = fill(30);
    proxy.next("BatchGetItem", new Fault.Leave(11));
    proxy.always("BatchGetItem", new Fault.Leave(0));
    things.assertFails(Reason.THROTTLED, () -> store.getAll(ids));
    assertThat(proxy.count("BatchGetItem")).isBetween(3, 10);
  }

  @Test
  void list_when_each_answer_is_slow_ends_in_time_with_a_short_page() {
    // a round ends at 1 MB, and no item passes the filter: a page would take six rounds
    String large = "x".repeat(300_000);
    for (int i = 0; i < 24; i++) {
      things.putByOthers(List.of(Map.of("id", s("large-" + i), "text", s(large))));
    }
    proxy.always("Scan", new Fault.Delay(FaultyTable.TIMEOUT.multipliedBy(2).dividedBy(5)));
    long begin = System.nanoTime();
    Page page = store.list(where("n", Operator.EQ, "1"));
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isLessThan(FaultyTable.TIMEOUT.multipliedBy(2));
    assertThat(page.items()).isEmpty();
    assertThat(page.next()).isPresent();
  }

  @Test
  void any_call_when_the_table_is_lost_says_so() {
    fillOne();
    TestDatabase.get().client().deleteTable(delete -> delete.tableName(things.table));
    try (DynamoDbStore patient = things.openPatient()) {
      for (Call call : Call.values()) {
        if (call != Call.PUT_IF_MATCH) { // which begins with a read
          assertThatThrownBy(call.on(patient))
              .as(call.name())
              .hasMessageContaining("does not exist")
              .hasMessageNotContaining(things.table)
              .isInstanceOfSatisfying(
                  StoreException.class,
                  failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
        }
      }
    }
  }

  @Test
  void close_when_calls_were_spoilt_leaves_no_thread_and_no_connection() throws Exception {
    Set<Thread> before = clientThreads();
    DynamoDbStore closed = things.open(JsonObject.empty());
    proxy.next("GetItem", new Fault.DropBefore(), new Fault.Hang(), new Fault.Hang());
    things.assertFails(Reason.TIMEOUT, () -> closed.get("1"));
    closed.list(Query.first(1));
    assertThat(proxy.openConnections()).isPositive();
    assertThat(clientThreads()).isNotEqualTo(before);
    closed.close();
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!(proxy.openConnections() == 0 && before.containsAll(clientThreads()))
        && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(proxy.openConnections()).isZero();
    assertThat(before).containsAll(clientThreads());
  }

  /** The SDK's, by their names. */
  private static Set<Thread> clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread ->
            Stream.of("sdk", "aws", "idle-connection", "httpclient5")
                .anyMatch(thread.getName().toLowerCase(Locale.ROOT)::contains))
        .collect(Collectors.toSet());
  }

  private Set<String> fill(int count) {
    Set<String> ids = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      ids.add("item-" + i);
    }
    things.putByOthers(ids.stream().map(id -> Map.of("id", s(id))).toList());
    return ids;
  }

  /** The item "1". */
  private void fillOne() {
    things.putByOthers(List.of(Map.of("id", s("1"))));
  }
}
