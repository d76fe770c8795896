package dev.backplane.plugin.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import dev.backplane.testkit.TestContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client gets to know when the bucket or the way to it fails, and that no write is lost. */
class FailuresTest {
  private static final JsonObject ONE = JsonObject.of("n", JsonNumber.of(1));
  private static final JsonObject TWO = JsonObject.of("n", JsonNumber.of(2));
  private static final Precondition NONE = new Precondition.None();

  private final StandIn service = StandIn.start();
  private final TestBucket bucket = new TestBucket(service.endpoint());
  private final String prefix = bucket.newPrefix();
  private final WritableStore store = open(Map.of("timeout", "2s"));
  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void close() {
    store.close();
    service.close();
  }

  private WritableStore open(Map<String, String> more) {
    JsonObject settings = bucket.settings(prefix);
    for (Map.Entry<String, String> each : more.entrySet()) {
      settings = settings.with(each.getKey(), new JsonString(each.getValue()));
    }
    return (WritableStore)
        new S3Service().open(TestContext.of(settings, Path.of("").toAbsolutePath()));
  }

  private enum Call {
    GET(store -> store.get("1")),
    GET_ALL(store -> ((S3Store) store).getAll(Set.of("1", "2", "3"))),
    LIST(store -> store.list(Query.first(3))),
    PUT(store -> store.put("1", TWO, NONE)),
    CREATE(store -> store.put("new", TWO, new Precondition.Absent())),
    DELETE(store -> store.delete("1", NONE));

    private final Consumer<WritableStore> call;

    Call(Consumer<WritableStore> call) {
      this.call = call;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "503, SlowDown, THROTTLED, too much",
    "503, ServiceUnavailable, THROTTLED, too much",
    "500, InternalError, UNAVAILABLE, failed",
    "403, AccessDenied, UNAVAILABLE, no access",
    "403, InvalidAccessKeyId, UNAVAILABLE, no access",
    "403, SignatureDoesNotMatch, UNAVAILABLE, no access",
    "400, ExpiredToken, UNAVAILABLE, no access",
    "403, InvalidObjectState, UNAVAILABLE, archived",
    "404, NoSuchBucket, UNAVAILABLE, does not exist",
    "301, PermanentRedirect, UNAVAILABLE, does not fit",
    "400, AuthorizationHeaderMalformed, UNAVAILABLE, does not fit",
    "400, Whatever, UNAVAILABLE, failed",
  })
  void any_call_when_refused_says_why(int status, String code, Reason reason, String words) {
    store.put("1", ONE, NONE);
    service.fail((call, answer) -> Reply.error(status, code));
    for (Call call : Call.values()) {
      assertThatThrownBy(() -> call.call.accept(store))
          .as(call.name())
          .hasMessageContaining(words)
          .hasMessageNotContaining(bucket.name())
          .isInstanceOfSatisfying(
              StoreException.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
    service.fail((call, answer) -> answer.get());
    assertThat(store.get("1").orElseThrow().body().get("n")).contains(JsonNumber.of(1));
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void any_call_when_the_service_fails_for_a_moment_succeeds(Call call) {
    store.put("1", ONE, NONE);
    service.fail((request, answer) ->
        switch (calls.incrementAndGet()) {
          case 1 -> Reply.error(503, "SlowDown");
          case 2 -> Reply.LOST;
          default -> answer.get();
        });
    call.call.accept(store);
    assertThat(calls.get()).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void any_call_when_no_answer_comes_ends_in_time(Call call) throws Exception {
    store.put("1", ONE, NONE);
    CountDownLatch never = new CountDownLatch(1);
    service.fail((request, answer) -> {
      awaitQuietly(never);
      return Reply.LOST;
    });
    try (WritableStore hasty = open(Map.of("timeout", "200ms"))) {
      assertThatThrownBy(() -> call.call.accept(hasty))
          .isInstanceOfSatisfying(
              StoreException.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
    } finally {
      never.countDown();
    }
  }

  @Test
  void any_call_when_nobody_listens_is_unavailable() {
    service.close();
    for (Call call : Call.values()) {
      assertThatThrownBy(() -> call.call.accept(store))
          .as(call.name())
          .hasMessageContaining("does not answer");
    }
  }

  @Test
  void put_when_its_answer_was_lost_is_told_as_done() {
    loseOnce(call -> call.method().equals("PUT"));
    PutResult created = store.put("1", ONE, new Precondition.Absent());
    assertThat(created).isEqualTo(new PutResult.Created(store.get("1").orElseThrow()));
    Precondition unchanged =
        new Precondition.Matches(((PutResult.Created) created).item().version());
    loseOnce(call -> call.method().equals("PUT"));
    PutResult replaced = store.put("1", TWO, unchanged);
    assertThat(replaced).isEqualTo(new PutResult.Replaced(store.get("1").orElseThrow()));
    assertThat(store.get("1").orElseThrow().body().get("n")).contains(JsonNumber.of(2));
  }

  @Test
  void delete_when_its_answer_was_lost_has_deleted() {
    store.put("1", ONE, NONE);
    loseOnce(call -> call.method().equals("DELETE"));
    assertThat(store.delete("1", NONE)).isEqualTo(new DeleteResult.Missing());
    assertThat(store.get("1")).isEmpty();
  }

  @Test
  void write_when_another_one_comes_between_starts_anew() {
    store.put("1", ONE, NONE);
    interfereOnce(call -> call.method().equals("PUT"), "{\"by\": \"others\"}");
    assertThat(store.put("1", TWO, NONE)).isInstanceOf(PutResult.Replaced.class);
    assertThat(store.get("1").orElseThrow().body().get("by")).isEmpty();
    interfereOnce(call -> call.method().equals("DELETE"), "{\"by\": \"others\"}");
    DeleteResult deleted = store.delete("1", NONE);
    assertThat(deleted)
        .isInstanceOfSatisfying(
            DeleteResult.Deleted.class,
            what -> assertThat(what.item().body().get("by")).contains(new JsonString("others")));
  }

  @Test
  void conditional_write_when_another_one_comes_between_fails_with_what_there_is() {
    Item before = ((PutResult.Created) store.put("1", ONE, NONE)).item();
    Precondition unchanged = new Precondition.Matches(before.version());
    interfereOnce(call -> call.method().equals("PUT"), "{\"by\": \"others\"}");
    assertThat(store.put("1", TWO, unchanged))
        .isEqualTo(new PutResult.PreconditionFailed(store.get("1")));
    Item now = store.get("1").orElseThrow();
    interfereOnce(call -> call.method().equals("DELETE"), "{\"by\": \"a third\"}");
    assertThat(store.delete("1", new Precondition.Matches(now.version())))
        .isEqualTo(new DeleteResult.PreconditionFailed(store.get("1").orElseThrow()));
  }

  @Test
  void write_when_the_service_reports_a_conflict_is_tried_again() {
    service.fail((call, answer) ->
        call.method().equals("PUT") && calls.incrementAndGet() < 4
            ? Reply.error(409, "ConditionalRequestConflict")
            : answer.get());
    assertThat(store.put("1", ONE, new Precondition.Absent()))
        .isInstanceOf(PutResult.Created.class);
    assertThat(calls).hasValue(4);
  }

  @Test
  void write_when_conflicts_do_not_end_gives_up() {
    service.fail((call, answer) ->
        call.method().equals("PUT")
            ? Reply.error(409, "ConditionalRequestConflict")
            : answer.get());
    try (WritableStore hasty = open(Map.of("timeout", "300ms"))) {
      assertThatThrownBy(() -> hasty.put("1", ONE, new Precondition.Absent()))
          .isInstanceOfSatisfying(
              StoreException.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.THROTTLED));
    }
  }

  @Test
  void delete_when_the_service_has_no_condition_leaves_an_empty_object() {
    store.put("1", ONE, NONE);
    store.put("2", ONE, NONE);
    service.fail((call, answer) ->
        call.method().equals("DELETE") ? Reply.error(501, "NotImplemented") : answer.get());
    assertThat(store.delete("1", NONE)).isInstanceOf(DeleteResult.Deleted.class);
    assertThat(store.delete("1", NONE)).isEqualTo(new DeleteResult.Missing());
    assertThat(store.get("1")).isEmpty();
    assertThat(store.list(Query.first(9)).items()).extracting(Item::id).containsExactly("2");
    assertThat(store.put("1", TWO, new Precondition.Exists()))
        .isInstanceOf(PutResult.PreconditionFailed.class);
    assertThat(store.put("1", TWO, new Precondition.Absent()))
        .isInstanceOf(PutResult.Created.class);
    assertThat(store.get("1")).isPresent();
  }

  @Test
  void list_when_an_item_goes_while_it_is_read_leaves_it_out() {
    for (String id : Set.of("1", "2", "3")) {
      store.put(id, ONE, NONE);
    }
    service.fail((call, answer) ->
        call.key().endsWith("/2.json") ? Reply.error(404, "NoSuchKey") : answer.get());
    assertThat(store.list(Query.first(9)).items()).extracting(Item::id).containsExactly("1", "3");
  }

  @Test
  void close_leaves_no_thread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (WritableStore other = open(Map.of("timeout", "1s"))) {
      other.put("1", ONE, NONE);
      other.list(Query.first(5));
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().matches("(?i).*(sdk|aws|idle).*")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  /** Does what is asked for and then breaks the connection. */
  private void loseOnce(Predicate<StandIn.Call> which) {
    AtomicInteger left = new AtomicInteger(1);
    service.fail((call, answer) -> {
      Reply reply = answer.get();
      return which.test(call) && left.getAndDecrement() > 0 ? Reply.LOST : reply;
    });
  }

  /** Another program writes the item just before the request is served. */
  private void interfereOnce(Predicate<StandIn.Call> which, String content) {
    AtomicInteger left = new AtomicInteger(1);
    service.fail((call, answer) -> {
      if (which.test(call) && left.getAndDecrement() > 0) {
        bucket.put(call.key(), content);
      }
      return answer.get();
    });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
