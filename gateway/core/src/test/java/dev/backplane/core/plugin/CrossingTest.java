package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.CountableStore;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who observes the calls of a store hears of each, when it begins and how it ended. */
class CrossingTest {
  private final List<String> heard = new ArrayList<>();
  private final OpenStore store =
      new OpenStore(
          new Moody(),
          new Crossing(
              "users",
              "moody",
              "service moody",
              new ContextLoader(getClass().getClassLoader()),
              (resource, service, operation) -> {
                heard.add(resource + " " + service + " " + operation);
                return error -> heard.add(operation + ": " + error);
              }));

  /** What becomes of a read is in the id. */
  private static final class Moody implements CountableStore {
    @Override
    public Optional<Item> get(String id) {
      return switch (id) {
        case "slow" -> throw new StoreException(StoreException.Reason.TIMEOUT, "Too slow.");
        case "broken" -> throw new IllegalStateException(id);
        case "dead" -> throw new OutOfMemoryError(id);
        case "other" -> Optional.of(new Item("another", "1", JsonObject.empty()));
        default -> Optional.of(new Item(id, "1", JsonObject.empty()));
      };
    }

    @Override
    public Page list(Query query) {
      return Page.last(List.of());
    }

    @Override
    public OptionalLong count(Filter filter) {
      return OptionalLong.of(-1);
    }
  }

  @Test
  void call_that_gives_an_answer_ends_with_nothing() {
    store.get("a");
    assertThat(heard).containsExactly("users moody get", "get: ");
  }

  @Test
  void call_that_fails_ends_with_the_reason() {
    assertThatThrownBy(() -> store.get("slow")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.get("broken")).isInstanceOf(StoreException.class);
    assertThat(heard)
        .containsExactly("users moody get", "get: timeout", "users moody get", "get: unavailable");
  }

  @Test
  void answer_that_breaks_the_contract_is_a_failure() {
    assertThatThrownBy(() -> store.get("other")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.count(Filter.all())).isInstanceOf(StoreException.class);
    assertThat(heard).contains("get: unavailable", "count: unavailable").doesNotContain("get: ");
  }

  @Test
  void end_of_the_process_is_told_before_it_is_passed_on() {
    assertThatThrownBy(() -> store.get("dead")).isInstanceOf(OutOfMemoryError.class);
    assertThat(heard).containsExactly("users moody get", "get: fatal");
  }

  @Test
  void each_read_of_many_is_a_call() {
    assertThat(store.getAll(Set.of("a", "b"))).hasSize(2);
    assertThat(heard).hasSize(4).contains("get: ");
  }

  @Test
  void what_a_store_says_of_itself_is_no_work() {
    assertThat(store.mostWrites()).isEmpty();
    assertThat(store.isWritable()).isFalse();
    store.close();
    assertThat(heard).isEmpty();
  }
}
