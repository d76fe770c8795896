package dev.backplane.plugin.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What the contract does not ask: the objects of other programs, paging far, buckets. */
class S3StoreIT {
  private static final JsonObject ONE = JsonObject.of("n", JsonNumber.of(1));

  @TempDir Path directory;

  private final TestBucket bucket = TestBucket.get();
  private final String prefix = bucket.newPrefix();
  private S3Store store;

  @BeforeEach
  void open() {
    store = open(bucket.settings(prefix));
  }

  private S3Store open(JsonObject settings) {
    return (S3Store) new S3Service().open(TestContext.of(settings, directory));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void objects_of_other_programs_are_items() {
    bucket.put(prefix + "ann.json", "{ \"name\": \"Ann\",\n \"tags\": [1, 2] }\n");
    bucket.put(prefix + "7.json", "{\"id\": 7}");
    bucket.put(prefix + "bob smith.json", "{\"id\": \"somebody else\"}");
    Item ann = store.get("ann").orElseThrow();
    assertThat(ann.body().get("name")).contains(new JsonString("Ann"));
    assertThat(store.get("7").orElseThrow().body().get("id")).contains(JsonNumber.of(7));
    // the key decides
    assertThat(store.get("bob smith").orElseThrow().body().get("id"))
        .contains(new JsonString("bob smith"));
    assertThat(ids(store.list(Query.first(10)))).containsExactly("7", "ann", "bob smith");
    assertThat(store.put("ann", ONE, new Precondition.Matches(ann.version())))
        .isInstanceOfSatisfying(
            PutResult.Replaced.class,
            replaced -> assertThat(replaced.item().body().get("id")).isEmpty()); // as it was
  }

  @Test
  void objects_that_are_none_of_the_resource_are_left_out() {
    store.put("a", ONE, new Precondition.None());
    for (String key : List.of("", "b.txt", "c", "deeper/d.json", "e!66.json", ".json")) {
      bucket.put(prefix + key, "{}");
    }
    bucket.put(prefix + "empty.json", "");
    assertThat(ids(store.list(Query.first(10)))).containsExactly("a");
    assertThat(store.count(Filter.all())).hasValue(1);
    assertThat(store.get("empty")).isEmpty();
    assertThat(store.get("deeper/d")).isEmpty();
  }

  @Test
  void object_that_is_no_json_object_fails_what_meets_it() {
    for (String content :
        List.of("[1]", "not JSON", "{\"a\": 1} more", "\uFEFF{}", "{\"a\":1,\"a\":2}")) {
      bucket.put(prefix + "bad.json", content);
      store.put("good", ONE, new Precondition.None());
      assertUnreadable(() -> store.get("bad"));
      assertUnreadable(() -> store.list(Query.first(10)));
      assertUnreadable(() -> store.put("bad", ONE, new Precondition.None()));
      assertThat(store.get("good")).isPresent();
    }
  }

  @Test
  void item_when_too_large_is_refused_and_not_read() {
    try (S3Store small =
        open(bucket.settings(prefix).with("max-item-size", new JsonString("1KB")))) {
      JsonObject large = JsonObject.of("text", new JsonString("x".repeat(1_024)));
      assertThatThrownBy(() -> small.put("1", large, new Precondition.None()))
          .hasMessageContaining("1024 bytes")
          .isInstanceOfSatisfying(
              StoreException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
      store.put("1", large, new Precondition.None());
      assertUnreadable(() -> small.get("1"));
      assertUnreadable(() -> small.list(Query.first(3)));
    }
  }

  @Test
  void object_of_several_parts_has_a_version_like_any_other() {
    assumeTrue(bucket.takesParts(), "the stand-in takes an object whole");
    String key = prefix + "parts.json";
    String upload =
        bucket
            .client()
            .createMultipartUpload(make -> make.bucket(bucket.name()).key(key))
            .uploadId();
    String part =
        bucket
            .client()
            .uploadPart(
                put -> put.bucket(bucket.name()).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromString("{\"n\": 0}"))
            .eTag();
    bucket
        .client()
        .completeMultipartUpload(complete ->
            complete
                .bucket(bucket.name())
                .key(key)
                .uploadId(upload)
                .multipartUpload(parts ->
                    parts.parts(CompletedPart.builder().partNumber(1).eTag(part).build())));
    Item item = store.get("parts").orElseThrow();
    assertThat(item.version()).endsWith("-1");
    assertThat(store.put("parts", ONE, new Precondition.Matches(item.version())))
        .isInstanceOf(PutResult.Replaced.class);
  }

  @Test
  void list_goes_on_to_the_end_of_more_than_a_listing_holds() {
    int count = 1_203;
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> bucket.put(prefix + "%04d.json".formatted(i), "{\"n\": " + i % 100 + "}"));
    assertThat(store.count(Filter.all())).hasValue(count);
    assertThat(walk(Query.first(1_000)))
        .isEqualTo(IntStream.range(0, count).mapToObj("%04d"::formatted).toList());
    assertThat(walk(Query.first(5).filteredBy(Filter.where("n", Operator.EQ, "42"))))
        .isEqualTo(
            IntStream.iterate(42, i -> i < count, i -> i + 100)
                .mapToObj("%04d"::formatted)
                .toList());
    Page narrow =
        store.list(Query.first(20).filteredBy(Filter.where("id", Operator.STARTS_WITH, "120")));
    assertThat(ids(narrow)).containsExactly("1200", "1201", "1202");
    assertThat(narrow.work().examined()).hasValue(3);
  }

  @Test
  void list_when_much_stands_deeper_goes_on_behind_it() {
    List<String> keys = List.of("a.json", "b/1.json", "b/2.json", "c/1.json", "d.json", "e/1.json");
    keys.forEach(key -> bucket.put(prefix + key, "{}"));
    assertThat(walk(Query.first(1))).containsExactly("a", "d");
    assertThat(store.count(Filter.all())).hasValue(2);
  }

  @Test
  void bucket_when_missing_is_said_to_be() {
    try (S3Store lost =
        open(TestBucket.settings(bucket.endpoint(), "no-such-" + UUID.randomUUID()))) {
      for (Runnable call :
          List.<Runnable>of(
              () -> lost.get("1"),
              () -> lost.list(Query.first(1)),
              () -> lost.put("1", ONE, new Precondition.Absent()),
              () -> lost.put("1", ONE, new Precondition.None()),
              () -> lost.delete("1", new Precondition.None()))) {
        assertThatThrownBy(call::run)
            .hasMessageContaining("does not exist")
            .hasMessageNotContaining("no-such")
            .isInstanceOfSatisfying(
                StoreException.class,
                failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
      }
    }
  }

  @Test
  void bucket_when_it_is_to_be_made_is_made_and_filled_once() throws Exception {
    Files.writeString(directory.resolve("seed.json"), "[{\"id\": \"a\"}, {\"id\": 2, \"n\": 1}]");
    JsonObject settings =
        TestBucket.settings(bucket.endpoint(), "made-" + UUID.randomUUID())
            .with("create-bucket", new JsonString("true"))
            .with("seed", new JsonString("seed.json"));
    for (int start = 0; start < 2; start++) {
      try (S3Store made = open(settings)) {
        made.start();
        assertThat(ids(made.list(Query.first(9))))
            .containsExactlyElementsOf(start == 0 ? List.of("2", "a") : List.of("2"));
        made.delete("a", new Precondition.None());
      }
    }
  }

  private List<String> walk(Query first) {
    List<String> ids = new ArrayList<>();
    Optional<Query> query = Optional.of(first);
    while (query.isPresent()) {
      Page page = store.list(query.get());
      ids.addAll(ids(page));
      query = page.next().map(first::from);
    }
    return ids;
  }

  private static List<String> ids(Page page) {
    return page.items().stream().map(Item::id).toList();
  }

  private static void assertUnreadable(Runnable call) {
    assertThatThrownBy(call::run)
        .hasMessageContaining("cannot be read")
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
  }
}
