package dev.backplane.plugin.http;

import static dev.backplane.plugin.http.Stores.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.plugin.http.Habits.Pages;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists whose pages are not those of the backend, and whose items come and go between them. */
class ListsTest {
  private static RestServer server;

  @BeforeAll
  static void startServer() {
    server = RestServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static WritableStore open(Pages pages, String parameters) {
    Habits habits = Habits.of(pages).wrapping();
    String settings =
        "{'writes': 'conditional', 'items-in': 'data', 'item-in': 'data', 'paging':"
            + " {'style': '%s', 'next-in': 'meta.next'%s}}";
    String word = pages.name().toLowerCase(Locale.ROOT);
    String rest = pages == Pages.CURSOR ? ", 'parameter': 'after'" + parameters : parameters;
    String text = settings.formatted(word, rest);
    boolean linked = pages == Pages.LINK;
    return Stores.writable(
        server.add(habits), linked ? text.replace(", 'next-in': 'meta.next'", "") : text);
  }

  private static void fill(WritableStore store, int items) {
    for (int n = 0; n < items; n++) {
      JsonObject body = JsonObject.of("n", JsonNumber.of(n));
      store.put("i" + n, body, new Precondition.Absent());
    }
  }

  private static List<String> ids(List<Item> items) {
    return items.stream().map(Item::id).toList();
  }

  private static List<String> range(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> "i" + n).toList();
  }

  /** The rest of a list, behind a page. */
  private static List<String> rest(WritableStore store, Query query, Page page) {
    List<String> ids = new ArrayList<>();
    Page current = page;
    while (current.next().isPresent()) {
      current = store.list(query.from(current.next().get()));
      ids.addAll(ids(current.items()));
    }
    return ids;
  }

  @ParameterizedTest
  @EnumSource(Pages.class)
  void list_when_the_backend_chooses_the_size_gives_each_item_once(Pages pages) {
    try (WritableStore store = open(pages, "")) {
      fill(store, 230);
      Query query = Query.first(7);
      Page first = store.list(query);
      assertThat(ids(first.items())).isEqualTo(range(0, 7));
      assertThat(rest(store, query, first)).isEqualTo(range(7, 230));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Pages.class,
      names = {"NONE", "LINK", "CURSOR", "OFFSET"})
  void list_when_items_go_in_front_goes_on_behind_the_last_one(Pages pages) {
    try (WritableStore store = open(pages, "")) {
      fill(store, 60);
      Query query = Query.first(30);
      Page first = store.list(query);
      assertThat(first.items()).hasSize(30);
      // and three of the last ones that were given
      for (int n : IntStream.concat(IntStream.range(0, 25), IntStream.range(27, 30)).toArray()) {
        store.delete("i" + n, new Precondition.None());
      }
      assertThat(rest(store, query, first)).isEqualTo(range(30, 60));
    }
  }

  @Test
  void list_when_all_that_it_remembers_is_gone_goes_on_by_the_count() {
    try (WritableStore store = open(Pages.OFFSET, ", 'size-parameter': 'limit'")) {
      fill(store, 12);
      Query query = Query.first(2);
      Page first = store.list(query);
      store.delete("i0", new Precondition.None());
      store.delete("i1", new Precondition.None());
      assertThat(rest(store, query, first)).isEqualTo(range(4, 12));
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 2", "100, 1"})
  void list_when_the_largest_page_is_known_ends_with_a_shorter_one(int most, int pages) {
    String parameters = ", 'size-parameter': 'limit', 'max-page-size': " + most;
    try (WritableStore store = open(Pages.OFFSET, parameters)) {
      fill(store, 14);
      Query query = Query.first(50);
      List<Integer> sizes = new ArrayList<>();
      Page page = store.list(query);
      sizes.add(page.items().size());
      while (page.next().isPresent()) {
        page = store.list(query.from(page.next().get()));
        sizes.add(page.items().size());
      }
      assertThat(sizes).hasSize(pages);
      assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(14);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/v1/other",
        "/v1/things/../other",
        "x y",
        "things"
      })
  void list_when_a_cursor_leads_out_of_the_url_is_refused(String position) {
    try (WritableStore store = open(Pages.LINK, "")) {
      String cursor =
          new CursorCodec(RestCollection.JSON).write(new Cursor(position, 0, 0, List.of()));
      assertFails(Reason.INVALID, () -> store.list(Query.first(2).from(cursor)));
    }
  }
}
