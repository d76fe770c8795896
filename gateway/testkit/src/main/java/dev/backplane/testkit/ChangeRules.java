package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Item;
import dev.backplane.spi.Order;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.WritableStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lists of items that change while a client pages through them. */
interface ChangeRules {
  @Test
  default void list_when_items_change_between_pages_keeps_the_others(
      Resource resource, WritableStore store) {
    changeWhilePaging(resource, store, Query.first(2));
  }

  @Test
  default void list_when_items_change_between_ordered_pages_keeps_the_others(
      Resource resource, WritableStore store) {
    for (boolean descending : List.of(false, true)) {
      Query query =
          Query.first(2).orderedBy(List.of(new Order(FieldPath.parse("half"), descending)));
      OrderRules.assumeServed(store, query);
      changeWhilePaging(resource, store, query);
    }
  }

  /** Items 0 to 4 and 15 to 19 go, 20 and on come, 5 to 14 stay or are replaced. */
  private static void changeWhilePaging(Resource resource, WritableStore store, Query query) {
    List<String> staying = new ArrayList<>(resource.fill(20).keySet()).subList(5, 15);
    Deque<Integer> leaving = new ArrayDeque<>(List.of(0, 19, 1, 18, 2, 17, 3, 16, 4, 15));
    AtomicInteger added = new AtomicInteger(20);
    List<Item> seen =
        Walk.items(
            store,
            query,
            () -> {
              Integer number = leaving.poll();
              if (number != null) {
                store.delete(resource.id(number), new Precondition.None());
                int next = added.getAndIncrement();
                resource.put(
                    resource.id(next), Json.of("{'half': %d}".formatted(next % 2 == 0 ? 0 : 99)));
                // one from each side, so that some were seen already and some were not
                replace(resource, 5 + next % 10);
                replace(resource, 14 - next % 10);
              }
            });
    List<String> ids = new ArrayList<>(Walk.ids(seen));
    ids.retainAll(staying);
    assertThat(ids)
        .as(
            "the items that were there throughout, while others came and went between pages: each"
                + " exactly once; a cursor that counts items loses some, one that names the last"
                + " item's place does not")
        .containsExactlyInAnyOrderElementsOf(staying);
  }

  private static void replace(Resource resource, int number) {
    resource.put(
        resource.id(number), Json.of("{'half': %d, 'replaced': true}".formatted(number / 2)));
  }
}
