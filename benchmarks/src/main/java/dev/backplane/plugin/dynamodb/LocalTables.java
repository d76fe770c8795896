package dev.backplane.plugin.dynamodb;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Tables of small items in a DynamoDB Local, which this starts, each with an index by {@code city}
 * and {@code joined}. They are kept: the next run finds them filled.
 */
public final class LocalTables implements AutoCloseable {
  private static final int BATCH = 25;
  private static final int WRITERS = 4;

  private final LocalDynamoDb database;
  private final DynamoDbClient client;

  /**
   * Starts the database.
   *
   * @param home the directory of its jars
   * @param data where the tables are kept
   */
  public LocalTables(Path home, Path data) {
    database = LocalDynamoDb.start(new Endpoint.Local(home, data));
    client =
        DynamoDbClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(database.endpoint())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(Apache5HttpClient.builder())
            .build();
  }

  /**
   * Where it answers.
   *
   * @return a URL
   */
  public URI endpoint() {
    return database.endpoint();
  }

  /**
   * Makes a table and fills it, where that was not done before.
   *
   * @param table its name
   * @param count how many items it has
   * @param item the n-th item, its attributes by name
   * @throws Exception when a write fails
   */
  public void fill(String table, int count, IntFunction<Map<String, AttributeValue>> item)
      throws Exception {
    Optional<Long> before = items(table);
    if (before.isPresent() && before.get() == count) {
      return;
    }
    if (before.isPresent()) {
      client.deleteTable(delete -> delete.tableName(table));
    }
    make(table);
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        int first = i * BATCH;
        writers.add(threads.submit(() -> write(table, first, count, item)));
      }
      for (Future<?> writer : writers) {
        Object unused = writer.get();
      }
    }
  }

  private void write(
      String table, int first, int count, IntFunction<Map<String, AttributeValue>> item) {
    for (int from = first; from < count; from += WRITERS * BATCH) {
      List<WriteRequest> writes = new ArrayList<>();
      for (int n = from; n < Math.min(count, from + BATCH); n++) {
        Map<String, AttributeValue> attributes = item.apply(n);
        writes.add(WriteRequest.builder().putRequest(put -> put.item(attributes)).build());
      }
      // one on this machine leaves nothing undone
      if (!client
          .batchWriteItem(batch -> batch.requestItems(Map.of(table, writes)))
          .unprocessedItems()
          .isEmpty()) {
        throw new IllegalStateException("DynamoDB Local left items out");
      }
    }
  }

  private Optional<Long> items(String table) {
    try {
      return Optional.of(client.describeTable(ask -> ask.tableName(table)).table().itemCount());
    } catch (ResourceNotFoundException missing) {
      return Optional.empty();
    }
  }

  private void make(String table) {
    client.createTable(create ->
        create
            .tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                attribute("id", "S"), attribute("city", "S"), attribute("joined", "N"))
            .keySchema(key("id", "HASH"))
            .globalSecondaryIndexes(index ->
                index
                    .indexName("by-city")
                    .keySchema(key("city", "HASH"), key("joined", "RANGE"))
                    .projection(projection -> projection.projectionType("ALL"))));
  }

  private static AttributeDefinition attribute(String name, String type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement key(String name, String type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  @Override
  public void close() {
    client.close();
    database.close();
  }
}
