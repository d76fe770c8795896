package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.BatchPutStore;
import dev.backplane.spi.CheckableStore;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Provision;
import dev.backplane.spi.ProvisionedStore;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StartableStore;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.TransactionalStore;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of one table. */
final class DynamoDbStore
    implements StartableStore,
        BatchGetStore,
        CountableStore,
        BatchPutStore,
        TransactionalStore,
        CheckableStore,
        ProvisionedStore {
  private final TableSettings table;
  private final ItemCodec items;
  private final TableReader reader;
  private final DescribedTable described;
  private final Clock clock;
  private final Duration timeout;
  private final TableWriter writer;
  private final IndexKeys indexKeys;
  private final Failures failures;
  private final Backend backend;

  DynamoDbStore(
      TableSettings table, JsonCodec json, Duration timeout, Backend backend, Clock clock) {
    this.table = table;
    this.items = new ItemCodec(table);
    this.described = new DescribedTable(table);
    this.reader = new TableReader(table, items, described, json, timeout, clock);
    this.clock = clock;
    this.timeout = timeout;
    this.writer = new TableWriter(table, items, clock);
    this.indexKeys = new IndexKeys(table.keys(), described);
    this.failures = new Failures(table.table());
    this.backend = backend;
  }

  @Override
  public void start() {
    backend.start().run();
  }

  @Override
  public Provision provision() {
    return backend.provision().get();
  }

  @Override
  public Optional<Item> get(String id) {
    return items.key(id).flatMap(key -> call(aws -> get(aws, key)));
  }

  private Optional<Item> get(DynamoDbClient aws, Map<String, AttributeValue> key) {
    Map<String, AttributeValue> found =
        aws.getItem(request ->
                request.tableName(table.table()).key(key).consistentRead(table.consistent()))
            .item();
    return alive(found).map(items::read);
  }

  /** By an item, which every caller may read: the tables of some may not be described by them. */
  @Override
  public void check() {
    Map<String, AttributeValue> key = table.keys().some();
    call(aws -> aws.getItem(request -> request.tableName(table.table()).key(key)));
  }

  /** As it is to the clients, for whom an item whose time is over is gone. */
  private Optional<Map<String, AttributeValue>> alive(Map<String, AttributeValue> item) {
    return table.fields().expiry().alive(item, clock.instant());
  }

  @Override
  public List<Item> getAll(Set<String> ids) {
    Set<Map<String, AttributeValue>> keys =
        ids.stream().flatMap(id -> items.key(id).stream()).collect(Collectors.toSet());
    return call(aws ->
        new BatchReader(aws, table, timeout)
            .read(keys).items().values().stream()
                .flatMap(item -> alive(item).stream())
                .map(items::read)
                .toList());
  }

  /** Only where a key leads to the matches: counting a table is reading it, which has a limit. */
  @Override
  public OptionalLong count(Filter filter) {
    return filter.conjuncts().isEmpty()
        ? OptionalLong.empty()
        : call(aws -> reader.count(aws, filter));
  }

  @Override
  public OptionalLong estimate(Filter filter) {
    return filter.conjuncts().isEmpty() ? call(described::items) : OptionalLong.empty();
  }

  @Override
  public Page list(Query query) {
    return call(aws -> reader.list(aws, query));
  }

  @Override
  public PutResult put(String id, JsonObject body, Precondition precondition) {
    Map<String, AttributeValue> attributes = items.write(id, body);
    return call(
        aws -> indexKeys.write(aws, attributes, () -> writer.put(aws, attributes, precondition)));
  }

  @Override
  public DeleteResult delete(String id, Precondition precondition) {
    Optional<Map<String, AttributeValue>> key = items.key(id);
    return key.isEmpty()
        ? new DeleteResult.Missing()
        : call(aws -> writer.delete(aws, key.get(), precondition));
  }

  @Override
  public Map<String, PutOutcome> putAll(Map<String, JsonObject> bodies) {
    return call(aws ->
        new BatchWriter(aws, table, items, failures, new Patience(timeout), clock.instant())
            .put(bodies));
  }

  @Override
  public int mostWrites() {
    return TransactionWriter.MOST_WRITES;
  }

  @Override
  public WriteAllResult writeAll(List<Write> writes) {
    return call(aws ->
        new TransactionWriter(aws, table, items, failures, new Patience(timeout), clock)
            .write(writes));
  }

  @Override
  public Item create(JsonObject body) {
    if (hasRandomIds()) {
      return TransactionalStore.super.create(body);
    }
    return switch (put(items.newId(body), body, new Precondition.Absent())) {
      case PutResult.Created created -> created.item();
      case PutResult.PreconditionFailed taken ->
          throw new StoreException(Reason.CONFLICT, "There is an item with this key already.");
      case PutResult.Replaced replaced -> throw new IllegalStateException("put replaced an item");
    };
  }

  @Override
  public boolean hasRandomIds() {
    return table.keys().sort().isEmpty()
        && table.keys().partition().type() == KeyType.STRING
        && table.fields().ids() == IdChoice.UUID_V4;
  }

  private <T> T call(Function<DynamoDbClient, T> call) {
    try {
      return call.apply(backend.client().get());
    } catch (SdkException failure) {
      throw failures.translate(failure);
    }
  }

  @Override
  public void close() {
    backend.close().run();
  }
}
