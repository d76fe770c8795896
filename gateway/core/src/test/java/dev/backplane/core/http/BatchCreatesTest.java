package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which operations of a {@code _bulk} reach a store in one call. */
class BatchCreatesTest {
  private static final String CREATE = "{'op': 'create', 'body': {'n': 1}}";

  @TempDir Path directory;
  private final RecordingStore store = new RecordingStore();

  @Test
  void creates_withoutIds_thatFollowEachOther_areOneCall() throws IOException {
    List<String> statuses =
        run(
            Attempt.ONLY,
            CREATE,
            CREATE,
            "{'op': 'replace', 'id': 'a', 'body': {}, 'if-none-match': '*'}",
            CREATE,
            "{'op': 'create', 'body': {'id': 'b'}}",
            CREATE,
            CREATE,
            CREATE,
            "{'op': 'delete', 'id': 'a'}");
    assertThat(statuses)
        .containsExactly("201", "201", "201", "201", "201", "201", "201", "201", "204");
    assertThat(store.calls).containsExactly("putAll 2", "put", "put", "put", "putAll 3", "delete");
    assertThat(store.items).hasSize(7);
  }

  @Test
  void creates_areToldInTheirOrder_eachWithWhatIsWrong() throws IOException {
    List<String> statuses =
        run(
            Attempt.ONLY,
            CREATE,
            "{'op': 'create', 'body': {'impossible': 1}}",
            CREATE,
            "{'op': 'create', 'body': 1}",
            CREATE,
            CREATE);
    assertThat(statuses).containsExactly("201", "400", "201", "400", "201", "201");
    assertThat(store.calls).containsExactly("putAll 3", "putAll 2");
  }

  @Test
  void creates_whenThereAreVeryMany_areSeveralCalls() throws IOException {
    String[] many = Collections.nCopies(201, CREATE).toArray(new String[0]);
    assertThat(run(Attempt.ONLY, many)).hasSize(201).containsOnly("201");
    assertThat(store.calls).containsExactly("putAll 100", "putAll 100", "put");
    assertThat(store.items).hasSize(201);
  }

  @Test
  void creates_ofARequestWithAKey_haveTheIdsThatASecondTryLooksFor() throws IOException {
    run(new Attempt(Optional.of("seed"), false, Attempt.Intents.NONE), CREATE, CREATE);
    assertThat(store.calls).containsExactly("putAll 2");
    assertThat(
            run(
                new Attempt(Optional.of("seed"), true, Attempt.Intents.NONE),
                CREATE,
                CREATE,
                CREATE))
        .containsExactly("201", "201", "201");
    assertThat(store.calls).containsExactly("putAll 2", "put", "put", "put");
    assertThat(store.items).hasSize(3);
  }

  @Test
  void creates_whereTheStoreChoosesIds_areMadeOneByOne() throws IOException {
    store.randomIds = false;
    assertThat(run(Attempt.ONLY, CREATE, CREATE)).containsExactly("201", "201");
    assertThat(store.calls).containsExactly("put", "put");
  }

  @Test
  void creates_whenTheCallFails_allFail_andTheRestIsTried() throws IOException {
    RecordingStore failing =
        new RecordingStore() {
          @Override
          public Map<String, PutOutcome> putAll(Map<String, JsonObject> bodies) {
            throw new StoreException(StoreException.Reason.THROTTLED, "Too much.");
          }
        };
    JsonArray told =
        results(failing, Attempt.ONLY, CREATE, CREATE, "{'op': 'create', 'body': {'id': 'a'}}");
    assertThat(told.elements())
        .extracting(BatchCreatesTest::status)
        .containsExactly("503", "503", "201");
  }

  private List<String> run(Attempt attempt, String... operations) throws IOException {
    return results(store, attempt, operations).elements().stream()
        .map(BatchCreatesTest::status)
        .toList();
  }

  private JsonArray results(RecordingStore store, Attempt attempt, String... operations)
      throws IOException {
    ServedResource resource = RecordingStore.serve(store, directory);
    Bulk bulk =
        new Bulk(resource, new WriteReplies(false, false), new Patches(resource, 1000), "request");
    String body = List.of(operations).toString().replace('\'', '"');
    JsonArray elements = (JsonArray) Json.CODEC.read(body.getBytes(StandardCharsets.UTF_8));
    return (JsonArray) bulk.run(elements, attempt).body().orElseThrow();
  }

  private static String status(JsonValue result) {
    return ((JsonObject) result).get("status").flatMap(JsonValue::text).orElseThrow();
  }
}
