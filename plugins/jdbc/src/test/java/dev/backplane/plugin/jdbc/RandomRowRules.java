package dev.backplane.plugin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random filters and orders over random rows, of columns in a collation that knows no case: lists
 * lack nothing that matches, counts are exact, orders are the gateway's.
 */
interface RandomRowRules extends DatabaseRules {
  long SEED = 20260131;
  int ROWS = 60;
  int FILTERS = 400;

  List<String> TEXTS =
      List.of(
          "",
          "a",
          "A",
          "a ",
          " a",
          "ab",
          "aB",
          "ä",
          "Ä",
          "ß",
          "ss",
          "b",
          "10",
          "9",
          "true",
          "null",
          "%",
          "_",
          "a%",
          "a_b",
          "!",
          "\\",
          "'",
          "\uFFFD",
          "😀",
          "2026-01-31",
          "NaN",
          "x".repeat(30));
  List<String> NUMBERS =
      List.of(
          "0", "1", "-1", "9", "10", "9.5", "-0.5", "9.00", "1e1", "100000", "1e400", "0.1", "x");
  List<String> TIMES =
      List.of(
          "2026-01-31",
          "2026-02-01",
          "1999-12-31",
          "2026",
          "2026-01",
          "2026-01-3",
          "2026-01-31T10",
          "2026-01-31T10:15:30",
          "2026-01-31T10:15:30.5",
          "2026-01-31x",
          "infinity",
          "a",
          "");

  private String table() {
    String instant =
        switch (database()) {
          case H2 -> "timestamp(3) with time zone";
          case SQLITE -> "text";
          case POSTGRESQL -> "timestamptz(3)";
          case MARIADB -> "timestamp(3) null";
        };
    return database()
        .newTable(
            "id integer not null primary key, n integer, d decimal(20, 4), f double precision,"
                + " b boolean, t varchar(40), c char(8), born date, at "
                + instant);
  }

  @Test
  default void lists_and_counts_of_random_filters_are_right() {
    Random random = new Random(SEED);
    try (JdbcTable store = open(table())) {
      List<Item> items = fill(store, random);
      int counted = 0;
      int whole = 0;
      for (int i = 0; i < FILTERS; i++) {
        Filter filter = filter(random, 2);
        List<String> matching =
            items.stream().filter(item -> filter.test(item.body())).map(Item::id).toList();
        List<Item> listed = Lists.items(store, Query.first(7).filteredBy(filter));
        assertThat(listed.stream().filter(item -> filter.test(item.body())).map(Item::id).toList())
            .as("%s", filter)
            .containsExactlyInAnyOrderElementsOf(matching);
        OptionalLong count = store.count(filter);
        if (count.isPresent()) {
          assertThat(count.getAsLong()).as("count of %s", filter).isEqualTo(matching.size());
          counted++;
        }
        if (store.list(Query.first(1).filteredBy(filter)).work().filtering()
            == Page.Filtering.ALL) {
          assertThat(listed).as("%s, wholly filtered", filter).hasSameSizeAs(matching);
          whole++;
        }
      }
      assertThat(counted).as("filters that the database decides").isGreaterThan(FILTERS / 10);
      assertThat(whole).isEqualTo(counted);
    }
  }

  @Test
  default void lists_in_random_orders_are_in_the_gateways_order() {
    Random random = new Random(SEED);
    try (JdbcTable store = open(table())) {
      List<Item> items = new ArrayList<>(fill(store, random));
      int served = 0;
      for (int i = 0; i < 60; i++) {
        List<Order> order = order(random);
        Query query = Query.first(1 + random.nextInt(9)).orderedBy(order);
        try {
          List<String> listed = Lists.ids(store, query);
          items.sort(Order.comparator(order));
          assertThat(listed).as("%s", order).isEqualTo(items.stream().map(Item::id).toList());
          served++;
        } catch (StoreException refusal) {
          assertThat(refusal.reason()).isEqualTo(StoreException.Reason.UNSUPPORTED);
        }
      }
      assertThat(served).as("orders that the database keeps").isGreaterThan(20);
    }
  }

  private List<Item> fill(JdbcTable store, Random random) {
    List<Item> items = new ArrayList<>();
    for (int id = 1; id <= ROWS; id++) {
      JsonObject.Builder body = JsonObject.builder();
      body.put("n", some(random, JsonNumber.of(random.nextInt(12) - 2)));
      body.put("d", some(random, decimal(random.nextInt(200_000) - 50_000, 4)));
      body.put("f", some(random, decimal(random.nextInt(200) - 100, 1)));
      body.put("b", some(random, JsonBoolean.of(random.nextBoolean())));
      body.put("t", some(random, new JsonString(pick(random, TEXTS))));
      body.put("c", some(random, new JsonString(pick(random, List.of("a", "A", "ab", "10")))));
      String day = "20%02d-%02d-28".formatted(10 + random.nextInt(20), 1 + random.nextInt(12));
      body.put("born", some(random, new JsonString(day)));
      String at = "2026-01-31T10:15:%02d.%03dZ".formatted(random.nextInt(60), random.nextInt(3));
      body.put("at", some(random, new JsonString(at)));
      store.put(Integer.toString(id), body.build(), new Precondition.None());
      items.add(store.get(Integer.toString(id)).orElseThrow());
    }
    return items;
  }

  private static JsonValue some(Random random, JsonValue value) {
    return random.nextInt(6) == 0 ? JsonNull.NULL : value;
  }

  private static JsonValue decimal(int unscaled, int scale) {
    return new JsonNumber(BigDecimal.valueOf(unscaled, scale));
  }

  private static String pick(Random random, List<String> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static List<Order> order(Random random) {
    List<String> fields = List.of("n", "d", "b", "t", "born", "at", "id", "f", "none");
    List<Order> order = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      order.addAll(Lists.by(pick(random, fields), random.nextBoolean()));
    }
    return order;
  }

  private static Filter filter(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(8);
    return switch (kind) {
      case 1 -> new Filter.Not(filter(random, depth - 1));
      case 2 -> new Filter.Or(List.of(filter(random, depth - 1), filter(random, depth - 1)));
      case 3 -> new Filter.And(List.of(filter(random, depth - 1), filter(random, depth - 1)));
      default -> comparison(random);
    };
  }

  private static Filter comparison(Random random) {
    String field =
        pick(random, List.of("n", "d", "f", "b", "t", "t", "c", "born", "at", "id", "no", "t.x"));
    Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
    int operands =
        switch (operator) {
          case BETWEEN -> 2;
          case IN, NIN -> 1 + random.nextInt(3);
          default -> 1;
        };
    String[] values = new String[operands];
    for (int i = 0; i < operands; i++) {
      values[i] = operator == Operator.IS_NULL ? "" + random.nextBoolean() : operand(random, field);
    }
    return Filter.where(field, operator, values);
  }

  private static String operand(Random random, String field) {
    List<String> usual =
        switch (field) {
          case "n", "d", "f", "id" -> NUMBERS;
          case "born", "at" -> TIMES;
          case "b" -> List.of("true", "false", "1");
          default -> TEXTS;
        };
    return random.nextInt(8) == 0
        ? pick(random, random.nextBoolean() ? NUMBERS : TEXTS)
        : pick(random, usual);
  }
}
