package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
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

/** A table of its own, the store over it, and every request that the store sends. */
final class TableFixture implements AutoCloseable {
  final String table;
  final DynamoDbStore store;
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
              }
            });
    this.store =
        new DynamoDbStore(
            TestTable.settings(table, settings),
            TestContext.of(JsonObject.empty(), Path.of("")).json(),
            Duration.ofSeconds(5),
            () -> client,
            () -> {},
            client::close);
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

  /** Writes as another program does: without our version attribute. */
  void putByOthers(Map<String, AttributeValue> item) {
    TestDatabase.get().client().putItem(put -> put.tableName(table).item(item));
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
