package dev.backplane.plugin.dynamodb;

import static dev.backplane.plugin.dynamodb.TableFixture.n;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.Precondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Programs that write to a table of {@link UnicodeRecords} until they are stopped: one counts views
 * of the steady records past the gateway, one writes notes into them through it, one deletes the
 * restless records, makes them again and replaces them, and one adds records that are new.
 */
final class BusyWriters implements AutoCloseable {
  private final TableFixture table;
  private final List<Map<String, AttributeValue>> steady;
  private final DynamoDbClient others = TestDatabase.get().client();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> running = new ArrayList<>();
  private final AtomicInteger writes = new AtomicInteger();
  private volatile boolean stopped;

  BusyWriters(
      TableFixture table,
      List<Map<String, AttributeValue>> steady,
      List<Map<String, AttributeValue>> restless,
      List<Map<String, AttributeValue>> added) {
    this.table = table;
    this.steady = steady;
    start(round -> countView(any(steady)));
    start(round -> writeNote(any(steady)));
    start(round -> disturb(any(restless)));
    start(round -> add(added.get(round % added.size())));
  }

  private void start(Consumer<Integer> write) {
    running.add(
        threads.submit(() -> {
          for (int round = 0; !stopped; round++) {
            write.accept(round);
            writes.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(10); // so that readers get on, too
          }
          return null;
        }));
  }

  private static Map<String, AttributeValue> any(List<Map<String, AttributeValue>> items) {
    return items.get(ThreadLocalRandom.current().nextInt(items.size()));
  }

  private void countView(Map<String, AttributeValue> item) {
    others.updateItem(update ->
        update
            .tableName(table.table)
            .key(UnicodeRecords.key(item))
            .updateExpression("SET #v = #v + :one")
            .expressionAttributeNames(Map.of("#v", "views"))
            .expressionAttributeValues(Map.of(":one", n(1))));
  }

  private void writeNote(Map<String, AttributeValue> item) {
    String id = UnicodeRecords.id(item);
    Item read = table.store.get(id).orElseThrow();
    int random = ThreadLocalRandom.current().nextInt();
    table.store.put(
        id,
        read.body().with("note", JsonNumber.of(random)),
        new Precondition.Matches(read.version()));
  }

  private void disturb(Map<String, AttributeValue> item) {
    String id = UnicodeRecords.id(item);
    Optional<Item> read = table.store.get(id);
    if (read.isEmpty()) {
      table.putByOthers(item);
      return;
    }
    if (ThreadLocalRandom.current().nextBoolean()) {
      table.store.delete(id, new Precondition.Exists());
      return;
    }
    table.store.put(
        id, read.get().body().with("replaced", JsonNumber.of(1)), new Precondition.None());
  }

  private void add(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> renewed = new HashMap<>(item);
    renewed.put("views", n(ThreadLocalRandom.current().nextInt(100)));
    table.putByOthers(renewed);
  }

  int writes() {
    return writes.get();
  }

  /** Fails where a writer failed. */
  @Override
  public void close() {
    stopped = true;
    threads.close();
    assertThat(steady).isNotEmpty();
    assertThat(running).allSatisfy(each -> assertThat(each).succeedsWithin(0, TimeUnit.SECONDS));
  }
}
