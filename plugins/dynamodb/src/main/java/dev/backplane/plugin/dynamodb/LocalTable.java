package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonException;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import dev.backplane.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Makes a table that a local endpoint lacks, and gives a new one its first items. */
final class LocalTable {
  private static final Logger LOG = LoggerFactory.getLogger(DynamoDbService.class);
  private static final Duration MOST_WAIT = Duration.ofSeconds(30);

  private final TableSettings table;
  private final List<Map<String, AttributeValue>> seed;

  private LocalTable(TableSettings table, List<Map<String, AttributeValue>> seed) {
    this.table = table;
    this.seed = seed;
  }

  /** Reads the seed file, so that a mistake in it shows at start. */
  static LocalTable read(StoreContext context, TableSettings table) {
    Settings settings = context.settings();
    Optional<Path> file = settings.path("seed");
    if (file.isEmpty()) {
      return new LocalTable(table, List.of());
    }
    ItemCodec items = new ItemCodec(table);
    List<Map<String, AttributeValue>> seed = new ArrayList<>();
    for (JsonValue element : elements(context, file.get())) {
      try {
        if (!(element instanceof JsonObject body)) {
          throw settings.wrong("seed", "names a file with something else than objects in it");
        }
        String id =
            body.get(table.idField())
                .flatMap(JsonValue::text)
                .orElseThrow(() -> settings.wrong("seed", "names a file with an item without id"));
        seed.add(items.write(id, body));
      } catch (StoreException refused) {
        throw settings.wrong("seed", "names a file with a wrong item: " + refused.getMessage());
      }
    }
    return new LocalTable(table, seed);
  }

  private static List<JsonValue> elements(StoreContext context, Path file) {
    try {
      if (context.json().read(Files.readAllBytes(file)) instanceof JsonArray array) {
        return array.elements();
      }
    } catch (IOException unreadable) {
      throw context.settings().wrong("seed", "names a file that cannot be read");
    } catch (JsonException wrong) {
      throw context
          .settings()
          .wrong("seed", "names a file that is not JSON: " + wrong.getMessage());
    }
    throw context.settings().wrong("seed", "names a file that is not an array of objects");
  }

  /** Does nothing when the table is there, whatever is in it. */
  void prepare(DynamoDbClient client, TableDefinition definition) {
    if (status(client).isPresent()) {
      return;
    }
    try {
      client.createTable(
          definition.request().toBuilder().overrideConfiguration(LocalTable::patient).build());
    } catch (ResourceInUseException made) {
      LOG.debug("An attempt whose answer came too late made the table", made);
    }
    awaitActive(client);
    definition.ttl().ifPresent(attribute -> setTtl(client, attribute));
    Instant now = Instant.now();
    for (Map<String, AttributeValue> item : seed) {
      client.putItem(put ->
          put.tableName(table.table())
              .item(table.fields().timestamps().ofNew(item, now))
              .overrideConfiguration(LocalTable::patient));
    }
    LOG.info("Made the table \"{}\" with {} items", table.table(), seed.size());
  }

  private Optional<TableStatus> status(DynamoDbClient client) {
    try {
      return Optional.of(
          client
              .describeTable(describe ->
                  describe.tableName(table.table()).overrideConfiguration(LocalTable::patient))
              .table()
              .tableStatus());
    } catch (ResourceNotFoundException missing) {
      return Optional.empty();
    }
  }

  /** An emulator may take a moment; the SDK's own waiter looks every twenty seconds only. */
  private void awaitActive(DynamoDbClient client) {
    long deadline = System.nanoTime() + MOST_WAIT.toNanos();
    while (!status(client).equals(Optional.of(TableStatus.ACTIVE))) {
      if (System.nanoTime() - deadline > 0) {
        throw SdkClientException.create("a table that was made did not become active");
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private void setTtl(DynamoDbClient client, String attribute) {
    client.updateTimeToLive(update ->
        update
            .tableName(table.table())
            .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true))
            .overrideConfiguration(LocalTable::patient));
  }

  /** The first calls of a database that has just started take long on a busy machine. */
  private static void patient(AwsRequestOverrideConfiguration.Builder call) {
    call.apiCallTimeout(Duration.ofMinutes(1)).apiCallAttemptTimeout(Duration.ofSeconds(30));
  }
}
