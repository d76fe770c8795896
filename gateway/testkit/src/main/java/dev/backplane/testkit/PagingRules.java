package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Following a list from page to page. */
interface PagingRules {
  @Test
  default void list_when_paged_gives_every_item_exactly_once(Resource resource, Store store) {
    Set<String> stored = resource.fill(17).keySet();
    int count = stored.size();
    for (int limit : new TreeSet<>(List.of(1, 2, 3, 7, Math.max(1, count - 1), count, count + 1))) {
      assertThat(Walk.ids(store, Query.first(limit)))
          .as("the items of all pages of %d: each item once, none left out, also at the end", limit)
          .containsExactlyInAnyOrderElementsOf(stored);
    }
  }

  @Test
  default void list_when_paged_again_has_the_same_order(Resource resource, Store store) {
    resource.fill(17);
    assertThat(Walk.ids(store, Query.first(4)))
        .as("a list without an order, a second time: any order, but the same")
        .isEqualTo(Walk.ids(store, Query.first(4)));
  }

  @Test
  default void list_when_a_cursor_is_used_again_gives_the_same_page(
      Resource resource, Store store) {
    resource.fill(9);
    Query first = Query.first(3);
    Page start = store.list(first);
    assertThat(start.next())
        .as("the cursor of a first page of at most 3 items, when there are more")
        .isPresent();
    Query second = first.from(start.next().orElseThrow());
    Page once = store.list(second);
    Walk.items(store, second);
    assertThat(Walk.ids(store.list(second).items()))
        .as("the page of a cursor that was followed before: clients ask again and go back")
        .isEqualTo(Walk.ids(once.items()));
  }

  @Test
  default void list_when_the_resource_is_empty_has_no_items(
      Resource resource, WritableStore store) {
    assertThat(Walk.items(store, Query.first(10)))
        .as("the list of an empty resource; settings() gives a fresh one before each test")
        .isEmpty();
  }

  @Test
  default void list_when_a_cursor_is_made_up_is_refused(Resource resource, Store store) {
    resource.fill(5);
    for (String cursor : List.of("made up, by nobody's store!", "", "\u0000\u0001", "%%%", "😀")) {
      Throwable refusal = catchThrowable(() -> store.list(Query.first(2).from(cursor)));
      assertThat(refusal)
          .as(
              "what list throws for the cursor \"%s\", which no store makes: a StoreException with"
                  + " the reason INVALID; give cursors a form that can be checked",
              cursor)
          .isInstanceOfSatisfying(
              StoreException.class,
              exception ->
                  assertThat(exception.reason())
                      .as("the reason for which the cursor \"%s\" is refused", cursor)
                      .isEqualTo(StoreException.Reason.INVALID));
    }
  }
}
