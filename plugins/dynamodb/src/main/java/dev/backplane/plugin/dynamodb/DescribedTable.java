package dev.backplane.plugin.dynamodb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What the service says of a table: about how many items it has, which it brings up to date every
 * six hours, and its indexes. Asked for when it is needed, and once a minute at most. Safe for use
 * by many threads.
 */
final class DescribedTable {
  private static final Logger LOG = LoggerFactory.getLogger(DynamoDbService.class);
  private static final long AGE = Duration.ofMinutes(1).toNanos();

  private final TableSettings table;
  private volatile @Nullable Known known;

  /** Nothing where the gateway may not ask. */
  private record Known(Optional<Long> items, List<AccessPath> indexes, long since) {}

  DescribedTable(TableSettings table) {
    this.table = table;
  }

  /** About how many items there are; empty where the gateway may not ask. */
  OptionalLong items(DynamoDbClient client) {
    return known(client).items().map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /**
   * The mapping's indexes, or else those that the table has, of which the gateway may know none.
   */
  List<AccessPath> indexes(DynamoDbClient client) {
    return table.indexes().declared().orElseGet(() -> known(client).indexes());
  }

  /** The mapping's indexes and those that the table has, as far as the gateway may know. */
  List<AccessPath> allIndexes(DynamoDbClient client) {
    List<AccessPath> all = new ArrayList<>(known(client).indexes());
    table.indexes().declared().ifPresent(all::addAll);
    return all;
  }

  private Known known(DynamoDbClient client) {
    Known last = known;
    if (last == null || System.nanoTime() - last.since() > AGE) {
      last = ask(client);
      known = last;
    }
    return last;
  }

  private Known ask(DynamoDbClient client) {
    try {
      TableDescription description =
          client.describeTable(request -> request.tableName(table.table())).table();
      return new Known(
          Optional.of(description.itemCount()), indexes(description), System.nanoTime());
    } catch (AwsServiceException refusal) {
      if (!Failures.isDenied(refusal)) {
        throw refusal;
      }
      // a courtesy: a list does not fail for want of an estimate or an index
      LOG.warn("The credentials do not allow DescribeTable for the table \"{}\"", table.table());
      return new Known(Optional.empty(), List.of(), System.nanoTime());
    }
  }

  private static List<AccessPath> indexes(TableDescription description) {
    Map<String, KeyType> types = new HashMap<>();
    for (AttributeDefinition attribute : description.attributeDefinitions()) {
      types.put(attribute.attributeName(), KeyType.of(attribute.attributeType()));
    }
    List<AccessPath> paths = new ArrayList<>();
    description.globalSecondaryIndexes().stream()
        .filter(index -> index.indexStatus() == IndexStatus.ACTIVE)
        .map(index -> path(index.indexName(), index.keySchema(), index.projection(), types, true))
        .forEach(paths::add);
    description.localSecondaryIndexes().stream()
        .map(index -> path(index.indexName(), index.keySchema(), index.projection(), types, false))
        .forEach(paths::add);
    return List.copyOf(paths);
  }

  private static AccessPath path(
      String name,
      List<KeySchemaElement> elements,
      Projection projection,
      Map<String, KeyType> types,
      boolean global) {
    KeySchema keys = KeySchema.of(elements, types);
    boolean whole = projection.projectionType() == ProjectionType.ALL;
    // whether every item has the second attribute, only the mapping can say
    return new AccessPath(name, keys, global, whole, keys.sort().isEmpty());
  }
}
