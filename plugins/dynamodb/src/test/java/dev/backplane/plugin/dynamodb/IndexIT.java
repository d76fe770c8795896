package dev.backplane.plugin.dynamodb;

import static dev.backplane.plugin.dynamodb.TableFixture.by;
import static dev.backplane.plugin.dynamodb.TableFixture.n;
import static dev.backplane.plugin.dynamodb.TableFixture.s;
import static dev.backplane.plugin.dynamodb.TableFixture.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Lists that an index serves: which one is taken, what it may not lose, and in what order. */
class IndexIT {
  private static final String INDEXES =
      "{'indexes': {"
          + "'by-city': {'key': 'city', 'sort-key': 'age', 'sort-key-type': 'number'},"
          + "'by-state': {'key': 'state', 'projection': 'part'}}}";

  private final TableFixture people = TableFixture.make(INDEXES);

  @AfterEach
  void close() {
    people.close();
  }

  /** Forty people in four cities; every fifth has no age, every third no state. */
  private List<Integer> fill() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Map<String, AttributeValue> item = new HashMap<>();
      item.put("id", s("p" + i));
      item.put("city", s(city(i)));
      item.put("name", s("name " + i));
      if (i % 5 != 0) {
        item.put("age", n(i / 8));
      }
      if (i % 3 != 0) {
        item.put("state", s(i % 2 == 0 ? "on" : "off"));
      }
      people.putByOthers(item);
      numbers.add(i);
    }
    return numbers;
  }

  private static String city(int i) {
    return List.of("Oslo", "Rome", "Lima", "Kyiv").get(i % 4);
  }

  private String index(Query query) {
    return people.store.list(query).work().details().getOrDefault("index", "none");
  }

  @Test
  void list_when_an_index_may_lack_matches_does_not_use_it() {
    fill();
    Query oslo = where("city", Operator.EQ, "Oslo");
    assertThat(people.ids(oslo)).hasSize(10);
    assertThat(index(oslo)).isEqualTo("none");
    Query notOne =
        where(Filter.where("city", Operator.EQ, "Oslo"), Filter.where("age", Operator.NE, "1"));
    assertThat(index(notOne)).isEqualTo("none");
    assertThat(people.ids(notOne)).contains("p0", "p20");

    // the mapping knows that everyone has an age, so those without are not its business
    try (TableFixture complete =
        people.openedWith(INDEXES.replace("'number'}", "'number', 'complete': true}"))) {
      assertThat(complete.ids(oslo)).hasSize(8);
      assertThat(complete.sent()).containsOnly("Query");
      assertThat(complete.store.count(oslo.filter())).hasValue(8);
    }
  }

  @Test
  void list_when_an_index_serves_it_examines_its_matches_only() {
    fill();
    Query query =
        where(Filter.where("city", Operator.EQ, "Oslo"), Filter.where("age", Operator.GTE, "3"));
    assertThat(people.ids(query)).containsExactlyInAnyOrder("p24", "p28", "p32", "p36");
    assertThat(people.sent()).containsOnly("Query");
    Page page = people.store.list(query);
    assertThat(page.work().examined()).hasValue(4);
    assertThat(page.work().filtering()).isEqualTo(Filtering.ALL);
    assertThat(page.work().details())
        .containsEntry("index", "by-city")
        .containsEntry("read", "query")
        .containsEntry("capacity", "0.5");
    assertThat(people.store.count(query.filter())).hasValue(4);
  }

  @Test
  void list_when_an_index_holds_a_part_of_an_item_reads_the_rest_from_the_table() {
    fill();
    Query on = where("state", Operator.EQ, "on");
    List<Item> items = people.all(on);
    assertThat(items).hasSize(13);
    assertThat(items)
        .allSatisfy(item -> assertThat(item).isEqualTo(people.store.get(item.id()).orElseThrow()));
    people.sent();
    people.store.list(on);
    assertThat(people.sent()).containsExactly("Query", "BatchGetItem");
    assertThat(people.store.count(on.filter())).hasValue(13);
  }

  @Test
  void list_when_many_values_are_asked_for_reads_each_by_the_index() {
    fill();
    Query query =
        where(
            Filter.where("city", Operator.IN, "Oslo", "Nowhere", "Lima"),
            Filter.where("age", Operator.LT, "2"));
    for (int limit : new int[] {1, 2, 3, 50}) {
      assertThat(people.ids(query.limitedTo(limit)))
          .as("pages of %d", limit)
          .containsExactlyInAnyOrder("p4", "p8", "p12", "p2", "p6", "p14");
    }
    assertThat(people.sent()).containsOnly("Query");
  }

  @Test
  void list_when_ordered_by_an_index_breaks_ties_by_id() {
    // ties of 30, so that a page ends within them
    for (int i = 0; i < 100; i++) {
      people.putByOthers(Map.of("id", s("q" + i), "city", s("Oslo"), "age", n(i / 30)));
    }
    Query oslo =
        where(Filter.where("city", Operator.EQ, "Oslo"), Filter.where("age", Operator.GTE, "0"));
    for (boolean descending : new boolean[] {false, true}) {
      List<Order> order = by("age", descending);
      List<String> expected =
          people.all(oslo.limitedTo(1000)).stream()
              .sorted(Order.comparator(order))
              .map(Item::id)
              .toList();
      for (int limit : new int[] {1, 7, 30, 31, 100, 1000}) {
        assertThat(people.ids(oslo.limitedTo(limit).orderedBy(order)))
            .as("pages of %d, descending: %s", limit, descending)
            .isEqualTo(expected);
      }
    }
    assertThat(index(oslo.orderedBy(by("age", true)))).isEqualTo("by-city");
  }

  @Test
  void list_when_very_many_are_equal_still_has_each_once() {
    for (int i = 0; i < 1_100; i++) {
      people.putByOthers(Map.of("id", s("q" + i), "city", s("Oslo"), "age", n(1)));
    }
    Query oslo =
        where(Filter.where("city", Operator.EQ, "Oslo"), Filter.where("age", Operator.GTE, "0"));
    List<String> ids = people.ids(oslo.limitedTo(300).orderedBy(by("age", false)));
    assertThat(ids).hasSize(1_100).doesNotHaveDuplicates();
  }

  @Test
  void list_when_the_order_needs_more_than_the_index_is_refused() {
    fill();
    Filter oslo = Filter.where("city", Operator.EQ, "Oslo");
    Filter aged = Filter.where("age", Operator.GTE, "0");
    for (Query query :
        List.of(
            where(oslo, aged).orderedBy(by("name", false)),
            where(oslo).orderedBy(by("age", false)),
            where(oslo, aged)
                .orderedBy(
                    List.of(
                        new Order(FieldPath.parse("age"), false),
                        new Order(FieldPath.parse("name"), true))))) {
      assertThatThrownBy(() -> people.store.list(query))
          .as(query.toString())
          .isInstanceOfSatisfying(
              StoreException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED));
    }
  }

  @Test
  void list_when_the_mapping_names_no_indexes_finds_those_of_the_table() {
    fill();
    try (TableFixture found = people.openedWith("{}")) {
      Query on = where("state", Operator.EQ, "on");
      assertThat(found.ids(on)).hasSize(13);
      assertThat(found.sent()).contains("DescribeTable", "Query").doesNotContain("Scan");
      found.ids(on);
      assertThat(found.sent()).doesNotContain("DescribeTable", "Scan");
      found.ids(Query.first(50));
      assertThat(found.sent()).containsOnly("Scan");
    }
    try (TableFixture none = people.openedWith("{'indexes': {}}")) {
      assertThat(none.ids(where("state", Operator.EQ, "on"))).hasSize(13);
      assertThat(none.sent()).containsOnly("Scan");
    }
  }

  @Test
  void list_when_its_index_has_gone_refuses_the_cursor_that_it_made() {
    fill();
    Query on = where("state", Operator.EQ, "on");
    String cursor = people.store.list(on).next().orElseThrow();
    try (TableFixture none = people.openedWith("{'indexes': {}}")) {
      assertThatThrownBy(() -> none.store.list(on.from(cursor)))
          .isInstanceOfSatisfying(
              StoreException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
      // and the other way round: what was begun as a scan goes on as one
      String scan = none.store.list(on).next().orElseThrow();
      assertThat(people.store.list(on.from(scan)).work().details()).containsEntry("read", "scan");
    }
  }

  @Test
  void list_when_scans_are_not_allowed_says_which_index_would_serve() {
    fill();
    try (TableFixture careful =
        people.openedWith("{'allow-scan': false, " + INDEXES.substring(1))) {
      assertThat(careful.ids(where("state", Operator.EQ, "on"))).hasSize(13);
      assertThat(careful.ids(where("id", Operator.EQ, "p1"))).containsExactly("p1");
      for (Query query :
          List.of(
              Query.first(5),
              Query.first(5).orderedBy(by("name", false)),
              where("city", Operator.EQ, "Oslo"),
              where("name", Operator.EQ, "name 1"))) {
        careful.sent();
        assertThatThrownBy(() -> careful.store.list(query))
            .as(query.toString())
            .hasMessageContaining("\"state\" one value (index by-state)")
            .hasMessageContaining(
                "\"city\" one value and \"age\" a value or a range (index by-city)")
            .hasMessageNotContaining(careful.table)
            .isInstanceOfSatisfying(
                StoreException.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
        assertThat(careful.sent()).isEmpty();
      }
      assertThatThrownBy(() -> careful.store.list(where("name", Operator.EQ, "name 1")))
          .hasMessageContaining("add an index on \"name\"");
    }
  }

  @Test
  void list_when_segments_are_read_together_has_each_item_once() {
    List<Integer> all = fill();
    try (TableFixture parallel = people.openedWith("{'scan-segments': 4, 'indexes': {}}")) {
      for (int limit : new int[] {1, 3, 7, 39, 40, 41}) {
        assertThat(parallel.ids(Query.first(limit)))
            .as("pages of %d", limit)
            .containsExactlyInAnyOrderElementsOf(all.stream().map(i -> "p" + i).toList());
      }
      Query odd = where("state", Operator.EQ, "off").limitedTo(2);
      assertThat(parallel.ids(odd)).hasSize(13).doesNotHaveDuplicates();
      assertThat(parallel.ids(odd)).isEqualTo(parallel.ids(odd));
      String cursor = parallel.store.list(Query.first(3)).next().orElseThrow();
      try (TableFixture fewer = people.openedWith("{'scan-segments': 2, 'indexes': {}}")) {
        assertThatThrownBy(() -> fewer.store.list(Query.first(3).from(cursor)))
            .isInstanceOfSatisfying(
                StoreException.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
      }
    }
  }

  @Test
  void list_when_nobody_else_writes_asks_for_the_fields_that_are_needed() {
    fill();
    try (TableFixture own = people.openedWith("{'shared': false, " + INDEXES.substring(1))) {
      own.store.put(
          "mine",
          TestTable.json("{'city': 'Oslo', 'age': 3, 'name': 'Mine'}"),
          new Precondition.None());
      own.sent();
      Query query =
          new Query(
              new Filter.And(
                  List.of(
                      Filter.where("city", Operator.EQ, "Oslo"),
                      Filter.where("age", Operator.EQ, "3"))),
              List.of(),
              10,
              Optional.empty(),
              List.of(FieldPath.parse("city"), FieldPath.parse("age")));
      List<Item> items = own.store.list(query).items();
      QueryRequest request = (QueryRequest) own.requests().get(0);
      assertThat(request.projectionExpression()).isNotEmpty();
      Item mine = items.stream().filter(item -> item.id().equals("mine")).findFirst().orElseThrow();
      assertThat(mine.body().get("name")).isEmpty();
      // the same version as a read of all of it, also of items from before, which have no version
      assertThat(items)
          .hasSize(3)
          .allSatisfy(item ->
              assertThat(item.version())
                  .isEqualTo(own.store.get(item.id()).orElseThrow().version()));
    }
  }

  @Test
  void plan_prefers_what_reads_least() {
    fill();
    Filter city = Filter.where("city", Operator.EQ, "Oslo");
    Filter state = Filter.where("state", Operator.EQ, "on");
    assertThat(index(where(city, state))).isEqualTo("by-state");
    assertThat(index(where(city, state, Filter.where("age", Operator.GT, "1"))))
        .isEqualTo("by-city");
    assertThat(
            index(
                where(
                    Filter.where("city", Operator.IN, "Oslo", "Rome"),
                    state,
                    Filter.where("age", Operator.GT, "1"))))
        .isEqualTo("by-state");
    List<String> both = new ArrayList<>(people.ids(where(city, state)));
    both.sort(Comparator.naturalOrder());
    assertThat(both).containsExactly("p16", "p20", "p28", "p32", "p4", "p8");
  }
}
