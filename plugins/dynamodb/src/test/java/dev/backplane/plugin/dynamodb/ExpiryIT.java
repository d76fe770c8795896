package dev.backplane.plugin.dynamodb;

import static dev.backplane.plugin.dynamodb.TableFixture.by;
import static dev.backplane.plugin.dynamodb.TableFixture.n;
import static dev.backplane.plugin.dynamodb.TableFixture.s;
import static dev.backplane.plugin.dynamodb.TableFixture.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Items whose time is over, and which the service has not deleted yet. */
class ExpiryIT {
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
  private static final String INDEXES =
      """
      'indexes': {
        'by-city': {'key': 'city'},
        'by-city-age': {
          'key': 'city', 'sort-key': 'age', 'sort-key-type': 'number',
          'projection': 'part', 'complete': true
        },
        'by-end': {
          'key': 'kind', 'sort-key': 'until', 'sort-key-type': 'number', 'complete': true
        }
      }
      """;
  private static final Precondition NONE = new Precondition.None();

  private final TableFixture users = TableFixture.make("{'ttl': 'until', " + INDEXES + "}");

  @BeforeEach
  void setClock() {
    users.clock.set(NOW);
  }

  @AfterEach
  void close() {
    users.close();
  }

  @Test
  void get_when_the_time_is_over_finds_nothing() {
    fill(3);
    assertThat(users.store.get("alive-0")).isPresent();
    assertThat(users.store.get("over-0")).isEmpty();
    assertThat(users.store.getAll(Set.of("alive-0", "over-0", "over-1", "alive-2")))
        .extracting(Item::id)
        .containsExactlyInAnyOrder("alive-0", "alive-2");
    users.clock.advance(Duration.ofHours(2));
    assertThat(users.store.get("alive-0")).isEmpty();
  }

  @Test
  void get_when_the_time_does_not_count_finds_the_item() {
    try (TableFixture notes = TableFixture.make("{'ttl': 'until'}")) {
      notes.clock.set(NOW);
      notes.putByOthers(Map.of("id", s("text"), "until", s("1")));
      notes.putByOthers(Map.of("id", s("old"), "until", n(1)));
      notes.putByOthers(Map.of("id", s("none")));
      notes.putByOthers(Map.of("id", s("over"), "until", n(NOW.getEpochSecond())));
      assertThat(notes.ids(Query.first(5))).containsExactlyInAnyOrder("text", "old", "none");
      assertThat(notes.store.get("text")).isPresent();
      assertThat(notes.store.get("old")).isPresent();
      assertThat(notes.store.put("old", JsonObject.empty(), new Precondition.Absent()))
          .isInstanceOf(PutResult.PreconditionFailed.class);
    }
  }

  @Test
  void list_when_the_table_is_scanned_has_the_service_leave_out_what_has_ended() {
    fill(8);
    List<String> alive = alive(8);
    for (int limit : new int[] {1, 3, 8, 100}) {
      assertThat(users.ids(Query.first(limit))).containsExactlyInAnyOrderElementsOf(alive);
    }
    users.requests();
    Query old = where("name", Operator.CONTAINS, "n").limitedTo(20);
    assertThat(users.ids(old)).containsExactlyInAnyOrderElementsOf(alive);
    assertThat(users.requests())
        .allSatisfy(
            sent -> assertThat(((ScanRequest) sent).filterExpression()).contains("NOT", "BETWEEN"));
    try (TableFixture parallel =
        users.openedWith("{'ttl': 'until', 'scan-segments': 3, 'indexes': {}}")) {
      parallel.clock.set(NOW);
      assertThat(parallel.ids(Query.first(3))).containsExactlyInAnyOrderElementsOf(alive);
    }
  }

  @Test
  void list_when_a_key_leads_to_the_items_leaves_out_what_has_ended() {
    fill(8);
    List<String> alive = alive(8);
    assertThat(users.ids(where("city", Operator.EQ, "Rome")))
        .containsExactlyInAnyOrderElementsOf(alive);
    assertThat(users.requests())
        .allSatisfy(
            sent -> assertThat(((QueryRequest) sent).filterExpression()).contains("BETWEEN"));
    assertThat(users.ids(where("id", Operator.EQ, "over-1"))).isEmpty();
    assertThat(users.ids(where("id", Operator.EQ, "alive-1"))).containsExactly("alive-1");
  }

  @Test
  void list_when_the_index_cannot_be_told_leaves_out_what_has_ended() {
    fill(8);
    Query ordered = where("city", Operator.EQ, "Rome").orderedBy(by("age", false)).limitedTo(3);
    assertThat(users.ids(ordered)).containsExactlyElementsOf(alive(8));
    Query ending = where("kind", Operator.EQ, "user").orderedBy(by("until", true)).limitedTo(3);
    assertThat(users.ids(ending)).containsExactlyInAnyOrderElementsOf(alive(8));
  }

  @Test
  void list_when_few_fields_are_asked_for_still_knows_the_time() {
    fill(3);
    try (TableFixture own = users.openedWith("{'ttl': 'until', 'shared': false, 'indexes': {}}")) {
      own.clock.set(NOW);
      own.store.put("alive-0", JsonObject.of("name", new JsonString("n")), NONE);
      Query names =
          new Query(
              Filter.all(), List.of(), 10, Optional.empty(), List.of(FieldPath.parse("name")));
      assertThat(own.ids(names)).containsExactlyInAnyOrderElementsOf(alive(3));
    }
  }

  @Test
  void list_when_nearly_all_have_ended_takes_few_calls() {
    for (int i = 0; i < 300; i++) {
      users.putByOthers(Map.of("id", s("over-" + i), "until", n(NOW.getEpochSecond() - i)));
    }
    users.putByOthers(Map.of("id", s("alive")));
    assertThat(users.ids(Query.first(1))).containsExactly("alive");
    assertThat(users.sent()).hasSizeLessThan(15);
  }

  @Test
  void count_when_some_have_ended_does_not_count_them() {
    fill(8);
    assertThat(users.store.count(Filter.where("city", Operator.EQ, "Rome"))).hasValue(8);
    assertThat(users.sent()).contains("Query");
    // the service cannot be told not to count them
    Filter byAge =
        new Filter.And(
            List.of(
                Filter.where("city", Operator.EQ, "Rome"), Filter.where("age", Operator.GTE, "0")));
    assertThat(users.store.count(byAge)).isEmpty();
    assertThat(users.store.count(Filter.where("kind", Operator.EQ, "user"))).isEmpty();
  }

  @Test
  void put_when_what_was_there_has_ended_creates() {
    fill(4);
    JsonObject body = TestTable.json("{'new': true}");
    assertThat(users.store.put("alive-0", body, new Precondition.Absent()))
        .isInstanceOf(PutResult.PreconditionFailed.class);
    assertThat(users.store.put("over-0", body, new Precondition.Absent()))
        .isEqualTo(new PutResult.Created(users.store.get("over-0").orElseThrow()));
    assertThat(users.store.put("over-1", body, NONE)).isInstanceOf(PutResult.Created.class);
    assertThat(users.store.put("alive-1", body, NONE)).isInstanceOf(PutResult.Replaced.class);
    assertThat(users.stored("over-1")).doesNotContainKey("until");
  }

  @Test
  void put_when_it_needs_an_item_and_that_has_ended_fails() {
    fill(4);
    PutResult missing = new PutResult.PreconditionFailed(Optional.empty());
    JsonObject body = TestTable.json("{'new': true}");
    String ended = versionBeforeItsEnd("over-0");
    assertThat(users.store.put("over-0", body, new Precondition.Matches(ended))).isEqualTo(missing);
    assertThat(users.store.put("over-0", body, new Precondition.Exists())).isEqualTo(missing);
    try (TableFixture own = users.openedWith("{'ttl': 'until', 'shared': false}")) {
      own.clock.set(NOW);
      JsonObject ending = TestTable.json("{'until': " + (NOW.getEpochSecond() + 60) + "}");
      String version = ((PutResult.Created) own.store.put("own", ending, NONE)).item().version();
      own.clock.advance(Duration.ofMinutes(2));
      assertThat(own.store.put("own", body, new Precondition.Matches(version))).isEqualTo(missing);
      assertThat(own.store.delete("own", new Precondition.Matches(version)))
          .isEqualTo(new DeleteResult.Missing());
    }
    assertThat(users.stored("over-0")).doesNotContainKey("new");
  }

  @Test
  void delete_when_the_item_has_ended_says_that_it_is_missing() {
    fill(4);
    String ended = versionBeforeItsEnd("over-0");
    for (Precondition precondition :
        List.of(
            NONE,
            new Precondition.Exists(),
            new Precondition.Absent(),
            new Precondition.Matches(ended))) {
      assertThat(users.store.delete("over-0", precondition)).isEqualTo(new DeleteResult.Missing());
      assertThat(users.store.delete("none", precondition)).isEqualTo(new DeleteResult.Missing());
    }
    assertThat(users.store.delete("alive-0", new Precondition.Absent()))
        .isInstanceOf(DeleteResult.PreconditionFailed.class);
    assertThat(users.store.delete("alive-0", NONE)).isInstanceOf(DeleteResult.Deleted.class);
  }

  @Test
  void put_when_an_ended_item_has_a_time_of_creation_begins_anew() {
    try (TableFixture notes = TableFixture.make("{'ttl': 'until', 'created': 'made'}")) {
      notes.clock.set(NOW);
      JsonObject ending = TestTable.json("{'until': " + (NOW.getEpochSecond() + 60) + "}");
      notes.store.put("1", ending, NONE);
      notes.clock.advance(Duration.ofSeconds(30));
      PutResult next = notes.store.put("1", ending, NONE);
      assertThat(((PutResult.Replaced) next).item().body().get("made"))
          .contains(new JsonString("2026-01-31T10:00:00.000Z"));
      notes.clock.advance(Duration.ofHours(1));
      assertThat(notes.store.put("1", ending, new Precondition.Exists()))
          .isEqualTo(new PutResult.PreconditionFailed(Optional.empty()));
      PutResult anew = notes.store.put("1", JsonObject.empty(), NONE);
      assertThat(((PutResult.Created) anew).item().body().get("made"))
          .contains(new JsonString("2026-01-31T11:00:30.000Z"));
    }
  }

  @Test
  void page_when_it_is_followed_by_ended_items_only_may_have_an_empty_next() {
    fill(2);
    Page page = users.store.list(Query.first(2));
    assertThat(page.items()).hasSize(2);
    page.next()
        .ifPresent(
            next -> assertThat(users.store.list(Query.first(2).from(next)).items()).isEmpty());
  }

  /** As many items that have ended as such that have not. */
  private void fill(int each) {
    for (int i = 0; i < each; i++) {
      put("alive-" + i, i, NOW.getEpochSecond() + 3_600 + i);
      put("over-" + i, i, NOW.getEpochSecond() - i);
    }
    users.requests();
  }

  private void put(String id, int age, long until) {
    users.putByOthers(
        Map.of(
            "id", s(id),
            "name", s("n" + age),
            "city", s("Rome"),
            "kind", s("user"),
            "age", n(age),
            "until", n(until)));
  }

  private String versionBeforeItsEnd(String id) {
    users.clock.set(NOW.minusSeconds(3_600));
    String version = users.store.get(id).orElseThrow().version();
    users.clock.set(NOW);
    return version;
  }

  private static List<String> alive(int count) {
    return IntStream.range(0, count).mapToObj(i -> "alive-" + i).toList();
  }
}
