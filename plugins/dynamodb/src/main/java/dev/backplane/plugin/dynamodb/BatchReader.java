package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Item;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Reads many items by their keys. The service takes a hundred keys at once, and leaves some of them
 * for later when it has too much to do or the answer is too large.
 */
final class BatchReader {
  private static final int MOST_KEYS = 100;
  private static final int MOST_VAIN_ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MILLIS = 50;

  private final TableSettings table;
  private final ItemCodec items;
  private final Duration budget;

  BatchReader(TableSettings table, ItemCodec items, Duration budget) {
    this.table = table;
    this.items = items;
    this.budget = budget;
  }

  List<Item> getAll(DynamoDbClient client, Set<String> ids) {
    Deque<Map<String, AttributeValue>> keys = new ArrayDeque<>();
    ids.forEach(id -> items.key(id).map(items::keyMap).ifPresent(keys::add));
    long deadline = System.nanoTime() + budget.toNanos();
    List<Item> found = new ArrayList<>();
    int vain = 0;
    while (!keys.isEmpty()) {
      List<Map<String, AttributeValue>> some = take(keys);
      BatchGetItemResponse response = ask(client, some);
      // of one table, whether the service calls it by its name or its ARN
      response.responses().values().stream()
          .flatMap(List::stream)
          .map(items::read)
          .forEach(found::add);
      List<Map<String, AttributeValue>> later =
          response.unprocessedKeys().values().stream()
              .flatMap(left -> left.keys().stream())
              .toList();
      keys.addAll(later);
      vain = later.size() < some.size() ? 0 : vain + 1;
      if (!keys.isEmpty() && System.nanoTime() - deadline > 0) {
        throw new StoreException(
            Reason.TIMEOUT, "The backend of this resource did not answer in time.");
      }
      pause(vain);
    }
    return found;
  }

  private static List<Map<String, AttributeValue>> take(Deque<Map<String, AttributeValue>> keys) {
    List<Map<String, AttributeValue>> some = new ArrayList<>();
    while (some.size() < MOST_KEYS && !keys.isEmpty()) {
      some.add(keys.remove());
    }
    return some;
  }

  private BatchGetItemResponse ask(DynamoDbClient client, List<Map<String, AttributeValue>> keys) {
    KeysAndAttributes wanted =
        KeysAndAttributes.builder().keys(keys).consistentRead(table.consistent()).build();
    return client.batchGetItem(request -> request.requestItems(Map.of(table.table(), wanted)));
  }

  /** Waits for a random time, so that those who were refused together do not return together. */
  private static void pause(int vain) {
    if (vain == 0) {
      return;
    }
    if (vain == MOST_VAIN_ATTEMPTS) {
      throw new StoreException(
          Reason.THROTTLED, "The backend of this resource has too much to do.");
    }
    try {
      long most = FIRST_PAUSE_MILLIS << (vain - 1);
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(1, most + 1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt(); // whoever interrupted still wants this thread to end
      throw new StoreException(
          Reason.TIMEOUT, "The backend of this resource did not answer in time.", interrupted);
    }
  }
}
