package dev.backplane.plugin.dynamodb;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * About how many items a table has: the service's own number, which it brings up to date every six
 * hours. Asked for once a minute at most. Safe for use by many threads.
 */
final class TableSize {
  private static final Logger LOG = LoggerFactory.getLogger(DynamoDbService.class);
  private static final long AGE = Duration.ofMinutes(1).toNanos();

  private final String table;
  private volatile @Nullable Known known;

  private record Known(OptionalLong items, long since) {}

  TableSize(String table) {
    this.table = table;
  }

  /** The number; empty where the gateway may not ask. */
  OptionalLong items(DynamoDbClient client) {
    Known last = known;
    if (last == null || System.nanoTime() - last.since() > AGE) {
      last = new Known(ask(client), System.nanoTime());
      known = last;
    }
    return last.items();
  }

  private OptionalLong ask(DynamoDbClient client) {
    try {
      return OptionalLong.of(
          client.describeTable(request -> request.tableName(table)).table().itemCount());
    } catch (AwsServiceException refusal) {
      if (!Failures.isDenied(refusal)) {
        throw refusal;
      }
      // an estimate is a courtesy: a list does not fail for want of one
      LOG.warn("The credentials do not allow DescribeTable for the table \"{}\"", table);
      return OptionalLong.empty();
    }
  }
}
