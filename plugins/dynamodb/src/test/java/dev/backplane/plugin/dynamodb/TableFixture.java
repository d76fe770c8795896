package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
import dev.backplane.spi.Provision;
import dev.backplane.spi.Query;
import dev.backplane.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** A table of its own, the store over it, and every request that the store sends. */
final class TableFixture implements AutoCloseable {
  private static final int MOST_WRITES = 100;

  final String table;
  final DynamoDbStore store;
  final SettableClock clock = new SettableClock();
  private final Reaction before = new Reaction();
  private final Reaction after = new Reaction();
  private final List<SdkRequest> sent = Collections.synchronizedList(new ArrayList<>());

  private TableFixture(String table, JsonObject settings) {
    this.table = table;
    DynamoDbClient client =
        TestDatabase.client(
            TestDatabase.get().endpoint(),
            new ExecutionInterceptor() {
              @Override
              public void beforeExecution(
                  Context.BeforeExecution context, ExecutionAttributes attributes) {
                sent.add(context.request());
                before.meet(context.request());
              }

              @Override
              public void afterExecution(
                  Context.AfterExecution context, ExecutionAttributes attributes) {
                after.meet(context.request());
              }
            });
    this.store =
        new DynamoDbStore(
            TestTable.settings(table, settings),
            TestContext.of(JsonObject.empty(), Path.of("")).json(),
            Duration.ofSeconds(5),
            new Backend(() -> client, () -> {}, client::close, Provision::none),
            clock);
  }

  /** Makes a table with the key and the indexes of the settings, and opens it with them. */
  static TableFixture make(String settings) {
    JsonObject made = TestTable.json(settings);
    return new TableFixture(TestDatabase.get().newTable(made), made);
  }

  /** Opens the same table with other settings. */
  TableFixture openedWith(String settings) {
    return new TableFixture(table, TestTable.json(settings));
  }

  /** Has something done once, before the next request of a kind is sent. */
  void beforeNext(Class<? extends SdkRequest> kind, Runnable action) {
    before.on(kind, action);
  }

  /** Has something done once, after the next request of a kind was answered. */
  void afterNext(Class<? extends SdkRequest> kind, Runnable action) {
    after.on(kind, action);
  }

  /** What others do while the store is at work. */
  private static final class Reaction {
    private Optional<Class<? extends SdkRequest>> kind = Optional.empty();
    private Runnable action = () -> {};

    synchronized void on(Class<? extends SdkRequest> awaited, Runnable reaction) {
      kind = Optional.of(awaited);
      action = reaction;
    }

    synchronized void meet(SdkRequest request) {
      if (kind.equals(Optional.of(request.getClass()))) {
        kind = Optional.empty();
        action.run(); // which may wait for the next one
      }
    }
  }

  /** Reads as another program does. */
  Map<String, AttributeValue> stored(String id) {
    return TestDatabase.get()
        .client()
        .getItem(get -> get.tableName(table).key(Map.of("id", s(id))).consistentRead(true))
        .item();
  }

  /** Writes as another program does: without our version attribute. */
  void putByOthers(Map<String, AttributeValue> item) {
    TestDatabase.get().client().putItem(put -> put.tableName(table).item(item));
  }

  /** Many at once, each key once: DynamoDB Local waits for its disk once a transaction. */
  static void putByOthers(String table, List<Map<String, AttributeValue>> items) {
    for (int i = 0; i < items.size(); i += MOST_WRITES) {
      List<TransactWriteItem> writes =
          items.subList(i, Math.min(items.size(), i + MOST_WRITES)).stream()
              .map(item ->
                  TransactWriteItem.builder().put(put -> put.tableName(table).item(item)).build())
              .toList();
      TestDatabase.get().client().transactWriteItems(request -> request.transactItems(writes));
    }
  }

  /** What was sent since the last call, by the names of the requests. */
  List<String> sent() {
    List<String> names =
        List.copyOf(sent).stream()
            .map(request -> request.getClass().getSimpleName().replace("Request", ""))
            .toList();
    sent.clear();
    return names;
  }

  List<SdkRequest> requests() {
    List<SdkRequest> requests = List.copyOf(sent);
    sent.clear();
    return requests;
  }

  /** All items of a list, page by page. */
  List<Item> all(Query query) {
    List<Item> items = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Page page = store.list(next.map(query::from).orElse(query));
      items.addAll(page.items());
      next = page.next();
    } while (next.isPresent());
    return items;
  }

  List<String> ids(Query query) {
    return all(query).stream().map(Item::id).toList();
  }

  static Query where(String field, Operator operator, String... operands) {
    return Query.first(5).filteredBy(Filter.where(field, operator, operands));
  }

  static Query where(Filter... terms) {
    return Query.first(5).filteredBy(new Filter.And(List.of(terms)));
  }

  static List<Order> by(String field, boolean descending) {
    return List.of(new Order(FieldPath.parse(field), descending));
  }

  static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue n(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  @Override
  public void close() {
    store.close();
  }
}
