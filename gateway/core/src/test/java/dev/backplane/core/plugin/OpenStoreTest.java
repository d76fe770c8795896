package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Provision;
import dev.backplane.spi.ProvisionedStore;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OpenStoreTest {
  private static final Precondition NONE = new Precondition.None();
  private static final Precondition ABSENT = new Precondition.Absent();
  private static final Precondition EXISTS = new Precondition.Exists();
  private static final Precondition MATCHES = new Precondition.Matches("1");
  private static final Item A = new Item("a", "1", JsonObject.empty());
  private static final Item B = new Item("b", "1", JsonObject.empty());

  private final ClassLoader loader =
      new URLClassLoader("a plugin", new URL[0], getClass().getClassLoader());

  /** A store whose every call does what the test says. */
  private record Scripted(Supplier<?> answer)
      implements WritableStore, CountableStore, ProvisionedStore {
    @SuppressWarnings("unchecked")
    private <T> T next() {
      return (T) answer.get();
    }

    @Override
    public Optional<Item> get(String id) {
      return next();
    }

    @Override
    public Page list(Query query) {
      return next();
    }

    @Override
    public OptionalLong count(Filter filter) {
      return next();
    }

    @Override
    public Provision provision() {
      return next();
    }

    @Override
    public PutResult put(String id, JsonObject body, Precondition precondition) {
      return next();
    }

    @Override
    public Item create(JsonObject body) {
      return next();
    }

    @Override
    public DeleteResult delete(String id, Precondition precondition) {
      return next();
    }

    @Override
    public void close() {
      answer.get();
    }
  }

  private OpenStore open(Store store) {
    return OpenStores.of(store, "scripted", loader);
  }

  private OpenStore answering(Object answer) {
    return open(new Scripted(() -> answer));
  }

  private OpenStore throwing(Throwable failure) {
    return open(new Scripted(() -> OpenStoreTest.<RuntimeException>hidden(failure)));
  }

  /** Throws what a method does not declare, as Kotlin does. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> Object hidden(Throwable failure) throws E {
    throw (E) failure;
  }

  private static PutResult put(OpenStore store, Precondition precondition) {
    return store.put("a", JsonObject.empty(), precondition);
  }

  private static List<ThrowingCallable> calls(OpenStore store) {
    return List.of(
        () -> store.get("a"),
        () -> store.list(Query.first(1)),
        () -> store.count(Filter.all()),
        () -> put(store, NONE),
        () -> store.create(JsonObject.empty()),
        () -> store.delete("a", NONE));
  }

  private static void assertBroken(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE))
        .hasMessage("The backend of this resource failed.")
        .cause()
        .hasMessage("service scripted: " + why);
  }

  @Test
  void calls_when_theStoreAnswers() {
    Page page = new Page(List.of(A), Optional.of("next"));

    assertThat(answering(Optional.of(A)).get("a")).contains(A);
    assertThat(answering(Optional.empty()).get("a")).isEmpty();
    assertThat(answering(page).list(Query.first(1))).isSameAs(page);
    assertThat(answering(OptionalLong.of(0)).count(Filter.all())).hasValue(0);
    assertThat(answering(OptionalLong.empty()).count(Filter.all())).isEmpty();
    assertThat(answering(B).create(JsonObject.empty())).isSameAs(B);
  }

  static List<Throwable> defects() {
    return List.of(
        new IllegalStateException("boom"),
        new IOException("boom"),
        new NoClassDefFoundError("com/example/Library"),
        new AssertionError("boom"),
        new Error("boom"),
        new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("defects")
  void calls_when_theStoreThrows(Throwable defect) {
    assertThat(calls(throwing(defect)))
        .allSatisfy(call ->
            assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                    StoreException.class,
                    failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE))
                .hasMessage("The backend of this resource failed.")
                .hasRootCause(defect));
  }

  @Test
  void calls_when_theStoreSaysWhyItFailed() {
    StoreException failure = new StoreException(Reason.THROTTLED, "Too many requests.");

    assertThat(calls(throwing(failure)))
        .allSatisfy(call -> assertThatThrownBy(call).isSameAs(failure));
  }

  @Test
  void calls_when_theStoreFailsWithoutAMessage() {
    assertThatThrownBy(() -> throwing(new StoreException(Reason.TIMEOUT, null)).get("a"))
        .isInstanceOfSatisfying(
            StoreException.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT))
        .hasMessage("The backend of this resource failed.");
  }

  @Test
  void calls_when_memoryRunsOut() {
    OutOfMemoryError fatal = new OutOfMemoryError();

    assertThat(calls(throwing(fatal))).allSatisfy(call -> assertThatThrownBy(call).isSameAs(fatal));
  }

  @Test
  void calls_when_theStoreReturnsNull() {
    OpenStore store = answering(null);

    assertBroken(() -> store.get("a"), "get returned null");
    assertBroken(() -> store.list(Query.first(1)), "list returned null");
    assertBroken(() -> store.count(Filter.all()), "count returned null");
    assertBroken(() -> put(store, NONE), "put returned null");
    assertBroken(() -> store.create(JsonObject.empty()), "create returned null");
    assertBroken(() -> store.delete("a", NONE), "delete returned null");
  }

  @Test
  void calls_when_theItemHasAnotherId() {
    assertBroken(() -> answering(Optional.of(B)).get("a"), "get returned an item with another id");
    for (PutResult result :
        List.of(
            new PutResult.Created(B),
            new PutResult.Replaced(B),
            new PutResult.PreconditionFailed(Optional.of(B)))) {
      assertBroken(() -> put(answering(result), NONE), "put returned an item with another id");
    }
    for (DeleteResult result :
        List.of(new DeleteResult.Deleted(B), new DeleteResult.PreconditionFailed(B))) {
      assertBroken(
          () -> answering(result).delete("a", NONE), "delete returned an item with another id");
    }
  }

  @Test
  void list_when_thePageIsLargerThanAskedFor() {
    OpenStore store = answering(Page.last(List.of(A, B)));

    assertThat(store.list(Query.first(2)).items()).containsExactly(A, B);
    assertBroken(() -> store.list(Query.first(1)), "list returned more items than its limit");
  }

  @Test
  void list_when_anItemIsThereTwice() {
    assertBroken(
        () -> answering(Page.last(List.of(A, B, A))).list(Query.first(3)),
        "list returned an item twice in one page");
  }

  @Test
  void list_when_theCursorIsTheOneThatWasGiven() {
    OpenStore store = answering(new Page(List.of(A), Optional.of("here")));

    assertThat(store.list(Query.first(1)).next()).contains("here");
    assertThat(store.list(Query.first(1).from("there")).next()).contains("here");
    assertBroken(
        () -> store.list(Query.first(1).from("here")),
        "list returned the cursor that it was given");
  }

  @Test
  void close_when_itIsInterruptedWaitingForThePlugin() {
    OpenStore store = open(new Scripted(() -> OpenStoreTest.sleepForever()));

    Thread.currentThread().interrupt();
    store.close();

    assertThat(Thread.interrupted()).isTrue();
  }

  private static Object sleepForever() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
    return Optional.empty();
  }

  @Test
  void count_when_itIsNegative() {
    assertBroken(
        () -> answering(OptionalLong.of(-1)).count(Filter.all()),
        "count returned a negative number");
  }

  @Test
  void count_when_theStoreDoesNotCount() {
    OpenStore store = open(new ReadOnly());

    assertThat(store.count(Filter.all())).isEmpty();
  }

  @Test
  void provision_when_itIsNoTemplate() {
    JsonObject table = JsonObject.of("Type", new JsonString("AWS::DynamoDB::Table"));
    Provision right = new Provision(Map.of("UsersTable", table), List.of("a remark"));
    assertThat(answering(right).provision()).isEqualTo(right);
    assertBroken(
        () -> answering(new Provision(Map.of("users-table", table), List.of())).provision(),
        "provision gave a wrong logical id");
    assertBroken(
        () -> answering(new Provision(Map.of("A", JsonObject.empty()), List.of())).provision(),
        "provision gave no Type");
  }

  @Test
  void provision_when_aSettingIsWrong() {
    SettingException wrong = new SettingException("key", "is another's");

    assertThatThrownBy(() -> throwing(wrong).provision()).isSameAs(wrong);
  }

  @Test
  void provision_when_theStoreNeedsNothing() {
    assertThat(open(new ReadOnly()).provision()).isEqualTo(Provision.none());
  }

  @Test
  void put_when_thePreconditionAllowsTheResult() {
    PutResult created = new PutResult.Created(A);
    PutResult replaced = new PutResult.Replaced(A);
    PutResult failed = new PutResult.PreconditionFailed(Optional.empty());

    for (Precondition precondition : List.of(NONE, ABSENT)) {
      assertThat(put(answering(created), precondition)).isSameAs(created);
    }
    for (Precondition precondition : List.of(NONE, EXISTS, MATCHES)) {
      assertThat(put(answering(replaced), precondition)).isSameAs(replaced);
    }
    for (Precondition precondition : List.of(ABSENT, EXISTS, MATCHES)) {
      assertThat(put(answering(failed), precondition)).isSameAs(failed);
    }
  }

  @Test
  void put_when_thePreconditionRulesTheResultOut() {
    String why = "put returned what its precondition rules out";

    assertBroken(() -> put(answering(new PutResult.Created(A)), EXISTS), why);
    assertBroken(() -> put(answering(new PutResult.Created(A)), MATCHES), why);
    assertBroken(() -> put(answering(new PutResult.Replaced(A)), ABSENT), why);
    assertBroken(() -> put(answering(new PutResult.PreconditionFailed(Optional.of(A))), NONE), why);
  }

  @Test
  void delete_when_thePreconditionAllowsTheResult() {
    DeleteResult deleted = new DeleteResult.Deleted(A);
    DeleteResult failed = new DeleteResult.PreconditionFailed(A);
    DeleteResult missing = new DeleteResult.Missing();

    for (Precondition precondition : List.of(NONE, EXISTS, MATCHES)) {
      assertThat(answering(deleted).delete("a", precondition)).isSameAs(deleted);
    }
    for (Precondition precondition : List.of(ABSENT, EXISTS, MATCHES)) {
      assertThat(answering(failed).delete("a", precondition)).isSameAs(failed);
    }
    for (Precondition precondition : List.of(NONE, ABSENT, EXISTS, MATCHES)) {
      assertThat(answering(missing).delete("a", precondition)).isSameAs(missing);
    }
  }

  @Test
  void delete_when_thePreconditionRulesTheResultOut() {
    String why = "delete returned what its precondition rules out";

    assertBroken(() -> answering(new DeleteResult.Deleted(A)).delete("a", ABSENT), why);
    assertBroken(() -> answering(new DeleteResult.PreconditionFailed(A)).delete("a", NONE), why);
  }

  /** A store that does the least. */
  private static final class ReadOnly implements Store {
    @Override
    public Optional<Item> get(String id) {
      return Optional.empty();
    }

    @Override
    public Page list(Query query) {
      return Page.last(List.of());
    }
  }

  @Test
  void put_when_theStoreOnlyReads() {
    OpenStore store = open(new ReadOnly());

    assertThat(store.isWritable()).isFalse();
    assertThatThrownBy(() -> put(store, NONE)).isInstanceOf(IllegalStateException.class);
    assertThat(answering(null).isWritable()).isTrue();
  }

  @Test
  void calls_when_theyRun_haveThePluginsContextClassLoader() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    AtomicInteger seen = new AtomicInteger();
    OpenStore store =
        open(
            new Scripted(() -> {
              assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(loader);
              seen.incrementAndGet();
              Thread.currentThread().setContextClassLoader(null);
              throw new StoreException(Reason.CONFLICT, "No.");
            }));

    assertThat(calls(store))
        .allSatisfy(call -> {
          assertThatThrownBy(call).hasMessage("No.");
          assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        });
    store.close();
    assertThat(seen).hasValue(7);
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void calls_when_theThreadIsInterrupted_leaveItSo() {
    OpenStore store =
        open(
            new Scripted(() -> {
              Thread.currentThread().interrupt();
              return Optional.empty();
            }));

    assertThat(store.get("a")).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void close_when_itThrows_doesNot() {
    assertThatCode(() -> throwing(new IllegalStateException("boom")).close())
        .doesNotThrowAnyException();
  }

  @Test
  void close_when_calledTwice_reachesTheStoreOnce() {
    AtomicInteger closed = new AtomicInteger();
    OpenStore store = open(new Scripted(closed::incrementAndGet));

    store.close();
    store.close();

    assertThat(closed).hasValue(1);
  }
}
