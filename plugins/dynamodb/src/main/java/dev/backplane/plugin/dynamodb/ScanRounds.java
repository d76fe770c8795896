package dev.backplane.plugin.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads a whole table, or one of the parts into which the service divides it. */
final class ScanRounds implements Rounds {
  private final DynamoDbClient client;
  private final TableSettings table;
  private final Optional<Condition> filter;
  private final NeededAttributes needed;
  private final int segment;
  private final CursorKeys keys;

  ScanRounds(
      DynamoDbClient client,
      TableSettings table,
      Optional<Condition> filter,
      NeededAttributes needed,
      int segment) {
    this.client = client;
    this.table = table;
    this.filter = filter;
    this.needed = needed;
    this.segment = segment;
    this.keys = new CursorKeys(table.keys().attributes());
  }

  @Override
  public Round next(Cursor from, int examined) {
    ScanRequest.Builder request = request().limit(examined);
    if (!from.marks().isEmpty()) {
      request.exclusiveStartKey(keys.read(from.marks().get(0)));
    }
    ScanResponse response = client.scan(request.build());
    List<Row> rows =
        response.items().stream()
            .map(item -> new Row(item, () -> from.at(keys.write(item))))
            .toList();
    Map<String, AttributeValue> last = response.lastEvaluatedKey();
    return new Round(
        rows,
        last.isEmpty() ? Optional.empty() : Optional.of(from.at(keys.write(last))),
        response.scannedCount(),
        response.consumedCapacity() == null ? 0 : response.consumedCapacity().capacityUnits());
  }

  private ScanRequest.Builder request() {
    ScanRequest.Builder request =
        ScanRequest.builder()
            .tableName(table.table())
            .consistentRead(table.consistent())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    if (table.scans().segments() > 1) {
      request.segment(segment).totalSegments(table.scans().segments());
    }
    Aliases aliases = new Aliases();
    filter.ifPresent(condition -> request.filterExpression(condition.text().apply(aliases)));
    needed.expression(aliases).ifPresent(request::projectionExpression);
    if (!aliases.names().isEmpty()) {
      request.expressionAttributeNames(aliases.names());
    }
    if (!aliases.values().isEmpty()) {
      request.expressionAttributeValues(aliases.values());
    }
    return request;
  }
}
