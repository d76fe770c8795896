package dev.backplane.plugin.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Several writes at once where there is little room. */
class MemoryWriteAllTest {
  private static final Precondition NONE = new Precondition.None();

  private final MemoryStore store =
      new MemoryStore("id", new Codec(), 2, new Space(Long.MAX_VALUE), Map.of());

  /** Writes what the versions are made of; nothing is read. */
  private static final class Codec implements JsonCodec {
    @Override
    public JsonValue read(byte[] json) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] write(JsonValue value) {
      return value.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  @Test
  void writeAll_when_there_is_no_room_refuses_what_comes_last() {
    WriteAllResult result = store.writeAll(List.of(put("a"), put("b"), put("c"), put("d")));
    assertThat(((WriteAllResult.Refused) result).refusals())
        .containsOnlyKeys(2, 3)
        .allSatisfy((index, refusal) ->
            assertThat(refusal)
                .isInstanceOfSatisfying(
                    Refusal.Failed.class, failed -> assertFull(failed.failure())));
    assertThat(ids()).isEmpty();
  }

  @Test
  void writeAll_when_a_later_delete_makes_room_creates() {
    store.writeAll(List.of(put("a"), put("b")));
    WriteAllResult result = store.writeAll(List.of(put("c"), put("b"), delete("a")));
    assertThat(((WriteAllResult.Done) result).items().stream().map(MemoryWriteAllTest::id))
        .containsExactly("c", "b", "a");
    assertThat(ids()).containsExactly("b", "c");
  }

  @Test
  void writeAll_when_a_delete_is_refused_makes_no_room_for_good() {
    store.writeAll(List.of(put("a"), put("b")));
    Write stale = new Write.Delete("a", new Precondition.Matches("stale"));
    assertThat(store.writeAll(List.of(put("c"), stale)))
        .isEqualTo(
            new WriteAllResult.Refused(Map.of(1, new Refusal.PreconditionFailed(store.get("a")))));
    assertThat(ids()).containsExactly("a", "b");
  }

  @Test
  void putAll_when_there_is_no_room_stores_as_many_as_fit() {
    Map<String, JsonObject> bodies = new LinkedHashMap<>();
    List.of("a", "b", "c").forEach(id -> bodies.put(id, JsonObject.empty()));
    Map<String, PutOutcome> outcomes = store.putAll(bodies);
    assertThat(outcomes.get("a")).isEqualTo(new PutOutcome.Stored(store.get("a").orElseThrow()));
    assertThat(outcomes.get("b")).isEqualTo(new PutOutcome.Stored(store.get("b").orElseThrow()));
    assertThat(outcomes.get("c"))
        .isInstanceOfSatisfying(PutOutcome.Failed.class, failed -> assertFull(failed.failure()));
    assertThat(ids()).containsExactly("a", "b");
  }

  private static void assertFull(StoreException failure) {
    assertThat(failure.reason()).isEqualTo(StoreException.Reason.CONFLICT);
    assertThat(failure).hasMessageStartingWith("This resource is full");
  }

  private List<String> ids() {
    return store.list(Query.first(10)).items().stream().map(Item::id).toList();
  }

  private static String id(Optional<Item> item) {
    return item.orElseThrow().id();
  }

  private static Write put(String id) {
    return new Write.Put(id, JsonObject.of("n", JsonNumber.of(1)), NONE);
  }

  private static Write delete(String id) {
    return new Write.Delete(id, NONE);
  }
}
