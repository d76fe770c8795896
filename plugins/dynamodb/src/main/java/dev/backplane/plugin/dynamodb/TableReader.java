package dev.backplane.plugin.dynamodb;

import dev.backplane.plugin.dynamodb.Rounds.Round;
import dev.backplane.plugin.dynamodb.Rounds.Row;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads a list page by page. The service applies a filter after its limit, so one page of ours may
 * take several of its: the reading goes on until the page is full, the list ends, or enough was
 * read for one request; then a page may be short, or empty, and the list goes on behind it.
 */
final class TableReader {
  private static final int MOST_ROUNDS = 10;
  private static final int LEAST_EXAMINED = 100;

  /** The service stops at 1 MB by itself. */
  private static final int MOST_EXAMINED = 5_000;

  private final TableSettings table;
  private final ItemCodec items;
  private final DescribedTable described;
  private final Expiry expiry;
  private final Clock clock;
  private final CursorCodec cursors;
  private final Duration budget;

  TableReader(
      TableSettings table,
      ItemCodec items,
      DescribedTable described,
      JsonCodec json,
      Duration budget,
      Clock clock) {
    this.table = table;
    this.items = items;
    this.described = described;
    this.expiry = table.fields().expiry();
    this.clock = clock;
    this.cursors = new CursorCodec(json);
    this.budget = budget;
  }

  Page list(DynamoDbClient client, Query query) {
    Optional<Cursor> from = query.cursor().map(cursors::read);
    Optional<String> path = from.map(Cursor::path);
    Instant now = clock.instant();
    ReadPlanner planner = new ReadPlanner(table, now);
    return switch (planner.plan(query, path, () -> described.indexes(client))) {
      case ReadPlan.Nothing nothing -> Page.last(List.of()).with(ReadWork.none(table).done(0));
      case ReadPlan.ByKey plan ->
          read(
              query,
              from.orElse(Cursor.start(plan.match().path().name())),
              byKey(client, query, plan),
              ReadWork.of(table, plan),
              now);
      case ReadPlan.ByScan plan ->
          read(
              query,
              from.orElse(Cursor.start(AccessPath.SCAN)),
              byScan(client, query, plan),
              ReadWork.of(table, plan),
              now);
    };
  }

  /** How many items match; empty where only reading them all would tell. */
  OptionalLong count(DynamoDbClient client, Filter filter) {
    Query query = Query.first(1).filteredBy(filter);
    ReadPlanner planner = new ReadPlanner(table, clock.instant());
    ReadPlan plan = planner.plan(query, Optional.empty(), () -> described.indexes(client));
    if (plan instanceof ReadPlan.Nothing) {
      return OptionalLong.of(0);
    }
    if (!(plan instanceof ReadPlan.ByKey byKey) || !planner.isExact(byKey, filter)) {
      return OptionalLong.empty();
    }
    NeededAttributes all = NeededAttributes.of(table, List.of());
    // half of the time is left for reading on, in case this does not come to an end
    long deadline = System.nanoTime() + budget.toNanos() / 2;
    Optional<Long> count = new QueryRounds(client, table, byKey, all).count(deadline);
    return count.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private Rounds byKey(DynamoDbClient client, Query query, ReadPlan.ByKey plan) {
    AccessPath path = plan.match().path();
    NeededAttributes needed = NeededAttributes.of(table, query.fields()).with(path.keys());
    // what an index does not have, it refuses to be asked for
    NeededAttributes asked = path.whole() ? needed : NeededAttributes.of(table, List.of());
    Rounds rounds = new QueryRounds(client, table, plan, asked);
    rounds = fetched(client, rounds, needed, path.whole());
    return plan.direction() != ReadPlan.Direction.ANY && !path.isTable()
        ? new TieRounds(rounds, path.keys().sort().orElseThrow(), table.keys())
        : rounds;
  }

  private Rounds byScan(DynamoDbClient client, Query query, ReadPlan.ByScan plan) {
    NeededAttributes needed = NeededAttributes.of(table, query.fields());
    List<ScanRounds> segments =
        IntStream.range(0, table.scans().segments())
            .mapToObj(i -> new ScanRounds(client, table, plan.filter(), needed, i))
            .toList();
    Rounds rounds = segments.size() == 1 ? segments.get(0) : new SegmentRounds(segments);
    return fetched(client, rounds, needed, true);
  }

  /** With what a round may lack: most of an item, or the version, which then follows all of it. */
  private Rounds fetched(
      DynamoDbClient client, Rounds rounds, NeededAttributes needed, boolean whole) {
    if (whole && needed.isAll()) {
      return rounds;
    }
    BatchReader batches = new BatchReader(client, table, budget);
    return new FetchedRounds(
        rounds, table, batches, item -> !whole || !item.containsKey(table.version()));
  }

  private Page read(Query query, Cursor first, Rounds rounds, ReadWork work, Instant now) {
    long deadline = System.nanoTime() + budget.toNanos();
    List<Item> page = new ArrayList<>();
    Optional<Row> last = Optional.empty();
    Cursor start = first;
    int examined = examinedFirst(query, work.selects());
    for (int rest = MOST_ROUNDS + work.lanes(); ; rest--) {
      Round round = rounds.next(start, examined);
      work.add(round);
      for (Row row : round.rows()) {
        Optional<Item> item = matching(query, row.attributes(), now);
        if (item.isEmpty()) {
          continue;
        }
        if (page.size() == query.limit()) {
          Cursor behind = last.orElseThrow().after().get();
          return page(page, Optional.of(behind), work.done(page.size()));
        }
        page.add(item.get());
        last = Optional.of(row);
      }
      if (round.next().isEmpty()) {
        return page(page, Optional.empty(), work.done(page.size()));
      }
      start = round.next().get();
      if (page.size() == query.limit() || rest == 1 || System.nanoTime() - deadline > 0) {
        return page(page, Optional.of(start), work.done(page.size()));
      }
      boolean ended = expiry.attribute().isPresent() && round.rows().size() < round.examined();
      examined =
          work.selects() || ended
              ? Math.min(2 * examined, MOST_EXAMINED)
              : Math.max(1, examined - round.rows().size());
    }
  }

  private Optional<Item> matching(
      Query query, Map<String, AttributeValue> attributes, Instant now) {
    if (expiry.isOver(attributes, now)) {
      return Optional.empty(); // the service could not be told
    }
    Item item = items.read(attributes);
    return query.filter().test(item.body()) ? Optional.of(item) : Optional.empty();
  }

  private Page page(List<Item> items, Optional<Cursor> next, Page.Work work) {
    return new Page(items, next.map(cursors::write), work);
  }

  /** One more than the limit tells whether there is a next page. */
  private static int examinedFirst(Query query, boolean selects) {
    int limit = Math.min(query.limit(), Integer.MAX_VALUE - 1);
    return selects ? Math.clamp(4L * limit, LEAST_EXAMINED, MOST_EXAMINED) : limit + 1;
  }
}
