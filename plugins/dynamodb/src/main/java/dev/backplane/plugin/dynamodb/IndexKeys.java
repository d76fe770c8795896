package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Finds the field for which the service refuses a whole item: an index of the table has it in its
 * key, and cannot hold its value. Looked for when the service has refused, not before: only then
 * are the table's own indexes worth a request, and only the service knows what it takes.
 */
final class IndexKeys {
  private final KeySchema table;
  private final DescribedTable described;

  IndexKeys(KeySchema table, DescribedTable described) {
    this.table = table;
    this.described = described;
  }

  /** Does a write of an item; a refusal for an index names the field. */
  <T> T write(DynamoDbClient client, Map<String, AttributeValue> item, Supplier<T> write) {
    try {
      return write.get();
    } catch (DynamoDbException refusal) {
      if (!Failures.isAboutValues(refusal)) {
        throw refusal;
      }
      throw explained(client, item, refusal)
          .<RuntimeException>map(message -> new StoreException(Reason.INVALID, message, refusal))
          .orElse(refusal);
    }
  }

  private Optional<String> explained(
      DynamoDbClient client, Map<String, AttributeValue> item, DynamoDbException refusal) {
    try {
      return objection(described.allIndexes(client), item);
    } catch (SdkException unknown) {
      refusal.addSuppressed(unknown); // the refusal is the answer, if with fewer words
      return Optional.empty();
    }
  }

  /** What an index cannot hold of an item, for the client; empty where they hold all of it. */
  Optional<String> objection(List<AccessPath> indexes, Map<String, AttributeValue> item) {
    return indexes.stream()
        .flatMap(index -> index.keys().attributes().stream())
        .filter(key -> !table.has(key.name()))
        .filter(key -> item.containsKey(key.name()) && !key.holds(item.get(key.name())))
        .findFirst()
        .map(key ->
            "The field \"%s\" should be %s, or be left out: the table has an index by it."
                .formatted(key.name(), key.described()));
  }
}
