package dev.backplane.plugin.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryStoreTest {
  private static final JsonCodec JSON =
      TestContext.of(JsonObject.empty(), Path.of("").toAbsolutePath()).json();
  private static final Precondition NONE = new Precondition.None();

  private final MemoryStore store = store(100_000);

  @Test
  void put_when_the_store_is_full_says_what_to_change() {
    MemoryStore small = store(2);
    small.put("a", number(1), NONE);
    small.put("b", number(2), NONE);
    assertThatThrownBy(() -> small.put("c", number(3), NONE))
        .isInstanceOfSatisfying(
            StoreException.class,
            full -> assertThat(full.reason()).isEqualTo(StoreException.Reason.CONFLICT))
        .hasMessage(
            "This resource is full, as it holds at most 2 items: delete some, or raise max-items in"
                + " the mapping.");
    assertThat(small.put("b", number(4), NONE)).isInstanceOf(PutResult.Replaced.class);
    small.delete("a", NONE);
    assertThat(small.put("c", number(3), NONE)).isInstanceOf(PutResult.Created.class);
    assertThat(small.count(Filter.all())).hasValue(2);
  }

  @Test
  void put_when_many_create_at_once_never_exceeds_the_bound() throws Exception {
    MemoryStore small = store(10);
    inParallel(
        4,
        thread -> {
          for (int i = 0; i < 20; i++) {
            try {
              small.put(thread + "-" + i, number(i), NONE);
            } catch (StoreException full) {
              assertThat(full.reason()).isEqualTo(StoreException.Reason.CONFLICT);
            }
          }
        });
    assertThat(small.list(Query.first(100)).items()).hasSize(10);
  }

  @Test
  void put_when_the_body_lacks_the_id_field_adds_it_in_the_type_that_it_had() {
    store.put("1", JsonObject.of("id", JsonNumber.of(1)), NONE);
    store.put("1", number(5), NONE);
    assertThat(store.get("1").orElseThrow().body())
        .isEqualTo(number(5).with("id", JsonNumber.of(1)));
    store.put("2", number(5), NONE);
    assertThat(store.get("2").orElseThrow().body().get("id")).contains(new JsonString("2"));
  }

  @Test
  void version_when_the_process_starts_again_names_the_same_content() {
    Map<String, JsonObject> file = Map.of("a", JsonObject.of("id", new JsonString("a")));
    String first =
        new MemoryStore("id", JSON, 10, new Space(Long.MAX_VALUE), file)
            .get("a")
            .orElseThrow()
            .version();
    MemoryStore again = new MemoryStore("id", JSON, 10, new Space(Long.MAX_VALUE), file);
    assertThat(again.get("a").orElseThrow().version()).isEqualTo(first);
    again.put("a", number(1), NONE);
    assertThat(again.get("a").orElseThrow().version()).isNotEqualTo(first);
  }

  @Test
  void list_when_not_ordered_is_in_order_of_creation() {
    for (String id : List.of("c", "a", "b")) {
      store.put(id, number(1), NONE);
    }
    store.put("c", number(2), NONE);
    assertThat(ids(store.list(Query.first(10)).items())).containsExactly("c", "a", "b");
  }

  @Test
  void list_when_the_page_is_exactly_full_has_no_next() {
    store.put("a", number(1), NONE);
    store.put("b", number(2), NONE);
    assertThat(store.list(Query.first(2)).next()).isEmpty();
    assertThat(store.list(Query.first(1)).next()).isPresent();
    assertThat(store.list(Query.first(1).filteredBy(Filter.where("n", Operator.EQ, "1"))).next())
        .isEmpty();
    assertThat(store.list(Query.first(Integer.MAX_VALUE).orderedBy(by("n", false))).items())
        .hasSize(2);
  }

  @Test
  void list_when_a_key_lies_inside_of_another_continues_at_the_right_place() {
    for (int i = 0; i < 9; i++) {
      JsonValue inner = i % 3 == 0 ? new JsonString("text") : number(i % 3);
      store.put("id" + i, JsonObject.of("a", inner), NONE);
    }
    for (List<Order> keys :
        List.of(
            List.of(new Order(path("a"), false), new Order(path("a.n"), true)),
            List.of(new Order(path("a.n"), true), new Order(path("a"), false)),
            List.of(new Order(path("a"), false), new Order(path("a"), true)))) {
      List<String> whole = ids(store.list(Query.first(100).orderedBy(keys)).items());
      assertThat(whole).hasSize(9);
      assertThat(walk(Query.first(1).orderedBy(keys))).isEqualTo(whole);
      assertThat(walk(Query.first(2).orderedBy(keys))).isEqualTo(whole);
    }
  }

  @Test
  void list_when_the_last_item_of_a_page_is_gone_continues_behind_its_place() {
    for (int i = 0; i < 6; i++) {
      store.put("id" + i, number(i), NONE);
    }
    Query query = Query.first(2).orderedBy(by("n", true));
    Page first = store.list(query);
    assertThat(ids(first.items())).containsExactly("id5", "id4");
    store.delete("id4", NONE);
    store.put("id9", number(9), NONE);
    Page second = store.list(query.from(first.next().orElseThrow()));
    assertThat(ids(second.items())).containsExactly("id3", "id2");
  }

  @Test
  void list_when_items_come_and_go_meets_those_that_stay_once() throws Exception {
    List<String> staying = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      store.put("id" + i, number(i % 7), NONE);
      if (i % 2 == 0) {
        staying.add("id" + i);
      }
    }
    AtomicBoolean listing = new AtomicBoolean(true);
    inParallel(
        3,
        thread -> {
          if (thread == 0) {
            while (listing.get()) {
              for (int i = 1; i < 200; i += 2) {
                store.delete("id" + i, NONE);
                store.put("id" + i, number(i % 5), NONE);
                store.put("id" + (i - 1), number((i - 1) % 7).with("again", number(i)), NONE);
              }
            }
            return;
          }
          try {
            List<Order> keys = thread == 1 ? List.of() : by("n", true);
            for (int i = 0; i < 30; i++) {
              List<String> seen = walk(Query.first(9).orderedBy(keys));
              seen.retainAll(new HashSet<>(staying));
              assertThat(seen).containsExactlyInAnyOrderElementsOf(staying);
            }
          } finally {
            listing.set(false);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "not json",
        "null",
        "[]",
        "[1.5]",
        "[1e999999999]",
        "[\"1\"]",
        "[1, 2]",
        "[[], \"id\"]",
        "[[1], \"\"]",
        "[[1], 2]",
        "[[1, 2], \"id\"]",
        "{\"a\": 1}"
      })
  void list_when_the_cursor_is_of_no_such_list_refuses_it(String content) {
    store.put("a", number(1), NONE);
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(content.getBytes(StandardCharsets.UTF_8));
    assertRefused(Query.first(1).from(cursor));
    assertRefused(Query.first(1).orderedBy(by("n", false)).from(cursor));
  }

  @Test
  void list_when_the_cursor_is_of_another_order_refuses_it() {
    store.put("a", number(1), NONE);
    store.put("b", JsonObject.of("n", JsonArray.of()), NONE);
    String plain = store.list(Query.first(1)).next().orElseThrow();
    String ordered = store.list(Query.first(1).orderedBy(by("n", false))).next().orElseThrow();
    assertRefused(Query.first(1).orderedBy(by("n", false)).from(plain));
    assertRefused(Query.first(1).from(ordered));
  }

  private void assertRefused(Query query) {
    assertThatThrownBy(() -> store.list(query))
        .isInstanceOfSatisfying(
            StoreException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(StoreException.Reason.INVALID));
  }

  private List<String> walk(Query first) {
    List<String> ids = new ArrayList<>();
    Page page = store.list(first);
    ids.addAll(ids(page.items()));
    while (page.next().isPresent()) {
      page = store.list(first.from(page.next().get()));
      ids.addAll(ids(page.items()));
    }
    return ids;
  }

  private interface Task {
    void run(int thread) throws Exception;
  }

  private static void inParallel(int threads, Task task) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        futures.add(
            executor.submit(() -> {
              task.run(thread);
              return null;
            }));
      }
      for (Future<?> future : futures) {
        future.get(2, TimeUnit.MINUTES);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static MemoryStore store(int most) {
    return new MemoryStore("id", JSON, most, new Space(Long.MAX_VALUE), Map.of());
  }

  private static JsonObject number(int n) {
    return JsonObject.of("n", JsonNumber.of(n));
  }

  private static FieldPath path(String dotted) {
    return FieldPath.parse(dotted);
  }

  private static List<Order> by(String field, boolean descending) {
    return List.of(new Order(path(field), descending));
  }

  private static List<String> ids(List<Item> items) {
    return items.stream().map(Item::id).toList();
  }
}
