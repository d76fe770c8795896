package dev.backplane.plugin.dynamodb;

import static dev.backplane.plugin.dynamodb.TableFixture.n;
import static dev.backplane.plugin.dynamodb.TableFixture.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Many writers of one item, each of which adds one to what it read: at the end, the sum is the
 * number of writes that were told to have succeeded. Another program adds to a number of its own in
 * the same item, past the gateway and its version attribute.
 */
@Timeout(180)
class LostUpdateIT {
  private static final int WRITERS = 4;
  private static final int TIMES = 10;
  private static final String COMPOSITE =
      "{'key': 'pk', 'sort-key': 'at', 'sort-key-type': 'number'";

  private final AtomicInteger conflicts = new AtomicInteger();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{} | 1", COMPOSITE + "} | a~7", COMPOSITE + ", 'show-keys': 'false'} | a~7"})
  void put_when_others_write_past_the_gateway_loses_nobodys_update(String settings, String id)
      throws Exception {
    try (TableFixture table = TableFixture.make(settings)) {
      create(table, id);
      List<Callable<Void>> writers = writers(table, id);
      for (int i = 0; i < 2; i++) {
        writers.add(() -> addByOthers(table, key(id)));
      }
      runAll(writers);
      JsonObject body = table.store.get(id).orElseThrow().body();
      assertThat(body.get("count")).contains(JsonNumber.of(WRITERS * TIMES));
      assertThat(body.get("theirs")).contains(JsonNumber.of(2 * TIMES));
      assertThat(body.get("all")).contains(JsonNumber.of((WRITERS + 2) * TIMES));
      assertThat(conflicts).hasPositiveValue(); // or it would not have been a race
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{'shared': 'false'} | 1", COMPOSITE + ", 'shared': 'false'} | a~7"})
  void put_when_only_gateways_write_loses_no_update(String settings, String id) throws Exception {
    try (TableFixture table = TableFixture.make(settings)) {
      create(table, id);
      runAll(writers(table, id));
      JsonObject body = table.store.get(id).orElseThrow().body();
      assertThat(body.get("count")).contains(JsonNumber.of(WRITERS * TIMES));
      assertThat(conflicts).hasPositiveValue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 1 | true",
        COMPOSITE + "} | a~7 | true",
        "{'shared': 'false'} | 1 | false",
        COMPOSITE + ", 'shared': 'false'} | a~7 | false"
      })
  void put_when_the_item_is_deleted_and_made_again_loses_no_update(
      String settings, String id, boolean others) throws Exception {
    try (TableFixture table = TableFixture.make(settings)) {
      create(table, id);
      List<Callable<Void>> writers = writers(table, id);
      writers.add(() -> recreate(table, id));
      if (others) {
        writers.add(() -> addByOthers(table, key(id)));
      }
      runAll(writers);
      JsonObject body = table.store.get(id).orElseThrow().body();
      assertThat(body.get("count")).contains(JsonNumber.of(WRITERS * TIMES));
      assertThat(body.get("theirs")).contains(JsonNumber.of(others ? TIMES : 0));
      assertThat(body.get("all")).contains(JsonNumber.of((others ? WRITERS + 1 : WRITERS) * TIMES));
      assertThat(conflicts).hasPositiveValue();
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void write_when_the_version_is_from_before_a_new_creation_is_refused(String shared) {
    try (TableFixture table = TableFixture.make("{'shared': '%s'}".formatted(shared))) {
      Item first = create(table, "1");
      Precondition stale = new Precondition.Matches(first.version());
      assertThat(table.store.delete("1", stale)).isInstanceOf(DeleteResult.Deleted.class);
      assertThat(table.store.put("1", first.body(), stale))
          .isEqualTo(new PutResult.PreconditionFailed(Optional.empty()));
      assertThat(table.store.delete("1", stale)).isEqualTo(new DeleteResult.Missing());

      Item second = create(table, "1");
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(table.store.put("1", first.body(), stale))
          .isEqualTo(new PutResult.PreconditionFailed(Optional.of(second)));
      assertThat(table.store.delete("1", stale))
          .isEqualTo(new DeleteResult.PreconditionFailed(second));
      assertThat(table.store.get("1")).contains(second);
    }
  }

  @Test
  void delete_when_many_try_succeeds_once() throws Exception {
    try (TableFixture table = TableFixture.make("{}")) {
      for (boolean conditional : new boolean[] {true, false}) {
        Item item = create(table, "1");
        Precondition precondition =
            conditional ? new Precondition.Matches(item.version()) : new Precondition.Exists();
        AtomicInteger deleted = new AtomicInteger();
        List<Callable<Void>> all = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          all.add(() -> {
            if (table.store.delete("1", precondition) instanceof DeleteResult.Deleted) {
              deleted.incrementAndGet();
            }
            return null;
          });
        }
        runAll(all);
        assertThat(deleted).hasValue(1);
      }
    }
  }

  private static Item create(TableFixture table, String id) {
    JsonObject body =
        JsonObject.of("count", JsonNumber.of(0))
            .with("theirs", JsonNumber.of(0))
            .with("all", JsonNumber.of(0))
            .with("name", new JsonString("counter"));
    return ((PutResult.Created) table.store.put(id, body, new Precondition.Absent())).item();
  }

  private List<Callable<Void>> writers(TableFixture table, String id) {
    List<Callable<Void>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(() -> add(table, id));
    }
    return writers;
  }

  private Void add(TableFixture table, String id) {
    int done = 0;
    while (done < TIMES) {
      Optional<Item> read = table.store.get(id);
      if (read.isEmpty()) {
        continue; // deleted, and about to be made again
      }
      JsonObject more = withOneMore(withOneMore(read.get().body(), "count"), "all");
      Precondition unchanged = new Precondition.Matches(read.get().version());
      if (table.store.put(id, more, unchanged) instanceof PutResult.Replaced) {
        done++;
      } else {
        conflicts.incrementAndGet();
      }
    }
    return null;
  }

  private static JsonObject withOneMore(JsonObject body, String name) {
    JsonNumber read = (JsonNumber) body.get(name).orElseThrow();
    return body.with(name, JsonNumber.of(read.value().intValueExact() + 1));
  }

  /** Deletes the item as it was read and makes it again, which nobody else does. */
  private Void recreate(TableFixture table, String id) {
    int done = 0;
    while (done < TIMES / 2) {
      Item read = table.store.get(id).orElseThrow();
      Precondition unchanged = new Precondition.Matches(read.version());
      if (table.store.delete(id, unchanged) instanceof DeleteResult.Deleted deleted) {
        assertThat(deleted.item()).isEqualTo(read);
        assertThat(table.store.put(id, read.body(), new Precondition.Absent()))
            .isInstanceOf(PutResult.Created.class);
        done++;
      }
    }
    return null;
  }

  private static Void addByOthers(TableFixture table, Map<String, AttributeValue> key) {
    int done = 0;
    while (done < TIMES) {
      try {
        TestDatabase.get()
            .client()
            .updateItem(update ->
                update
                    .tableName(table.table)
                    .key(key)
                    .updateExpression("SET theirs = theirs + :one, #a = #a + :one")
                    .conditionExpression("attribute_exists(theirs)")
                    .expressionAttributeNames(Map.of("#a", "all"))
                    .expressionAttributeValues(Map.of(":one", n(1))));
        done++;
      } catch (ConditionalCheckFailedException deleted) {
        Thread.onSpinWait(); // it is about to be made again
      }
    }
    return null;
  }

  private static Map<String, AttributeValue> key(String id) {
    return id.equals("1") ? Map.of("id", s("1")) : Map.of("pk", s("a"), "at", n(7));
  }

  private static void runAll(List<Callable<Void>> writers) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> each : threads.invokeAll(writers, 150, TimeUnit.SECONDS)) {
        each.get();
      }
    }
  }
}
