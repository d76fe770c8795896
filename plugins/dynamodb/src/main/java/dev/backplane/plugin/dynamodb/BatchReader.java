package dev.backplane.plugin.dynamodb;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * Reads many items by their keys. The service takes a hundred keys at once, and leaves some of them
 * for later when it has too much to do or the answer is too large. For one request on one thread.
 */
final class BatchReader {
  private static final int MOST_KEYS = 100;

  private final DynamoDbClient client;
  private final TableSettings table;
  private final boolean consistent;
  private final Patience patience;

  BatchReader(DynamoDbClient client, TableSettings table, Duration budget) {
    this(client, table, table.consistent(), new Patience(budget));
  }

  BatchReader(DynamoDbClient client, TableSettings table, boolean consistent, Patience patience) {
    this.client = client;
    this.table = table;
    this.consistent = consistent;
    this.patience = patience;
  }

  /**
   * What was found.
   *
   * @param items the items that there are, by their keys
   * @param capacity how many units of capacity that took
   */
  record Found(
      Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items, double capacity) {
    Found {
      items = Map.copyOf(items);
    }
  }

  /** Reads the items of these keys, each of which is there once. */
  Found read(Collection<Map<String, AttributeValue>> wanted) {
    Deque<Map<String, AttributeValue>> keys = new ArrayDeque<>(wanted);
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> found = new HashMap<>();
    double capacity = 0;
    patience.restart();
    while (!keys.isEmpty()) {
      List<Map<String, AttributeValue>> some = take(keys);
      BatchGetItemResponse response = ask(some);
      // of one table, whether the service calls it by its name or its ARN
      response.responses().values().stream()
          .flatMap(List::stream)
          .forEach(item -> found.put(table.keys().of(item), item));
      capacity +=
          response.consumedCapacity().stream().mapToDouble(ConsumedCapacity::capacityUnits).sum();
      List<Map<String, AttributeValue>> later =
          response.unprocessedKeys().values().stream()
              .flatMap(left -> left.keys().stream())
              .toList();
      keys.addAll(later);
      if (!keys.isEmpty()) {
        patience.beforeNext(later.size() < some.size());
      }
    }
    return new Found(found, capacity);
  }

  private static List<Map<String, AttributeValue>> take(Deque<Map<String, AttributeValue>> keys) {
    List<Map<String, AttributeValue>> some = new ArrayList<>();
    while (some.size() < MOST_KEYS && !keys.isEmpty()) {
      some.add(keys.remove());
    }
    return some;
  }

  private BatchGetItemResponse ask(List<Map<String, AttributeValue>> keys) {
    KeysAndAttributes wanted =
        KeysAndAttributes.builder().keys(keys).consistentRead(consistent).build();
    return client.batchGetItem(request ->
        request
            .requestItems(Map.of(table.table(), wanted))
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
  }
}
