package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.WritableStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a store says of its work is true, and fit for clients; it may say nothing. */
interface WorkRules {
  @Test
  default void list_when_it_says_how_much_it_filtered_says_the_truth(
      Resource resource, WritableStore store) {
    for (Filter filter : FilterTable.store(resource).expected().keySet()) {
      Query query = Query.first(4).filteredBy(filter);
      for (Page page = store.list(query); ; page = store.list(query)) {
        if (page.work().filtering() == Filtering.ALL) {
          assertThat(page.items())
              .as("a page of %s whose store says that it filtered ALL: only matches", filter)
              .allMatch(item -> filter.test(shown(resource, item).body()));
        }
        Optional<String> next = page.next();
        if (next.isEmpty()) {
          break;
        }
        query = query.from(next.get());
      }
    }
  }

  @Test
  default void list_when_it_says_how_much_it_examined_examined_what_it_returned(
      Resource resource, Store store) {
    int items = resource.fill(9).size();
    for (int limit : new int[] {1, 4, items, items + 1}) {
      Page page = store.list(Query.first(limit));
      assertThat(page.work().examined().orElse(page.items().size()))
          .as("how many items were examined for a page of %d", page.items().size())
          .isGreaterThanOrEqualTo(page.items().size());
    }
  }

  @Test
  default void list_when_it_gives_details_gives_such_as_a_header_can_hold(
      Resource resource, Store store) {
    resource.fill(3);
    Page page = store.list(Query.first(2));
    assertThat(page.work().details().keySet())
        .as("the names of details: lower-case words, at most 8, none that the gateway uses itself")
        .hasSizeLessThanOrEqualTo(8)
        .allMatch(name -> name.matches("[a-z][a-z0-9-]{0,39}"))
        .doesNotContain("filter", "sort", "count", "scanned");
    assertThat(page.work().details().values())
        .as("the values of details: 1 to 100 printable ASCII characters")
        .allMatch(value -> value.matches("[ -~]{1,100}"));
  }

  /** As the gateway sees it: with the id, whether or not the store keeps it in the body. */
  private static Item shown(Resource resource, Item item) {
    String field = resource.idField();
    return item.body().get(field).isPresent()
        ? item
        : new Item(item.id(), item.version(), item.body().with(field, new JsonString(item.id())));
  }
}
