package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.WritableStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many writes on a store that takes its time. */
class BulkTest {
  @TempDir Path directory;
  private final Slow store = new Slow();

  @Test
  void run_whenTimeIsUp_triesNoMore_andSaysSoOfEach() throws IOException {
    JsonArray results = run(6, Duration.ofSeconds(4));
    assertThat(results.elements())
        .extracting(result -> member(result, "status"))
        .containsExactly("201", "201", "201", "503", "503", "503");
    assertThat(store.ids).containsExactly("0", "1", "2");
    JsonObject problem =
        (JsonObject) ((JsonObject) results.elements().get(3)).get("problem").orElseThrow();
    assertThat(problem.get("detail").flatMap(JsonValue::text).orElse("")).contains("Time ran out");
  }

  @Test
  void run_whenTimeIsNotUp_triesAll() throws IOException {
    assertThat(run(5, Duration.ofMillis(2400)).elements())
        .extracting(result -> member(result, "status"))
        .containsOnly("201");
    assertThat(store.ids).hasSize(5);
  }

  private JsonArray run(int writes, Duration each) throws IOException {
    ServedResource resource = RecordingStore.serve(store, directory);
    store.each = each;
    Bulk bulk =
        new Bulk(
            resource,
            new WriteReplies(false, false),
            new Patches(resource, 1000),
            "request",
            () -> store.now);
    List<String> operations = new ArrayList<>();
    for (int i = 0; i < writes; i++) {
      operations.add("{\"op\": \"create\", \"body\": {\"id\": \"" + i + "\"}}");
    }
    JsonValue body = Json.CODEC.read(operations.toString().getBytes(StandardCharsets.UTF_8));
    return (JsonArray) bulk.run((JsonArray) body, Attempt.ONLY).body().orElseThrow();
  }

  private static String member(JsonValue result, String name) {
    return ((JsonObject) result).get(name).flatMap(JsonValue::text).orElse("-");
  }

  /** Time passes with each write, and only then. */
  private static final class Slow implements WritableStore {
    private final List<String> ids = new ArrayList<>();
    private Duration each = Duration.ZERO;
    private long now = Long.MAX_VALUE - 1; // as of a clock whose numbers start anywhere

    @Override
    public Optional<Item> get(String id) {
      return Optional.empty();
    }

    @Override
    public Page list(Query query) {
      return Page.last(List.of());
    }

    @Override
    public PutResult put(String id, JsonObject body, Precondition precondition) {
      now += each.toNanos();
      ids.add(id);
      return new PutResult.Created(new Item(id, "1", body));
    }

    @Override
    public DeleteResult delete(String id, Precondition precondition) {
      return new DeleteResult.Missing();
    }
  }
}
