package dev.backplane.plugin.dynamodb;

import dev.backplane.benchmarks.dynamodb.Calls;
import dev.backplane.core.http.Json;
import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.Settings;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import dev.backplane.spi.WritableStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The SDK's calls that the plugin makes for the gateway, made without either, and the plugin's
 * store without HTTP. In the package of the plugin, so that the SDK's client is the plugin's own
 * with all its settings.
 */
public final class InProcess implements AutoCloseable {
  private final Connection connection;
  private final Store store;
  private final String id;
  private final String body;
  private final List<String> ids;
  private final int page;

  /**
   * Makes the client and opens the store.
   *
   * @param settings as in the mapping, those of the connection and the table
   * @param id the item that is read and written
   * @param body its JSON
   * @param ids those of a batch
   * @param page how many items a page has
   */
  public InProcess(
      Map<String, String> settings, String id, String body, List<String> ids, int page) {
    this.connection =
        new Connection(
            ConnectionSettings.read(settings(settings), Map.of()),
            new Shared<>(LocalDynamoDb::start, LocalDynamoDb::close));
    this.store = new DynamoDbService().open(new Context("items", "id", settings(settings)));
    this.id = id;
    this.body = body;
    this.ids = ids;
    this.page = page;
  }

  private static Settings settings(Map<String, String> settings) {
    JsonObject.Builder values = JsonObject.builder();
    settings.forEach((key, value) -> values.put(key, new JsonString(value)));
    return Settings.of(values.build(), Path.of(""));
  }

  private record Context(String resource, String idField, Settings settings)
      implements StoreContext {
    @Override
    public JsonCodec json() {
      return Json.CODEC;
    }
  }

  private JsonObject object() {
    return (JsonObject) Json.CODEC.read(body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The SDK's calls.
   *
   * @return for one thread
   */
  public Calls sdk() {
    DynamoDbClient client = connection.client();
    Map<String, AttributeValue> key = Map.of("id", AttributeValue.fromS(id));
    Map<String, AttributeValue> item =
        new ItemCodec(TableSettings.read(new Context("items", "id", settings(Map.of()))))
            .write(id, object());
    List<Map<String, AttributeValue>> keys =
        ids.stream().map(one -> Map.of("id", AttributeValue.fromS(one))).toList();
    return new Calls() {
      @Override
      public void get() {
        expect(
            client.getItem(get -> get.tableName("items").key(key).consistentRead(true)).hasItem());
      }

      @Override
      public void put() {
        expect(
            client
                .putItem(put ->
                    put.tableName("items")
                        .item(item)
                        .returnValues(ReturnValue.ALL_OLD)
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .hasAttributes());
      }

      @Override
      public void list() {
        expect(
            client
                    .scan(scan ->
                        scan.tableName("items")
                            .limit(page + 1)
                            .consistentRead(true)
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                    .items()
                    .size()
                > page);
      }

      @Override
      public void batch() {
        KeysAndAttributes wanted =
            KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
        expect(
            client
                    .batchGetItem(batch ->
                        batch
                            .requestItems(Map.of("items", wanted))
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                    .responses()
                    .get("items")
                    .size()
                == ids.size());
      }
    };
  }

  /**
   * The calls of the plugin's store.
   *
   * @return for one thread
   */
  public Calls store() {
    JsonObject object = object();
    Set<String> batch = ids.stream().collect(Collectors.toSet());
    return new Calls() {
      @Override
      public void get() {
        expect(store.get(id).isPresent());
      }

      @Override
      public void put() {
        expect(
            ((WritableStore) store).put(id, object, new Precondition.None())
                instanceof dev.backplane.spi.PutResult.Replaced);
      }

      @Override
      public void list() {
        expect(store.list(Query.first(page)).items().size() == page);
      }

      @Override
      public void batch() {
        expect(((BatchGetStore) store).getAll(batch).size() == ids.size());
      }
    };
  }

  private static void expect(boolean right) {
    if (!right) {
      throw new IllegalStateException("an answer is not what the stub gives");
    }
  }

  @Override
  public void close() {
    store.close();
    connection.close();
  }
}
