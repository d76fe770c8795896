package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Reads a list page by page. The service applies a filter after its limit, so one page of ours may
 * take several of its: the reading goes on until the page is full, the table ends, or enough was
 * read for one request; then a page may be short, or empty, and the list goes on behind it.
 */
final class TableReader {
  private static final int MOST_ROUNDS = 10;
  private static final int LEAST_EXAMINED = 100;

  /** The service stops at 1 MB by itself. */
  private static final int MOST_EXAMINED = 5_000;

  private final TableSettings table;
  private final ItemCodec items;
  private final ReadPlanner planner;
  private final CursorCodec cursors;
  private final Duration budget;

  TableReader(TableSettings table, ItemCodec items, JsonCodec json, Duration budget) {
    this.table = table;
    this.items = items;
    this.planner = new ReadPlanner(table, items);
    this.cursors = new CursorCodec(table, items, json);
    this.budget = budget;
  }

  /** What one call of the service gave; an empty last key where the table ends. */
  private record Round(
      List<Map<String, AttributeValue>> items,
      Map<String, AttributeValue> lastKey,
      Integer examined) {}

  /** Asks the service for the next round, from a key on, examining at most so many items. */
  private interface Rounds {
    Round next(Map<String, AttributeValue> start, int examined);
  }

  Page list(DynamoDbClient client, Query query) {
    Map<String, AttributeValue> start = query.cursor().map(cursors::read).orElse(Map.of());
    return switch (planner.plan(query)) {
      case ReadPlan.Nothing nothing -> Page.last(List.of()).with(work(Filtering.ALL, 0, "none"));
      case ReadPlan.ByKey plan ->
          read(query, start, byKey(client, plan), sum -> work(plan.filtering(), sum, "query"));
      case ReadPlan.ByScan plan ->
          read(query, start, byScan(client, plan), sum -> work(plan.filtering(), sum, "scan"));
    };
  }

  private static Page.Work work(Filtering filtering, long examined, String read) {
    return new Page.Work(filtering, OptionalLong.of(examined), Map.of("read", read));
  }

  private Page read(
      Query query, Map<String, AttributeValue> first, Rounds rounds, LongFunction<Page.Work> work) {
    long deadline = System.nanoTime() + budget.toNanos();
    boolean filtered = !query.filter().equals(Filter.all());
    List<Item> page = new ArrayList<>();
    Map<String, AttributeValue> last = Map.of();
    Map<String, AttributeValue> start = first;
    int examined = examinedFirst(query, filtered);
    long sum = 0;
    for (int rest = MOST_ROUNDS; ; rest--) {
      Round round = rounds.next(start, examined);
      sum += round.examined();
      for (Map<String, AttributeValue> attributes : round.items()) {
        Item item = items.read(attributes);
        if (!query.filter().test(item.body())) {
          continue;
        }
        if (page.size() == query.limit()) {
          return new Page(page, Optional.of(cursors.write(last)), work.apply(sum));
        }
        page.add(item);
        last = attributes;
      }
      if (round.lastKey().isEmpty()) {
        return Page.last(page).with(work.apply(sum));
      }
      start = round.lastKey();
      if (page.size() == query.limit() || rest == 1 || System.nanoTime() - deadline > 0) {
        return new Page(page, Optional.of(cursors.write(start)), work.apply(sum));
      }
      examined = filtered ? Math.min(2 * examined, MOST_EXAMINED) : examined - round.items().size();
    }
  }

  /** One more than the limit tells whether there is a next page. */
  private static int examinedFirst(Query query, boolean filtered) {
    int limit = Math.min(query.limit(), Integer.MAX_VALUE - 1);
    return filtered ? Math.clamp(4L * limit, LEAST_EXAMINED, MOST_EXAMINED) : limit + 1;
  }

  private Rounds byKey(DynamoDbClient client, ReadPlan.ByKey plan) {
    Aliases aliases = new Aliases();
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table.table())
            .consistentRead(table.consistent())
            .keyConditionExpression(Condition.equal(table.key(), plan.key()).text().apply(aliases));
    plan.filter().ifPresent(filter -> request.filterExpression(filter.text().apply(aliases)));
    request.expressionAttributeNames(aliases.names()).expressionAttributeValues(aliases.values());
    return (start, examined) -> {
      if (!start.isEmpty()) {
        request.exclusiveStartKey(start);
      }
      QueryResponse response = client.query(request.limit(examined).build());
      return new Round(response.items(), response.lastEvaluatedKey(), response.scannedCount());
    };
  }

  private Rounds byScan(DynamoDbClient client, ReadPlan.ByScan plan) {
    ScanRequest.Builder request =
        ScanRequest.builder().tableName(table.table()).consistentRead(table.consistent());
    plan.filter()
        .ifPresent(filter -> {
          Aliases aliases = new Aliases();
          request.filterExpression(filter.text().apply(aliases));
          request.expressionAttributeNames(aliases.names());
          if (!aliases.values().isEmpty()) {
            request.expressionAttributeValues(aliases.values());
          }
        });
    return (start, examined) -> {
      if (!start.isEmpty()) {
        request.exclusiveStartKey(start);
      }
      ScanResponse response = client.scan(request.limit(examined).build());
      return new Round(response.items(), response.lastEvaluatedKey(), response.scannedCount());
    };
  }
}
