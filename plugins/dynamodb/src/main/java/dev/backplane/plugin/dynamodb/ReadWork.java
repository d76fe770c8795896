package dev.backplane.plugin.dynamodb;

import dev.backplane.plugin.dynamodb.Rounds.Round;
import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Filtering;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one page took: how it was read, what the service looked at, and the capacity of that. */
final class ReadWork {
  private static final Logger LOG = LoggerFactory.getLogger(DynamoDbService.class);
  private static final int LONGEST_DETAIL = 100;

  private final TableSettings table;
  private final String read;
  private final Filtering filtering;
  private final boolean selects;
  private final String index;
  private final int lanes;
  private long examined;
  private double capacity;

  private ReadWork(
      TableSettings table,
      String read,
      Filtering filtering,
      boolean selects,
      String index,
      int lanes) {
    this.table = table;
    this.read = read;
    this.filtering = filtering;
    this.selects = selects;
    this.index = index;
    this.lanes = lanes;
  }

  /** Of a list without matches, which needs no reading. */
  static ReadWork none(TableSettings table) {
    return new ReadWork(table, "none", Filtering.ALL, false, "", 0);
  }

  static ReadWork of(TableSettings table, ReadPlan.ByScan plan) {
    return new ReadWork(table, "scan", plan.filtering(), plan.selects(), "", 1);
  }

  static ReadWork of(TableSettings table, ReadPlan.ByKey plan) {
    KeyMatch match = plan.match();
    return new ReadWork(
        table,
        "query",
        plan.filtering(),
        plan.selects(),
        match.path().index(),
        match.partitions().size());
  }

  /** Whether not all that is looked at belongs to the list. */
  boolean selects() {
    return selects;
  }

  /** How many partitions are read one after the other. */
  int lanes() {
    return lanes;
  }

  void add(Round round) {
    examined += round.examined();
    capacity += round.capacity();
  }

  /** For the client, and for the log. */
  Page.Work done(int returned) {
    String units =
        BigDecimal.valueOf(capacity)
            .setScale(1, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
    LOG.debug(
        "table={} read={} index={} examined={} returned={} capacity={}",
        table.table(),
        read,
        index,
        examined,
        returned,
        units);
    Map<String, String> details = new LinkedHashMap<>();
    details.put("read", read);
    details.put("capacity", units);
    if (!index.isEmpty()) {
      details.put("index", index.substring(0, Math.min(index.length(), LONGEST_DETAIL)));
    }
    return new Page.Work(filtering, OptionalLong.of(examined), details);
  }
}
