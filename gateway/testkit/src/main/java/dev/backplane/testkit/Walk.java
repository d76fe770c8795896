package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.backplane.spi.Item;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import java.util.ArrayList;
import java.util.List;

/** Follows a list from its first page to its end. */
final class Walk {
  /** Far more than the contract's few items take, even with empty pages among them. */
  private static final int MOST_PAGES = 1_000;

  private Walk() {}

  static List<Item> items(Store store, Query query) {
    return items(store, query, () -> {});
  }

  /** Does something between each page and the next. */
  static List<Item> items(Store store, Query first, Runnable between) {
    List<Item> items = new ArrayList<>();
    Query query = first;
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Page page = store.list(query);
      assertThat(page.items())
          .as("list keeps the limit: at most %d items a page", query.limit())
          .hasSizeLessThanOrEqualTo(query.limit());
      items.addAll(page.items());
      if (page.next().isEmpty()) {
        return items;
      }
      query = query.from(page.next().get());
      between.run();
    }
    return fail(
        "the list never ends: after %d pages of %d there is still a next one; a cursor continues"
            + " behind the last item of its page",
        MOST_PAGES, first.limit());
  }

  static List<String> ids(Store store, Query query) {
    return ids(items(store, query));
  }

  static List<String> ids(List<Item> items) {
    return items.stream().map(Item::id).toList();
  }
}
