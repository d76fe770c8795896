package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.StoreException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Puts many items. The service takes twenty-five at once, which are never too large together, and
 * leaves some of them for later when it has too much to do. For one request on one thread.
 */
final class BatchWriter {
  private static final int MOST_ITEMS = 25;

  private final DynamoDbClient client;
  private final TableSettings table;
  private final ItemCodec items;
  private final Failures failures;
  private final Patience patience;
  private final Instant now;
  private final Timestamps timestamps;
  private final Map<String, PutOutcome> outcomes = new HashMap<>();

  BatchWriter(
      DynamoDbClient client,
      TableSettings table,
      ItemCodec items,
      Failures failures,
      Patience patience,
      Instant now) {
    this.client = client;
    this.table = table;
    this.items = items;
    this.failures = failures;
    this.patience = patience;
    this.now = now;
    this.timestamps = table.fields().timestamps();
  }

  /** An item that is to be stored. */
  private record Waiting(String id, Map<String, AttributeValue> item) {}

  Map<String, PutOutcome> put(Map<String, JsonObject> bodies) {
    Deque<Waiting> waiting = new ArrayDeque<>();
    bodies.forEach((id, body) -> {
      try {
        waiting.add(new Waiting(id, items.write(id, body)));
      } catch (StoreException impossible) {
        outcomes.put(id, new PutOutcome.Failed(impossible));
      }
    });
    try {
      stamp(waiting);
      putAll(waiting);
    } catch (SdkException failure) {
      fail(waiting, failures.translate(failure));
    } catch (StoreException failure) {
      fail(waiting, failure);
    }
    return outcomes;
  }

  /**
   * Writes the times into the items. The time of creation of what is replaced is kept; as new items
   * have new ids, hardly any is. Who creates one of them in between loses that time and no more.
   */
  private void stamp(Deque<Waiting> waiting) {
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> before =
        timestamps.created().isPresent()
            ? new BatchReader(client, table, true, patience)
                .read(waiting.stream().map(each -> items.key(each.item())).toList())
                .items()
            : Map.of();
    for (int i = waiting.size(); i > 0; i--) {
      Waiting each = waiting.remove();
      Map<String, AttributeValue> replaced = before.getOrDefault(items.key(each.item()), Map.of());
      Map<String, AttributeValue> stamped =
          table.fields().expiry().alive(replaced, now).isPresent()
              ? timestamps.ofNext(each.item(), replaced, now)
              : timestamps.ofNew(each.item(), now);
      waiting.add(new Waiting(each.id(), stamped));
    }
  }

  private void fail(Deque<Waiting> waiting, StoreException failure) {
    waiting.forEach(each -> outcomes.put(each.id(), new PutOutcome.Failed(failure)));
  }

  /** What is still waiting when this fails has not been stored, as far as can be told. */
  private void putAll(Deque<Waiting> waiting) {
    while (!waiting.isEmpty()) {
      List<Waiting> some = waiting.stream().limit(MOST_ITEMS).toList();
      // by the version, which is new with each write: a number may come back in another form
      Set<AttributeValue> left = putSome(some);
      some.forEach(each -> {
        waiting.remove();
        if (left.contains(each.item().get(table.version()))) {
          waiting.add(each);
        } else {
          outcomes.computeIfAbsent(each.id(), id -> new PutOutcome.Stored(items.read(each.item())));
        }
      });
      if (!waiting.isEmpty()) {
        patience.beforeNext(left.size() < some.size());
      }
    }
  }

  /** Puts at most as many as the service takes, and returns the versions of those left undone. */
  private Set<AttributeValue> putSome(List<Waiting> some) {
    List<WriteRequest> writes = new ArrayList<>();
    for (Waiting each : some) {
      PutRequest put = PutRequest.builder().item(each.item()).build();
      writes.add(WriteRequest.builder().putRequest(put).build());
    }
    try {
      BatchWriteItemResponse response =
          client.batchWriteItem(request ->
              request
                  .requestItems(Map.of(table.table(), writes))
                  .overrideConfiguration(Puts.oneWait()));
      // of one table, whether the service calls it by its name or its ARN
      return response.unprocessedItems().values().stream()
          .flatMap(List::stream)
          .flatMap(write -> Optional.ofNullable(write.putRequest()).stream())
          .flatMap(put -> Optional.ofNullable(put.item().get(table.version())).stream())
          .collect(Collectors.toSet());
    } catch (SdkException failure) {
      StoreException meaning = failures.translate(failure);
      if (meaning.reason() != StoreException.Reason.INVALID) {
        throw meaning;
      }
      // one that the service cannot hold keeps it from storing the others: it has to say which
      some.forEach(this::putAlone);
      return Set.of();
    }
  }

  private void putAlone(Waiting each) {
    try {
      client.putItem(request ->
          request.tableName(table.table()).item(each.item()).overrideConfiguration(Puts.oneWait()));
    } catch (SdkException failure) {
      outcomes.put(each.id(), new PutOutcome.Failed(failures.translate(failure)));
    }
  }
}
