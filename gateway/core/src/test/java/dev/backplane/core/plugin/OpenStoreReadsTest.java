package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Page.Work;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Batch reads, estimates and what a store says of its work, behind the guard. */
final class OpenStoreReadsTest {
  private static final Item A = new Item("a", "1", JsonObject.empty());
  private static final Item B = new Item("b", "1", JsonObject.empty());

  private static class Single implements Store {
    private final List<String> asked = new ArrayList<>();

    @Override
    public Optional<Item> get(String id) {
      asked.add(id);
      return List.of(A, B).stream().filter(item -> item.id().equals(id)).findFirst();
    }

    @Override
    public Page list(Query query) {
      return Page.last(List.of());
    }
  }

  private static final class Batch extends Single implements BatchGetStore, CountableStore {
    private final Function<Set<String>, List<Item>> getAll;
    private final Supplier<OptionalLong> estimate;

    Batch(Function<Set<String>, List<Item>> getAll, Supplier<OptionalLong> estimate) {
      this.getAll = getAll;
      this.estimate = estimate;
    }

    @Override
    public List<Item> getAll(Set<String> ids) {
      return getAll.apply(ids);
    }

    @Override
    public OptionalLong count(Filter filter) {
      return OptionalLong.of(2);
    }

    @Override
    public OptionalLong estimate(Filter filter) {
      return estimate.get();
    }
  }

  private static OpenStore open(Store store) {
    return OpenStores.of(store, "scripted", Store.class.getClassLoader());
  }

  private static OpenStore giving(Item... items) {
    return open(new Batch(ids -> Arrays.asList(items), OptionalLong::empty));
  }

  private static Set<String> ids(String... ids) {
    return new LinkedHashSet<>(List.of(ids));
  }

  private static void assertBroken(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE))
        .hasMessage("The backend of this resource failed.");
  }

  @Test
  void getAll_givesTheItemsInTheOrderOfTheIds() {
    assertThat(giving(A, B).getAll(ids("b", "none", "a"))).containsExactly(B, A);
    assertThat(open(new Single()).getAll(ids("b", "none", "a"))).containsExactly(B, A);
    assertThat(giving().getAll(ids("a", "b"))).isEmpty();
  }

  @Test
  void getAll_whenTheStoreHasNone_getsEachInTheOrderOfTheIds() {
    Single store = new Single();
    open(store).getAll(ids("b", "none", "a"));
    assertThat(store.asked).containsExactly("b", "none", "a");
  }

  @Test
  void getAll_ofNothing_asksNobody() {
    Batch store = new Batch(ids -> List.of(A), OptionalLong::empty);
    assertThat(open(store).getAll(Set.of())).isEmpty();
    assertThat(store.getAll(Set.of())).isNotEmpty();
  }

  @Test
  void getAll_whenTheAnswerIsNotOneToTheQuestion_fails() {
    Item c = new Item("c", "1", JsonObject.empty());
    assertBroken(() -> giving(A, c).getAll(ids("a", "b")));
    assertBroken(() -> giving(A, A).getAll(ids("a", "b")));
    assertBroken(() -> giving(A, null).getAll(ids("a", "b")));
    assertBroken(() -> open(new Batch(ids -> null, OptionalLong::empty)).getAll(ids("a", "b")));
  }

  @Test
  void getAll_doesNotLetThePluginChangeWhatWasAsked() {
    Batch store =
        new Batch(
            ids -> {
              ids.clear();
              return List.of();
            },
            OptionalLong::empty);
    Set<String> ids = ids("a", "b");
    assertBroken(() -> open(store).getAll(ids));
    assertThat(ids).hasSize(2);
  }

  @Test
  void estimate_whenGiven_isPassedOn_andNeverNegative() {
    assertThat(open(new Batch(ids -> List.of(), () -> OptionalLong.of(7))).estimate(Filter.all()))
        .hasValue(7);
    assertThat(giving().estimate(Filter.all())).isEmpty();
    assertThat(open(new Single()).estimate(Filter.all())).isEmpty();
    assertBroken(
        () -> open(new Batch(ids -> List.of(), () -> OptionalLong.of(-1))).estimate(Filter.all()));
    assertBroken(() -> open(new Batch(ids -> List.of(), () -> null)).estimate(Filter.all()));
  }

  @Test
  void list_keepsWhatAStoreSaysOfItsWork_whereItIsFitForAHeader() {
    Work told =
        checked(
            new Work(
                Filtering.PART,
                OptionalLong.of(5),
                Map.of(
                    "index", "by-name",
                    "note", "a \"quoted\" text",
                    "Loud", "x",
                    "scanned", "1",
                    "long", "x".repeat(101),
                    "lines", "a\r\nX-Other: b",
                    "other", "ü",
                    "empty", "")));
    assertThat(told)
        .isEqualTo(
            new Work(
                Filtering.PART,
                OptionalLong.of(5),
                Map.of("index", "by-name", "note", "a \"quoted\" text")));
    assertThat(checked(new Work(Filtering.ALL, OptionalLong.of(-1), Map.of())).examined())
        .isEmpty();
  }

  private static Work checked(Work work) {
    Store store =
        new Single() {
          @Override
          public Page list(Query query) {
            return Page.last(List.of()).with(work);
          }
        };
    return open(store).list(Query.first(1)).work();
  }
}
