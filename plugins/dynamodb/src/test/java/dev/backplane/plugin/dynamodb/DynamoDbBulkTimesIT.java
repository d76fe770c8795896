package dev.backplane.plugin.dynamodb;

import static dev.backplane.plugin.dynamodb.TableFixture.n;
import static dev.backplane.plugin.dynamodb.TableFixture.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many writes at once where items have times: of their creation, their last write, their end. */
class DynamoDbBulkTimesIT {
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
  private static final String MADE = "2026-01-31T10:00:00.000Z";
  private static final String LATER = "2026-01-31T11:00:00.000Z";
  private static final Precondition NONE = new Precondition.None();
  private static final Precondition EXISTS = new Precondition.Exists();

  private final TableFixture users =
      TableFixture.make("{'created': 'made', 'updated': 'changed', 'ttl': 'until'}");

  @BeforeEach
  void setClock() {
    users.clock.set(NOW);
  }

  @AfterEach
  void close() {
    users.close();
  }

  @Test
  void writeAll_keepsTheTimesOfCreation() {
    done(put("a", new Precondition.Absent()), put("b", NONE), put("c", NONE));
    Item c = users.store.get("c").orElseThrow();
    users.clock.advance(Duration.ofHours(1));
    List<Optional<Item>> items =
        done(
            put("a", EXISTS),
            put("b", NONE),
            put("c", new Precondition.Matches(c.version())),
            put("d", NONE));
    for (Optional<Item> item : items) {
      assertThat(users.store.get(item.orElseThrow().id())).isEqualTo(item);
      assertThat(time(item.get(), "made")).hasValue(item.get().id().equals("d") ? LATER : MADE);
      assertThat(time(item.get(), "changed")).hasValue(LATER);
    }
  }

  @Test
  void putAll_keepsTheTimesOfCreation() {
    users.store.putAll(Map.of("a", JsonObject.empty()));
    users.clock.advance(Duration.ofHours(1));
    Map<String, PutOutcome> outcomes =
        users.store.putAll(Map.of("a", JsonObject.empty(), "b", JsonObject.empty()));
    for (String id : List.of("a", "b")) {
      Item item = users.store.get(id).orElseThrow();
      assertThat(outcomes.get(id)).isEqualTo(new PutOutcome.Stored(item));
      assertThat(time(item, "made")).hasValue(id.equals("a") ? MADE : LATER);
      assertThat(time(item, "changed")).hasValue(LATER);
    }
  }

  @Test
  void items_whoseTimeIsOver_countAsNone() {
    for (String id : List.of("a", "b", "c", "d")) {
      users.putByOthers(
          Map.of("id", s(id), "until", n(NOW.getEpochSecond() - 1), "made", s("long ago")));
    }
    assertThat(
            users.store.writeAll(
                List.of(
                    put("a", EXISTS),
                    new Write.Delete("b", NONE),
                    put("c", NONE),
                    new Write.Delete("d", EXISTS))))
        .isEqualTo(
            new WriteAllResult.Refused(
                Map.of(
                    0, new Refusal.PreconditionFailed(Optional.empty()),
                    1, new Refusal.PreconditionFailed(Optional.empty()),
                    3, new Refusal.PreconditionFailed(Optional.empty()))));
    done(put("a", NONE), put("b", new Precondition.Absent()));
    users.store.putAll(Map.of("c", JsonObject.empty(), "d", JsonObject.empty()));
    for (String id : List.of("a", "b", "c", "d")) {
      assertThat(time(users.store.get(id).orElseThrow(), "made")).hasValue(MADE);
    }
  }

  @Test
  void deletes_ofItemsWhoseTimeIsOver_areRefusedByTheServiceAlone() {
    try (TableFixture plain = TableFixture.make("{'ttl': 'until'}")) {
      plain.clock.set(NOW);
      plain.putByOthers(Map.of("id", s("a"), "until", n(NOW.getEpochSecond() - 1)));
      assertThat(plain.store.writeAll(List.of(put("b", NONE), new Write.Delete("a", NONE))))
          .isEqualTo(
              new WriteAllResult.Refused(
                  Map.of(1, new Refusal.PreconditionFailed(Optional.empty()))));
      assertThat(plain.sent()).containsExactly("TransactWriteItems");
      assertThat(plain.store.writeAll(List.of(put("a", new Precondition.Absent()))))
          .isInstanceOf(WriteAllResult.Done.class);
      assertThat(plain.store.get("a")).isPresent();
    }
  }

  private List<Optional<Item>> done(Write... writes) {
    WriteAllResult result = users.store.writeAll(List.of(writes));
    assertThat(result).isInstanceOf(WriteAllResult.Done.class);
    return ((WriteAllResult.Done) result).items();
  }

  private static Write put(String id, Precondition precondition) {
    return new Write.Put(id, JsonObject.of("text", new JsonString(id)), precondition);
  }

  private static Optional<String> time(Item item, String field) {
    return item.body().get(field).flatMap(JsonValue::text);
  }
}
