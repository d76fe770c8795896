package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.Item;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.time.Clock;
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
 * the service cannot compute, or the time of creation is kept, the item is read first, as for a
 * single write. For one request on one thread.
 */
final class TransactionWriter {
  /** The service's limit. */
  static final int MOST_WRITES = 100;

  private final DynamoDbClient client;
  private final ItemCodec items;
  private final Expiry expiry;
  private final Failures failures;
  private final Patience patience;
  private final Clock clock;
  private final TransactionItems transaction;
  private final BatchReader reader;

  TransactionWriter(
      DynamoDbClient client,
      TableSettings table,
      ItemCodec items,
      Failures failures,
      Patience patience,
      Clock clock) {
    this.client = client;
    this.items = items;
    this.expiry = table.fields().expiry();
    this.failures = failures;
    this.patience = patience;
    this.clock = clock;
    this.transaction = new TransactionItems(table, items);
    // always consistently: a write relies on it
    this.reader = new BatchReader(client, table, true, new Patience(patience));
  }

  WriteAllResult write(List<Write> writes) {
    List<PreparedWrite> prepared =
        writes.stream().map(write -> PreparedWrite.of(write, items)).toList();
    while (true) {
      Instant now = clock.instant();
      List<Optional<Map<String, AttributeValue>>> before = read(prepared, false, now);
      Map<Integer, Refusal> refusals = refusals(prepared, before, false);
      if (!refusals.isEmpty()) {
        // it will not be done: what the service would say of the others is found out as well
        refusals.putAll(refusals(prepared, read(prepared, true, now), true));
        return new WriteAllResult.Refused(refusals);
      }
      List<PreparedWrite> stamped = new ArrayList<>();
      for (int i = 0; i < prepared.size(); i++) {
        stamped.add(transaction.stamped(prepared.get(i), before.get(i), now));
      }
      Optional<WriteAllResult> result = commit(stamped, before, now);
      if (result.isPresent()) {
        return result.get();
      }
    }
  }

  /** Reads the items that have to be known, or those of all preconditions. */
  private List<Optional<Map<String, AttributeValue>>> read(
      List<PreparedWrite> prepared, boolean all, Instant now) {
    List<Map<String, AttributeValue>> keys =
        prepared.stream()
            .filter(each -> transaction.needsItem(each) || (all && each.isConditional()))
            .flatMap(each -> each.key().stream())
            .toList();
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> found = new HashMap<>();
    if (!keys.isEmpty()) {
      found.putAll(reader.read(keys).items());
    }
    return prepared.stream()
        .map(each -> each.key().map(found::get).flatMap(item -> expiry.alive(item, now)))
        .toList();
  }

  /** What is refused of those whose items were read, or of all. */
  private Map<Integer, Refusal> refusals(
      List<PreparedWrite> prepared,
      List<Optional<Map<String, AttributeValue>>> before,
      boolean all) {
    Map<Integer, Refusal> refusals = new LinkedHashMap<>();
    for (int i = 0; i < prepared.size(); i++) {
      PreparedWrite each = prepared.get(i);
      if (all || each.isImpossible() || transaction.needsItem(each)) {
        int index = i;
        transaction.refusal(each, before.get(i)).ifPresent(why -> refusals.put(index, why));
      }
    }
    return refusals;
  }

  /** Commits; empty when it has to begin again, as others were there at the same time. */
  private Optional<WriteAllResult> commit(
      List<PreparedWrite> stamped,
      List<Optional<Map<String, AttributeValue>>> before,
      Instant now) {
    List<TransactWriteItem> asked = new ArrayList<>();
    List<Optional<Item>> done = new ArrayList<>();
    for (int i = 0; i < stamped.size(); i++) {
      Optional<Map<String, AttributeValue>> replaced = before.get(i);
      asked.add(transaction.item(stamped.get(i), replaced, now));
      // an attribute that others add between the read and the write is not told, but not lost
      done.add(stamped.get(i).attributes().or(() -> replaced).map(items::read));
    }
    try {
      // with a token of the SDK's making, so that an attempt whose answer got lost counts once
      client.transactWriteItems(request -> request.transactItems(asked));
      return Optional.of(new WriteAllResult.Done(done));
    } catch (TransactionCanceledException cancelled) {
      Map<Integer, Refusal> refusals = refusals(stamped, cancelled, now);
      if (!refusals.isEmpty()) {
        return Optional.of(new WriteAllResult.Refused(refusals));
      }
      waitAfter(cancelled);
      return Optional.empty();
    }
  }

  private Map<Integer, Refusal> refusals(
      List<PreparedWrite> stamped, TransactionCanceledException cancelled, Instant now) {
    Map<Integer, Refusal> refusals = new LinkedHashMap<>();
    List<CancellationReason> reasons = cancelled.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      int index = i;
      refusal(stamped.get(i), reasons.get(i), cancelled, now)
          .ifPresent(why -> refusals.put(index, why));
    }
    return refusals;
  }

  private Optional<Refusal> refusal(
      PreparedWrite write,
      CancellationReason reason,
      TransactionCanceledException cancelled,
      Instant now) {
    return switch (String.valueOf(reason.code())) {
      // none where it was about what is kept of an item, and not about the precondition
      case "ConditionalCheckFailed" -> transaction.refusal(write, expiry.alive(reason.item(), now));
      case "ItemCollectionSizeLimitExceeded" ->
          Optional.of(new Refusal.Failed(Failures.collectionTooLarge(cancelled)));
      case "ValidationError" -> {
        StoreException meaning = failures.validation(reason.message(), cancelled);
        if (meaning.reason() != Reason.INVALID) {
          throw meaning;
        }
        yield Optional.of(new Refusal.Failed(meaning));
      }
      default -> Optional.empty(); // what may be gone when it is tried again
    };
  }

  /** Waits for who else works on the items, or for capacity. */
  private void waitAfter(TransactionCanceledException cancelled) {
    boolean others =
        cancelled.cancellationReasons().stream()
            .map(reason -> String.valueOf(reason.code()))
            .anyMatch(List.of("TransactionConflict", "ConditionalCheckFailed")::contains);
    try {
      patience.beforeNext(false);
    } catch (StoreException over) {
      // whether time or patience ended: nothing was written
      throw others
          ? new StoreException(
              Reason.THROTTLED, "Others are changing these items: try again.", cancelled)
          : new StoreException(
              Reason.THROTTLED, "The backend of this resource has too much to do.", cancelled);
    }
  }
}
