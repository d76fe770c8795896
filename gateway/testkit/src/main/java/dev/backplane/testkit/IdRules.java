package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** An id is any text, kept exactly. */
interface IdRules {
  @Test
  default void id_when_unusual_is_kept_exactly(Resource resource, WritableStore store) {
    Map<String, JsonObject> stored = new LinkedHashMap<>();
    for (String id : Samples.IDS) {
      JsonObject body = JsonObject.of("for", new JsonString(id));
      if (resource.canHold(id, body)) {
        resource.assertItem("put", resource.put(id, body), id, body);
        stored.put(id, body);
      }
    }
    Assumptions.assumeFalse(stored.isEmpty(), "canHold() says that the backend holds no such id");
    // only now, so that one that was stored under another's id shows
    stored.forEach((id, body) -> resource.assertItem("get", resource.get(id), id, body));
    assertThat(Walk.ids(store, Query.first(20)))
        .as("the ids in a list: exactly as they were put")
        .containsExactlyInAnyOrderElementsOf(stored.keySet());
    List<String> ids = new ArrayList<>(stored.keySet());
    for (String id : ids) {
      store.delete(id, new Precondition.None());
      stored.remove(id);
      assertThat(store.get(id)).as("get of the deleted \"%s\"", id).isEmpty();
    }
    assertThat(Walk.ids(store, Query.first(20))).as("what is left after all deletes").isEmpty();
  }

  @Test
  default void id_when_only_similar_ids_exist_is_missing(Resource resource, WritableStore store) {
    JsonObject body = Json.of("{'a': 1}");
    Map<String, List<String>> similar =
        Map.of(
            "Abc",
                List.of("abc", "ABC", " Abc", "Abc ", "Ab", "Abcd", "Abc/", "Ab%63", "Abc\u0000"),
            "a/b", List.of("a%2Fb", "a", "b", "a/b/", "/a/b"),
            "7", List.of("07", "7.0", "7e0", " 7", "+7"),
            "\u00FC", List.of("u\u0308", "u", "\u00DC"));
    similar.forEach((id, others) -> {
      if (resource.canHold(id, body)) {
        resource.put(id, body);
        for (String other : others) {
          assertThat(get(store, other))
              .as("get of \"%s\", when only \"%s\" was stored", other, id)
              .isEmpty();
        }
        store.delete(id, new Precondition.None());
      }
    });
  }

  @Test
  default void id_when_the_backend_cannot_hold_it_is_refused(
      Resource resource, WritableStore store) {
    JsonObject body = Json.of("{'a': 1}");
    List<String> refused = Samples.IDS.stream().filter(id -> !resource.canHold(id, body)).toList();
    Assumptions.assumeFalse(refused.isEmpty(), "does not apply: canHold() knows no limits");
    for (String id : refused) {
      assertThat(catchThrowable(() -> store.put(id, body, new Precondition.None())))
          .as("what put throws for the id \"%s\", which canHold() rules out", id)
          .isInstanceOfSatisfying(
              StoreException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(StoreException.Reason.INVALID));
    }
    assertThat(Walk.ids(store, Query.first(20))).as("the list after refused puts").isEmpty();
  }

  @Test
  default void id_when_very_long_or_odd_is_kept_or_refused(Resource resource, WritableStore store) {
    JsonObject body = Json.of("{'a': 1}");
    for (String id : List.of("x".repeat(5_000), "a\u0000b", "\n", "\t", "\u007F", ".", "..")) {
      Optional<Item> stored = putOrRefused(store, id, body);
      stored.ifPresent(item -> {
        resource.assertItem("put", item, id, body);
        resource.assertItem("get", resource.get(id), id, body);
      });
    }
  }

  @Test
  default void id_when_sent_as_a_number_stays_one(Resource resource, WritableStore store) {
    JsonObject body = Json.of("{'a': 1}").with(resource.idField(), JsonNumber.of(42));
    Assumptions.assumeTrue(resource.canHold("42", body), "canHold() rules out a number as id");
    resource.put("42", body);
    assertThat(resource.get("42").body().get(resource.idField()))
        .as(
            "the id field after a put of a body in which it is a number: its type is the client's;"
                + " where a backend has one type of key, say so with canHold()")
        .contains(JsonNumber.of(42));
    resource.put("42", Json.of("{'a': 2}"));
    assertThat(resource.get("42").body().get(resource.idField()))
        .as("the id field after a put of a body without it: as it was")
        .contains(JsonNumber.of(42));
  }

  private static Optional<Item> get(WritableStore store, String id) {
    try {
      return store.get(id);
    } catch (StoreException refusal) {
      // an id that cannot be stored may be refused here as well
      assertThat(refusal.reason())
          .as("why \"%s\" is refused", id)
          .isEqualTo(StoreException.Reason.INVALID);
      return Optional.empty();
    }
  }

  private static Optional<Item> putOrRefused(WritableStore store, String id, JsonObject body) {
    try {
      return switch (store.put(id, body, new Precondition.None())) {
        case PutResult.Created created -> Optional.of(created.item());
        case PutResult.Replaced replaced -> fail("\"%s\" was stored before", id);
        case PutResult.PreconditionFailed failed -> fail("no precondition can fail");
      };
    } catch (StoreException refusal) {
      assertThat(refusal.reason())
          .as("why an id of %d characters is refused", id.length())
          .isEqualTo(StoreException.Reason.INVALID);
      return Optional.empty();
    }
  }
}
