package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.BatchPutStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.TransactionalStore;
import dev.backplane.spi.WritableStore;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many writes at once, behind the guard. */
final class OpenStoreWritesTest {
  private static final Item A = new Item("a", "1", JsonObject.empty());
  private static final Item B = new Item("b", "1", JsonObject.empty());
  private static final StoreException INVALID = new StoreException(Reason.INVALID, "No.");
  private static final Precondition ABSENT = new Precondition.Absent();

  private static class Single implements WritableStore {
    @Override
    public Optional<Item> get(String id) {
      return Optional.empty();
    }

    @Override
    public Page list(Query query) {
      return Page.last(List.of());
    }

    @Override
    public PutResult put(String id, JsonObject body, Precondition precondition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DeleteResult delete(String id, Precondition precondition) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Many extends Single implements BatchPutStore, TransactionalStore {
    private final Supplier<?> answer;

    Many(Supplier<?> answer) {
      this.answer = answer;
    }

    @Override
    public int mostWrites() {
      return (Integer) answer.get();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, PutOutcome> putAll(Map<String, JsonObject> bodies) {
      return (Map<String, PutOutcome>) answer.get();
    }

    @Override
    public WriteAllResult writeAll(List<Write> writes) {
      return (WriteAllResult) answer.get();
    }
  }

  private static OpenStore open(Store store) {
    return OpenStores.of(store, "scripted", Store.class.getClassLoader());
  }

  private static OpenStore answering(Object answer) {
    return open(new Many(() -> answer));
  }

  private static WriteAllResult writeAll(Object answer, Write... writes) {
    return answering(answer).writeAll(List.of(writes));
  }

  private static Map<String, PutOutcome> putAll(Object answer) {
    return answering(answer).putAll(Map.of("a", JsonObject.empty(), "b", JsonObject.empty()));
  }

  private static Write put(Precondition precondition) {
    return new Write.Put("a", JsonObject.empty(), precondition);
  }

  private static Write delete(Precondition precondition) {
    return new Write.Delete("b", precondition);
  }

  private static WriteAllResult done(Item... items) {
    return new WriteAllResult.Done(Arrays.stream(items).map(Optional::ofNullable).toList());
  }

  private static WriteAllResult refused(int index, Refusal refusal) {
    return new WriteAllResult.Refused(Map.of(index, refusal));
  }

  private static Refusal failed(Item current) {
    return new Refusal.PreconditionFailed(Optional.ofNullable(current));
  }

  @Test
  void abilities_followFromTheType() {
    OpenStore single = open(new Single());
    assertThat(single.putsMany()).isFalse();
    assertThat(single.mostWrites()).isEmpty();
    assertThatThrownBy(() -> single.putAll(Map.of())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> single.writeAll(List.of())).isInstanceOf(IllegalStateException.class);
    assertThat(answering(7).putsMany()).isTrue();
    assertThat(answering(7).mostWrites()).hasValue(7);
    assertBroken(() -> answering(0).mostWrites(), "mostWrites returned no positive number");
  }

  @Test
  void writeAll_whenTheAnswerFits_isPassedOn() {
    for (WriteAllResult result :
        List.of(
            done(A, B),
            done(A, null),
            refused(0, failed(A)),
            refused(0, new Refusal.Failed(INVALID)),
            refused(1, failed(null)))) {
      assertThat(writeAll(result, put(ABSENT), delete(new Precondition.None()))).isSameAs(result);
    }
    Precondition matches = new Precondition.Matches("x");
    assertThat(writeAll(refused(0, failed(A)), put(matches))).isNotNull();
    assertThat(writeAll(refused(0, failed(null)), put(matches))).isNotNull();
  }

  static List<WriteAllResult> wrong() {
    return List.of(
        done(A),
        done(A, B, B),
        done(null, B),
        done(B, B),
        done(A, A),
        new WriteAllResult.Refused(Map.of()),
        refused(-1, failed(A)),
        refused(2, failed(A)),
        refused(0, failed(B)),
        refused(0, failed(null)), // the put needs that there is none
        refused(1, failed(B)), // the delete needs no state
        refused(0, new Refusal.Failed(new StoreException(Reason.THROTTLED, "Later."))),
        refused(0, new Refusal.Failed(new StoreException(Reason.INVALID, null))));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void writeAll_whenTheAnswerDoesNotFit_isADefect(WriteAllResult result) {
    assertThatThrownBy(() -> writeAll(result, put(ABSENT), delete(new Precondition.None())))
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE))
        .hasMessage("The backend of this resource failed.");
  }

  @Test
  void writeAll_whenItDoesWhatItMustNot_isADefect() {
    assertBroken(() -> writeAll(null, put(ABSENT)), "writeAll returned null");
    assertBroken(
        () -> writeAll(done(B), delete(ABSENT)), "writeAll did what its precondition rules out");
    assertBroken(
        () -> writeAll(refused(0, failed(A)), put(new Precondition.Exists())),
        "writeAll refused a write whose precondition holds");
    assertBroken(
        () -> writeAll(refused(0, failed(null)), put(new Precondition.None())),
        "writeAll refused a write whose precondition holds");
  }

  @Test
  void putAll_whenTheAnswerFits_isPassedOn() {
    Map<String, PutOutcome> outcomes =
        Map.of("a", new PutOutcome.Stored(A), "b", new PutOutcome.Failed(INVALID));
    assertThat(putAll(outcomes)).isEqualTo(outcomes);
  }

  @Test
  void putAll_whenTheAnswerDoesNotFit_isADefect() {
    PutOutcome stored = new PutOutcome.Stored(A);
    String others = "putAll told of other items than it was given";
    assertBroken(() -> putAll(null), "putAll failed");
    assertBroken(() -> putAll(Map.of()), others);
    assertBroken(() -> putAll(Map.of("a", stored)), others);
    assertBroken(() -> putAll(Map.of("a", stored, "b", stored, "c", stored)), others);
    assertBroken(
        () -> putAll(Map.of("a", stored, "b", stored)), "putAll returned an item with another id");
    assertBroken(
        () ->
            putAll(
                Map.of(
                    "a",
                    stored,
                    "b",
                    new PutOutcome.Failed(new StoreException(Reason.INVALID, null)))),
        "putAll did not say why an item failed");
    Map<String, PutOutcome> none = new HashMap<>(Map.of("a", stored));
    none.put("b", null);
    assertBroken(() -> putAll(none), "putAll failed");
  }

  private static void assertBroken(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE))
        .cause()
        .hasMessage("service scripted: " + why);
  }
}
