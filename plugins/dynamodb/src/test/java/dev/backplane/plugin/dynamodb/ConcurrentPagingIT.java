package dev.backplane.plugin.dynamodb;

import static dev.backplane.plugin.dynamodb.TableFixture.by;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Query;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Lists of 3,000 records that are read page by page while others write: each record that is there
 * throughout is met once, whatever way it is found, and none is met twice.
 */
@Timeout(180)
class ConcurrentPagingIT {
  private static final int STEADY = 3_000;
  private static final int RESTLESS = 300;
  private static final List<Map<String, AttributeValue>> ALL =
      UnicodeRecords.some(0, STEADY + 2 * RESTLESS);

  /** Every twelfth is deleted and made again, every other twelfth is not there at first. */
  private static final List<Map<String, AttributeValue>> RESTLESS_ONES = every(12, 3);

  private static final List<Map<String, AttributeValue>> ADDED_ONES = every(12, 9);
  private static final List<Map<String, AttributeValue>> STEADY_ONES =
      ALL.stream()
          .filter(item -> !RESTLESS_ONES.contains(item) && !ADDED_ONES.contains(item))
          .toList();

  private static TableFixture table;
  private static TableFixture inSegments;

  private static List<Map<String, AttributeValue>> every(int step, int from) {
    return IntStream.range(0, ALL.size()).filter(i -> i % step == from).mapToObj(ALL::get).toList();
  }

  @BeforeAll
  static void fill() {
    assertThat(STEADY_ONES).hasSize(STEADY);
    table = TableFixture.make(UnicodeRecords.TABLE);
    inSegments =
        table.openedWith(UnicodeRecords.TABLE.replaceFirst("\\{", "{'scan-segments': '4', "));
    TableFixture.putByOthers(table.table, STEADY_ONES);
    TableFixture.putByOthers(table.table, RESTLESS_ONES);
  }

  @AfterAll
  static void close() {
    inSegments.close();
    table.close();
  }

  /** A list: how it is read, and what it is of. */
  private enum Reading {
    ALL_OF_IT("scan", Filter.all(), List.of()),
    ALL_IN_SEGMENTS("scan", Filter.all(), List.of()),
    SCAN("scan", Filter.where("name", Operator.CONTAINS, "SMALL LETTER"), List.of()),
    SEGMENTS("scan", Filter.where("name", Operator.CONTAINS, "SMALL LETTER"), List.of()),
    KEYS("query", Filter.where("kind", Operator.IN, "mark", "number"), List.of()),
    SORT_KEY("query", letters(), by("code", false)),
    SORT_KEY_BACKWARDS("query", letters(), by("code", true)),
    TIES("query", Filter.where("script", Operator.EQ, "LATIN"), by("length", false)),
    TIES_BACKWARDS("query", Filter.where("script", Operator.EQ, "LATIN"), by("length", true));

    private final String read;
    private final Filter filter;
    private final List<Order> order;

    Reading(String read, Filter filter, List<Order> order) {
      this.read = read;
      this.filter = filter;
      this.order = order;
    }

    private static Filter letters() {
      return new Filter.And(
          List.of(
              Filter.where("kind", Operator.EQ, "letter"),
              Filter.where("code", Operator.LT, "800")));
    }

    TableFixture table() {
      return this == SEGMENTS || this == ALL_IN_SEGMENTS ? inSegments : table;
    }

    Query query(int limit) {
      return Query.first(limit).filteredBy(filter).orderedBy(order);
    }

    Set<String> expected() {
      Predicate<Map<String, AttributeValue>> matches =
          item -> filter.test(AttributeReader.object(item));
      return STEADY_ONES.stream()
          .filter(matches)
          .map(UnicodeRecords::id)
          .collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ALL_OF_IT, 100, 3000",
    "ALL_IN_SEGMENTS, 100, 3000",
    "SCAN, 7, 300",
    "SEGMENTS, 7, 300",
    "KEYS, 7, 200",
    "KEYS, 100, 200",
    "SORT_KEY, 7, 300",
    "SORT_KEY, 100, 300",
    "SORT_KEY_BACKWARDS, 7, 300",
    "TIES, 7, 300",
    "TIES, 100, 300",
    "TIES_BACKWARDS, 7, 300"
  })
  void list_when_others_write_meets_each_steady_record_once(Reading reading, int limit, int least) {
    TableFixture read = reading.table();
    Query query = reading.query(limit);
    Set<String> expected = reading.expected();
    assertThat(expected).hasSizeGreaterThanOrEqualTo(least);
    List<Item> met;
    int writes;
    try (BusyWriters writers = new BusyWriters(table, STEADY_ONES, RESTLESS_ONES, ADDED_ONES)) {
      assertThat(read.store.list(query).work().details()).containsEntry("read", reading.read);
      met = read.all(query);
      writes = writers.writes();
    }
    assertThat(writes).isGreaterThan(4); // each of them has done something
    assertThat(met).extracting(Item::id).doesNotHaveDuplicates().containsAll(expected);
    assertThat(met).allSatisfy(item -> assertThat(reading.filter.test(item.body())).isTrue());
    if (!reading.order.isEmpty()) {
      assertThat(met).isSortedAccordingTo(Order.comparator(reading.order));
    }
  }
}
