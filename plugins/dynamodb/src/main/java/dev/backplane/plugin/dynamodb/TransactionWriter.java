package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Item;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Does several writes as one transaction of the service. Where a precondition names a hash, which
 * the service cannot compute, the item is read first, as for a single write. For one request on one
 * thread.
 */
final class TransactionWriter {
  /** The service's limit. */
  static final int MOST_WRITES = 100;

  private final DynamoDbClient client;
  private final ItemCodec items;
  private final Failures failures;
  private final Patience patience;
  private final TransactionItems transaction;
  private final BatchReader reader;
  private final Expiry expiry;
  private final Instant now;

  TransactionWriter(
      DynamoDbClient client,
      TableSettings table,
      ItemCodec items,
      Failures failures,
      Patience patience,
      Instant now) {
    this.client = client;
    this.items = items;
    this.failures = failures;
    this.patience = patience;
    this.expiry = table.fields().expiry();
    this.now = now;
    this.transaction = new TransactionItems(table, items, now);
    // always consistently: a write relies on it
    this.reader = new BatchReader(client, table, true, patience);
  }

  WriteAllResult write(List<Write> writes) {
    List<PreparedWrite> prepared = writes.stream().map(transaction::prepare).toList();
    Map<Integer, Refusal> refusals = new LinkedHashMap<>();
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> before = read(prepared, false);
    test(prepared, before, false, refusals);
    if (!refusals.isEmpty()) {
      // it will not be done: what the service would say of the others is found out as well
      test(prepared, read(prepared, true), true, refusals);
      return new WriteAllResult.Refused(refusals);
    }
    List<TransactWriteItem> asked = new ArrayList<>();
    prepared.forEach(each -> asked.add(transaction.item(each, each.find(before))));
    return commit(asked, prepared)
        .<WriteAllResult>map(WriteAllResult.Refused::new)
        .orElseGet(() -> new WriteAllResult.Done(done(prepared, before)));
  }

  /** Reads the items whose state is not for the service to tell, or those of all preconditions. */
  private Map<Map<String, AttributeValue>, Map<String, AttributeValue>> read(
      List<PreparedWrite> prepared, boolean all) {
    List<Map<String, AttributeValue>> keys =
        prepared.stream()
            .filter(each -> transaction.needsState(each) || (all && each.isConditional()))
            .flatMap(each -> each.key().stream())
            .toList();
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> found = new HashMap<>();
    reader
        .read(keys)
        .items()
        .forEach((key, item) -> expiry.alive(item, now).ifPresent(alive -> found.put(key, alive)));
    return found;
  }

  private void test(
      List<PreparedWrite> prepared,
      Map<Map<String, AttributeValue>, Map<String, AttributeValue>> before,
      boolean all,
      Map<Integer, Refusal> refusals) {
    for (int i = 0; i < prepared.size(); i++) {
      PreparedWrite each = prepared.get(i);
      if (all || each.isImpossible() || transaction.needsState(each)) {
        Optional<Refusal> refusal = transaction.refusal(each, each.find(before));
        if (refusal.isPresent()) {
          refusals.putIfAbsent(i, refusal.get());
        }
      }
    }
  }

  private List<Optional<Item>> done(
      List<PreparedWrite> prepared,
      Map<Map<String, AttributeValue>, Map<String, AttributeValue>> before) {
    return prepared.stream()
        // an attribute that others add between the read and the write is not in it, nor lost
        .map(each ->
            transaction
                .stored(each, each.find(before))
                .or(() -> each.find(before))
                .map(items::read))
        .toList();
  }

  /** Commits; the refusals where it was cancelled for good, empty when it is done. */
  private Optional<Map<Integer, Refusal>> commit(
      List<TransactWriteItem> asked, List<PreparedWrite> prepared) {
    patience.restart();
    while (true) {
      try {
        // with a token of the SDK's making, so that an attempt whose answer got lost counts once
        client.transactWriteItems(request -> request.transactItems(asked));
        return Optional.empty();
      } catch (TransactionCanceledException cancelled) {
        Map<Integer, Refusal> refusals = refusals(cancelled, prepared);
        if (!refusals.isEmpty()) {
          return Optional.of(refusals);
        }
        waitAfter(cancelled);
      }
    }
  }

  private Map<Integer, Refusal> refusals(
      TransactionCanceledException cancelled, List<PreparedWrite> prepared) {
    Map<Integer, Refusal> refusals = new LinkedHashMap<>();
    List<CancellationReason> reasons = cancelled.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      CancellationReason reason = reasons.get(i);
      switch (String.valueOf(reason.code())) {
        case "ConditionalCheckFailed" -> refusals.put(i, failed(reason, prepared.get(i)));
        case "ItemCollectionSizeLimitExceeded" ->
            refusals.put(i, new Refusal.Failed(Failures.collectionTooLarge(cancelled)));
        case "ValidationError" -> {
          StoreException meaning = failures.validation(reason.message(), cancelled);
          if (meaning.reason() != Reason.INVALID) {
            throw meaning;
          }
          refusals.put(i, new Refusal.Failed(meaning));
        }
        default -> {
          // none, or one that may be gone when it is tried again
        }
      }
    }
    return refusals;
  }

  private Refusal failed(CancellationReason reason, PreparedWrite prepared) {
    Optional<Map<String, AttributeValue>> current =
        reason.hasItem() ? expiry.alive(reason.item(), now) : Optional.empty();
    if (current.isPresent() && transaction.keeps(prepared)) {
      throw new StoreException(
          Reason.CONFLICT, "Others create and delete these items all the time: try again.");
    }
    return new Refusal.PreconditionFailed(current.map(items::read));
  }

  /** Waits for who else works on the items, or for capacity. */
  private void waitAfter(TransactionCanceledException cancelled) {
    boolean conflict =
        cancelled.cancellationReasons().stream()
            .anyMatch(reason -> "TransactionConflict".equals(reason.code()));
    try {
      patience.beforeNext(false);
    } catch (StoreException over) {
      // whether time or patience ended: nothing was written
      throw conflict
          ? new StoreException(
              Reason.CONFLICT, "Others are changing these items: try again.", cancelled)
          : new StoreException(
              Reason.THROTTLED, "The backend of this resource has too much to do.", cancelled);
    }
  }
}
