package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several writes as one where others write, answers get lost, or the store says no. */
class AtomicBulkTest {
  private static final Attempt FIRST =
      new Attempt(Optional.of("seed"), false, Attempt.Intents.NONE);
  private static final Attempt AGAIN = new Attempt(Optional.of("seed"), true, Attempt.Intents.NONE);
  private static final String CREATE = "{'op': 'create', 'body': {}}";
  private static final String UPDATE = "{'op': 'update', 'id': 'a', 'body': {'n': 2}}";

  @TempDir Path directory;
  private final RecordingStore store = new RecordingStore();
  private ServedResource resource;

  @BeforeEach
  void serve() throws IOException {
    resource = RecordingStore.serve(store, directory);
    store.keep("a", number("m", 1));
  }

  @Test
  void run_readsOnlyWhatItHasTo_andWritesOnce() {
    store.keep("b", JsonObject.empty());
    store.keep("c", JsonObject.empty());
    assertThat(
            run(
                Attempt.ONLY,
                "{'op': 'replace', 'id': 'b', 'body': {}}",
                "{'op': 'delete', 'id': 'c'}",
                UPDATE,
                CREATE))
        .containsExactly("200", "204", "200", "201");
    assertThat(store.calls).containsExactly("get", "writeAll 4");
  }

  @Test
  void run_whenOthersChangeWhatIsUpdated_updatesWhatTheyLeft_withoutReadingAgain() {
    store.others = once(() -> store.keep("a", number("m", 7)));
    assertThat(run(Attempt.ONLY, UPDATE, CREATE)).containsExactly("200", "201");
    assertThat(store.calls).containsExactly("get", "writeAll 2", "writeAll 2");
    assertThat(store.items.get("a").body().get("m")).contains(JsonNumber.of(7));
    assertThat(store.items.get("a").body().get("n")).contains(JsonNumber.of(2));
  }

  @Test
  void run_whenOthersDeleteWhatIsUpdated_writesNothing() {
    store.others = once(() -> store.items.clear());
    HttpProblem problem = refused(Attempt.ONLY, UPDATE, CREATE);
    assertThat(problem.status()).isEqualTo(409);
    assertThat(statuses(problem)).containsExactly("404", "424");
    assertThat(store.items).isEmpty();
  }

  @Test
  void run_whenOthersChangeWhatWasNamedByItsTag_writesNothing() {
    String tag = store.items.get("a").version();
    store.others = once(() -> store.keep("a", number("m", 7)));
    String update = UPDATE.replace("'body'", "'if-match': '\\\"" + tag + "\\\"', 'body'");
    assertThat(statuses(refused(Attempt.ONLY, CREATE, update))).containsExactly("424", "412");
  }

  @Test
  void run_whenOneIsRefusedAndAnotherWasChanged_saysWhatIsWrongWithBoth() {
    store.others = once(() -> store.items.remove("a"));
    HttpProblem problem = refused(Attempt.ONLY, "{'op': 'delete', 'id': 'none'}", UPDATE, CREATE);
    assertThat(statuses(problem)).containsExactly("404", "404", "424");
  }

  @Test
  void run_whenOthersNeverStop_endsWith503() {
    store.others = () -> store.keep("a", number("m", store.calls.size()));
    HttpProblem problem = refused(Attempt.ONLY, UPDATE, CREATE);
    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.headers()).containsKey("Retry-After");
    assertThat(store.items).containsOnlyKeys("a");
  }

  @Test
  void run_whenAnItemCannotBeHeld_saysWhich() {
    HttpProblem problem =
        refused(Attempt.ONLY, CREATE, "{'op': 'create', 'body': {'impossible': 1}}");
    assertThat(problem.status()).isEqualTo(400);
    assertThat(statuses(problem)).containsExactly("424", "400");
    assertThat(problem.detail()).endsWith("Nobody can hold that.");
  }

  @Test
  void run_whenTheStoreFails_failsWithIt() {
    StoreException failure = new StoreException(StoreException.Reason.TIMEOUT, "Too late.");
    store.others =
        () -> {
          throw failure;
        };
    assertThatThrownBy(() -> run(Attempt.ONLY, CREATE, CREATE)).isSameAs(failure);
  }

  @Test
  void run_whereTheStoreChoosesIds_asksForThem() {
    store.randomIds = false;
    HttpProblem problem = refused(Attempt.ONLY, CREATE, "{'op': 'create', 'body': {'id': 'b'}}");
    assertThat(problem.status()).isEqualTo(400);
    assertThat(statuses(problem)).containsExactly("400", "424");
    assertThat(run(Attempt.ONLY, "{'op': 'create', 'body': {'id': 'b'}}")).containsExactly("201");
  }

  @Test
  void runAgain_whenAllWasDone_findsIt_andWritesNothing() {
    String[] operations = {CREATE, UPDATE, "{'op': 'delete', 'id': 'gone'}", CREATE};
    store.keep("gone", JsonObject.empty());
    assertThat(run(FIRST, operations)).containsExactly("201", "200", "204", "201");
    store.calls.clear();
    assertThat(run(AGAIN, operations)).containsExactly("201", "200", "204", "201");
    assertThat(store.calls).doesNotContain("writeAll 4");
    assertThat(store.items).hasSize(3);
  }

  @Test
  void runAgain_whenNothingWasDone_doesIt() {
    assertThat(run(AGAIN, CREATE, UPDATE)).containsExactly("201", "200");
    assertThat(store.items).hasSize(2);
  }

  @Test
  void runAgain_whenAnotherClientTookAnId_isRefused() {
    String named = "{'op': 'create', 'body': {'id': 'a', 'n': 1}}";
    assertThat(statuses(refused(AGAIN, CREATE, named))).containsExactly("424", "409");
    assertThat(store.items).hasSize(1);
  }

  private List<String> run(Attempt attempt, String... operations) {
    WriteReplies replies = new WriteReplies(false, false);
    String body = List.of(operations).toString().replace("'", "\"");
    JsonArray elements = (JsonArray) Json.CODEC.read(body.getBytes(StandardCharsets.UTF_8));
    Reply reply =
        new AtomicBulk(resource, replies, new Patches(resource, 1000), "request")
            .run(elements, attempt);
    return statuses(reply.body().orElseThrow());
  }

  private HttpProblem refused(Attempt attempt, String... operations) {
    return catchThrowableOfType(HttpProblem.class, () -> run(attempt, operations));
  }

  private static List<String> statuses(HttpProblem problem) {
    return statuses(problem.members().get("results").orElseThrow());
  }

  private static List<String> statuses(JsonValue results) {
    return ((JsonArray) results)
        .elements().stream()
            .map(result ->
                ((JsonObject) result).get("status").flatMap(JsonValue::text).orElseThrow())
            .toList();
  }

  private static JsonObject number(String name, int value) {
    return JsonObject.of(name, JsonNumber.of(value));
  }

  /** Happens at the first write, and not again. */
  private Runnable once(Runnable happening) {
    return () -> {
      store.others = () -> {};
      happening.run();
    };
  }
}
