package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table of its own, opened as a mapping opens it, behind a proxy that spoils requests. */
final class FaultyTable implements AutoCloseable {
  /** Of the hasty ones: for a call with its retries. */
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final String table;
  final FaultProxy proxy;
  final DynamoDbStore store;
  private final Duration timeout;

  private FaultyTable(String table, JsonObject settings, Duration timeout) {
    this.table = table;
    this.proxy = FaultProxy.before(TestDatabase.get().endpoint());
    this.timeout = timeout;
    this.store = open(settings);
  }

  /** Makes a table with the key and the indexes of the settings, for calls that may take long. */
  static FaultyTable make(String settings) {
    JsonObject made = TestTable.json(settings);
    return new FaultyTable(TestDatabase.get().newTable(made), made, PATIENCE);
  }

  /** Makes a table with a text "id" as its key, for calls that end within {@link #TIMEOUT}. */
  static FaultyTable makeHasty() {
    String table = TestDatabase.get().newTable(JsonObject.empty());
    FaultyTable hasty = new FaultyTable(table, JsonObject.empty(), TIMEOUT);
    try (DynamoDbStore patient = hasty.openPatient()) {
      assertThat(patient.get("1")).isEmpty(); // what is slow the first time is not what is tested
    }
    hasty.proxy.reset();
    return hasty;
  }

  /** A further store of the table, for calls that may take long; to be closed by the caller. */
  DynamoDbStore openPatient() {
    return open(JsonObject.of("timeout", new JsonString(PATIENCE.toSeconds() + "s")));
  }

  /** A further store of the table, with a client of its own; to be closed by the caller. */
  DynamoDbStore open(JsonObject settings) {
    JsonObject.Builder all = JsonObject.builder();
    all.putAll(TestDatabase.get().settings(table));
    all.put("endpoint", new JsonString(proxy.endpoint().toString()));
    all.put("timeout", new JsonString(timeout.toMillis() + "ms"));
    all.putAll(settings);
    TestContext context = TestContext.of(all.build(), Path.of("").toAbsolutePath());
    return (DynamoDbStore) new DynamoDbService(Map.of()).open(context);
  }

  /** Writes as another program does, past the proxy. */
  void putByOthers(List<Map<String, AttributeValue>> items) {
    TableFixture.putByOthers(table, items);
  }

  /** Expects a failure for this reason, of which the client gets to know nothing of the backend. */
  StoreException assertFails(Reason reason, ThrowingCallable call) {
    long begin = System.nanoTime();
    StoreException failure = catchThrowableOfType(StoreException.class, call);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(failure).isNotNull();
    assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
    assertThat(failure.getMessage())
        .doesNotContain(table, Fault.SECRET, "123456789012", "127.0.0.1", "localhost")
        .doesNotContain("Exception", "software.amazon", "dev.backplane", "DynamoDb");
    assertThat(took).isLessThan(timeout.plusSeconds(10)); // machines may be busy
    return failure;
  }

  @Override
  public void close() {
    store.close();
    proxy.close();
  }
}
