package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backplane.core.http.ItemWriter.Written;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request with a key that is done again, as nobody heard what became of it. */
class SecondTryTest {
  private static final WriteConditions NO_CONDITIONS =
      new WriteConditions(Optional.empty(), Optional.empty());
  private static final String UPDATE_A = "{'op': 'update', 'id': 'a', 'body': {'n': 2}}";
  private static final String UPDATE_B = "{'op': 'update', 'id': 'b', 'body': {'n': 2}}";

  @TempDir Path directory;
  private final RecordingStore store = new RecordingStore();
  private final Said said = new Said();
  private ServedResource resource;

  @BeforeEach
  void serve() throws IOException {
    resource = RecordingStore.serve(store, directory);
    store.keep("a", number("n", 1));
    store.keep("b", number("n", 1));
  }

  /** What the first try has said, and what is said to the next one. */
  private static final class Said implements Attempt.Intents {
    private List<Intent> last = List.of();
    private List<Intent> earlier = List.of();

    @Override
    public List<Intent> earlier() {
      return earlier;
    }

    @Override
    public void announce(Supplier<List<Intent>> intents) {
      last = intents.get();
    }
  }

  private Attempt first() {
    return new Attempt(Optional.of("seed"), false, said);
  }

  private Attempt again() {
    said.earlier = said.last;
    return new Attempt(Optional.of("seed"), true, said);
  }

  @Test
  void patch_thatWasDone_isNotDoneAgain() {
    increment(first());
    store.calls.clear();
    Written written = increment(again());
    assertThat(written.item().body().get("n")).contains(JsonNumber.of(2));
    assertThat(written.created()).isFalse();
    assertThat(store.calls).containsExactly("get");
  }

  @Test
  void patch_thatWasDone_andFollowedByOthersElsewhere_isNotDoneAgain() {
    increment(first());
    store.keep("a", number("n", 2).with("m", JsonNumber.of(7)));
    assertThat(increment(again()).item().body().get("m")).contains(JsonNumber.of(7));
    assertThat(store.items.get("a").body().get("n")).contains(JsonNumber.of(2));
  }

  @Test
  void patch_thatWasNotDone_isDone() {
    store.losesWrites = true;
    increment(first());
    store.losesWrites = false;
    assertThat(increment(again()).item().body().get("n")).contains(JsonNumber.of(2));
  }

  @Test
  void patch_ofWhatOthersChangedSince_isRefused() {
    increment(first());
    store.keep("a", number("n", 9));
    HttpProblem refused = catchThrowableOfType(HttpProblem.class, () -> increment(again()));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.headers()).doesNotContainKey("Retry-After");
    assertThat(store.items.get("a").body().get("n")).contains(JsonNumber.of(9));
  }

  @Test
  void create_whereTheBackendChoosesIds_isRefused() {
    Attempt again = new Attempt(Optional.empty(), true, said);
    HttpProblem refused =
        catchThrowableOfType(
            HttpProblem.class, () -> ItemWriter.create(resource, number("n", 1), again));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(store.items).hasSize(2);
  }

  @Test
  void bulk_doesNoChangeAgain_butOneThatNamesTheState() {
    String tag = store.items.get("b").version();
    String named = UPDATE_B.replace("'body'", "'if-match': '\\\"" + tag + "\\\"', 'body'");
    Reply reply =
        new Bulk(resource, new WriteReplies(false, false), new Patches(resource, 1000), "request")
            .run(operations(UPDATE_A, named, "{'op': 'create', 'body': {}}"), again());
    assertThat(statuses(reply)).containsExactly("409", "200", "201");
    assertThat(store.items.get("a").body().get("n")).contains(JsonNumber.of(1));
  }

  @Test
  void atomicChanges_thatWereDone_areNotDoneAgain() {
    assertThat(atomic(first(), UPDATE_A, UPDATE_B)).containsExactly("200", "200");
    store.keep("b", number("n", 9)); // one of them tells
    store.calls.clear();
    assertThat(atomic(again(), UPDATE_A, UPDATE_B)).containsExactly("200", "200");
    assertThat(store.calls).doesNotContain("writeAll 2");
  }

  @Test
  void atomicChanges_thatWereNotDone_areDone_whateverOthersMadeOfOne() {
    store.losesWrites = true;
    atomic(first(), UPDATE_A, UPDATE_B);
    store.losesWrites = false;
    store.keep("b", number("n", 9));
    assertThat(atomic(again(), UPDATE_A, UPDATE_B)).containsExactly("200", "200");
    assertThat(store.items.get("b").body().get("n")).contains(JsonNumber.of(2));
  }

  @Test
  void atomicChanges_thatComeLate_areNotDoneAgain() {
    store.losesWrites = true;
    atomic(first(), UPDATE_A, UPDATE_B);
    store.losesWrites = false;
    store.others =
        () -> {
          store.others = () -> {};
          store.keep("a", number("n", 2));
          store.keep("b", number("n", 2));
        };
    store.calls.clear();
    assertThat(atomic(again(), UPDATE_A, UPDATE_B)).containsExactly("200", "200");
    assertThat(store.calls).containsOnlyOnce("writeAll 2");
  }

  @Test
  void atomicChanges_ofWhatOthersChangedSince_areRefused() {
    atomic(first(), UPDATE_A, UPDATE_B);
    store.keep("a", number("n", 9));
    store.keep("b", number("n", 9));
    HttpProblem refused =
        catchThrowableOfType(HttpProblem.class, () -> atomic(again(), UPDATE_A, UPDATE_B));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(store.items.get("a").body().get("n")).contains(JsonNumber.of(9));
  }

  private Written increment(Attempt attempt) {
    return ItemWriter.update(
        resource,
        "a",
        body -> {
          JsonNumber n = (JsonNumber) body.get("n").orElseThrow();
          return body.with("n", JsonNumber.of(n.value().longValue() + 1));
        },
        NO_CONDITIONS,
        attempt);
  }

  private List<String> atomic(Attempt attempt, String... operations) {
    WriteReplies replies = new WriteReplies(false, false);
    return statuses(
        new AtomicBulk(resource, replies, new Patches(resource, 1000), "request")
            .run(operations(operations), attempt));
  }

  private static JsonArray operations(String... operations) {
    String body = List.of(operations).toString().replace("'", "\"");
    return (JsonArray) Json.CODEC.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> statuses(Reply reply) {
    List<String> statuses = new ArrayList<>();
    for (JsonValue result : ((JsonArray) reply.body().orElseThrow()).elements()) {
      statuses.add(((JsonObject) result).get("status").flatMap(JsonValue::text).orElseThrow());
    }
    return statuses;
  }

  private static JsonObject number(String name, int value) {
    return JsonObject.of(name, JsonNumber.of(value));
  }
}
