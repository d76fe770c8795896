package dev.backplane.plugin.dynamodb;

import dev.backplane.plugin.dynamodb.ReadPlan.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Reads partitions of a table or an index, in their order. */
final class QueryRounds implements Rounds {
  /** Who asks for so many reads all there is: then partitions are read at the same time. */
  private static final int MANY = 500;

  private static final int MOST_TOGETHER = 8;

  private final DynamoDbClient client;
  private final TableSettings table;
  private final ReadPlan.ByKey plan;
  private final NeededAttributes needed;
  private final CursorKeys keys;

  QueryRounds(
      DynamoDbClient client, TableSettings table, ReadPlan.ByKey plan, NeededAttributes needed) {
    this.client = client;
    this.table = table;
    this.plan = plan;
    this.needed = needed;
    this.keys = new CursorKeys(path().cursorKeys(table.keys()));
  }

  private AccessPath path() {
    return plan.match().path();
  }

  @Override
  public Round next(Cursor from, int examined) {
    int left = plan.match().partitions().size() - from.lane();
    return from.marks().isEmpty() && left > 1 && examined >= MANY
        ? several(from, Math.min(left, MOST_TOGETHER), examined)
        : one(from, examined);
  }

  /** The partitions up to one that does not end yet. */
  private Round several(Cursor from, int lanes, int examined) {
    List<Supplier<Round>> calls = new ArrayList<>();
    for (int lane = from.lane(); lane < from.lane() + lanes; lane++) {
      Cursor start = new Cursor(from.path(), lane, List.of());
      calls.add(() -> one(start, examined));
    }
    List<Row> rows = new ArrayList<>();
    Optional<Cursor> next = Optional.empty();
    long sum = 0;
    double capacity = 0;
    boolean goesOn = true;
    for (Round round : Together.run(calls)) {
      sum += round.examined();
      capacity += round.capacity();
      if (goesOn) {
        rows.addAll(round.rows());
        next = round.next();
        goesOn = next.filter(each -> !each.marks().isEmpty()).isEmpty();
      }
    }
    return new Round(rows, next, sum, capacity);
  }

  private Round one(Cursor from, int examined) {
    QueryRequest.Builder request = request(from).limit(examined);
    if (!from.marks().isEmpty()) {
      request.exclusiveStartKey(keys.read(from.marks().get(0)));
    }
    QueryResponse response = client.query(request.build());
    List<Row> rows =
        response.items().stream()
            .map(item -> new Row(item, () -> from.at(keys.write(item))))
            .toList();
    return new Round(
        rows,
        next(from, response.lastEvaluatedKey()),
        response.scannedCount(),
        response.consumedCapacity() == null ? 0 : response.consumedCapacity().capacityUnits());
  }

  private Optional<Cursor> next(Cursor from, Map<String, AttributeValue> last) {
    if (!last.isEmpty()) {
      return Optional.of(from.at(keys.write(last)));
    }
    int lane = from.lane() + 1;
    return lane < plan.match().partitions().size()
        ? Optional.of(new Cursor(from.path(), lane, List.of()))
        : Optional.empty();
  }

  /** How many items match, told by the service alone; empty when they are too many to wait for. */
  Optional<Long> count(long deadline) {
    long count = 0;
    for (int lane = 0; lane < plan.match().partitions().size(); lane++) {
      QueryRequest.Builder request =
          request(new Cursor(path().name(), lane, List.of())).select(Select.COUNT);
      QueryResponse response;
      do {
        if (System.nanoTime() - deadline > 0) {
          return Optional.empty();
        }
        response = client.query(request.build());
        count += response.count();
        request.exclusiveStartKey(response.lastEvaluatedKey());
      } while (!response.lastEvaluatedKey().isEmpty());
    }
    return Optional.of(count);
  }

  private QueryRequest.Builder request(Cursor from) {
    if (from.lane() >= plan.match().partitions().size()) {
      throw CursorCodec.unusable();
    }
    AttributeValue partition = plan.match().partitions().get(from.lane());
    Aliases aliases = new Aliases();
    String key = Condition.equal(path().keys().partition().name(), partition).text().apply(aliases);
    Optional<String> sort =
        plan.match().sort().condition().map(condition -> condition.text().apply(aliases));
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table.table())
            .keyConditionExpression(sort.map(text -> key + " AND " + text).orElse(key))
            .consistentRead(table.consistent() && !path().global())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    if (!path().isTable()) {
      request.indexName(path().index());
    }
    if (plan.direction() == Direction.DESCENDING) {
      request.scanIndexForward(false);
    }
    plan.filter().ifPresent(filter -> request.filterExpression(filter.text().apply(aliases)));
    needed.expression(aliases).ifPresent(request::projectionExpression);
    return request
        .expressionAttributeNames(aliases.names())
        .expressionAttributeValues(aliases.values());
  }
}
