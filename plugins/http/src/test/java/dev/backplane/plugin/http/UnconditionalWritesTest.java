package dev.backplane.plugin.http;

import static dev.backplane.plugin.http.ScriptedServer.json;
import static dev.backplane.plugin.http.Stores.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.plugin.http.Habits.Pages;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Backends that promise less than a store may, and what becomes of what they do not promise. */
class UnconditionalWritesTest {
  private static final String UNCONDITIONAL = "{'writes': 'unconditional'}";

  @Test
  void store_is_of_the_type_of_what_the_mapping_promises() {
    for (String writes : new String[] {"none", "conditional", "unconditional"}) {
      for (boolean counts : new boolean[] {false, true}) {
        String total = counts ? ", 'total-in': 'total'" : "";
        try (Store store =
            Stores.open("http://127.0.0.1:1", "{'writes': '%s'%s}".formatted(writes, total))) {
          assertThat(store instanceof WritableStore).isEqualTo(!writes.equals("none"));
          assertThat(store instanceof CountableStore).isEqualTo(counts);
        }
      }
    }
  }

  @Test
  void put_when_it_relies_on_a_condition_is_refused_and_writes_nothing() {
    try (RestServer server = RestServer.start();
        WritableStore store = Stores.writable(server.add(Habits.of(Pages.NONE)), UNCONDITIONAL)) {
      Item item = store.create(Stores.json("{'n': 1}"));
      Precondition matches = new Precondition.Matches(item.version());
      assertFails(Reason.UNSUPPORTED, () -> store.put(item.id(), JsonObject.empty(), matches));
      assertFails(Reason.UNSUPPORTED, () -> store.delete(item.id(), matches));
      assertFails(
          Reason.INVALID, () -> store.put("mine", JsonObject.empty(), new Precondition.Absent()));
      assertThat(store.get(item.id())).contains(item);
      assertThat(store.get("mine")).isEmpty();
    }
  }

  @Test
  void put_when_the_item_is_missing_does_not_create_it() {
    try (RestServer server = RestServer.start();
        WritableStore store = Stores.writable(server.add(Habits.of(Pages.NONE)), UNCONDITIONAL)) {
      assertThat(store.put("a", JsonObject.empty(), new Precondition.Exists()))
          .isEqualTo(new PutResult.PreconditionFailed(Optional.empty()));
      assertThat(store.get("a")).isEmpty();
    }
  }

  @Test
  void put_and_delete_without_conditions_write() {
    try (RestServer server = RestServer.start();
        WritableStore store = Stores.writable(server.add(Habits.of(Pages.NONE)), UNCONDITIONAL)) {
      Item item = store.create(Stores.json("{'n': 1}"));
      assertThat(store.hasRandomIds()).isFalse();
      PutResult result = store.put(item.id(), Stores.json("{'n': 2}"), new Precondition.Exists());
      Item replaced = store.get(item.id()).orElseThrow();
      assertThat(result).isEqualTo(new PutResult.Replaced(replaced));
      assertThat(store.delete(item.id(), new Precondition.None()))
          .isEqualTo(new DeleteResult.Deleted(replaced));
      assertThat(store.delete(item.id(), new Precondition.None()))
          .isEqualTo(new DeleteResult.Missing());
    }
  }

  @Test
  void put_when_a_backend_said_to_test_conditions_does_not_fails() {
    // it has no ETags
    try (ScriptedServer server = ScriptedServer.answering(json(200, "{\"id\": \"a\"}"));
        WritableStore store = Stores.writable(server.url(), "{'writes': 'conditional'}")) {
      String version = store.get("a").orElseThrow().version();
      assertFails(
          Reason.UNAVAILABLE,
          () -> store.put("a", JsonObject.empty(), new Precondition.Matches(version)));
      assertFails(Reason.UNAVAILABLE, () -> store.delete("a", new Precondition.None()));
      assertThat(server.requests()).allMatch(request -> request.startsWith("GET "));
    }
    // it creates what it should have replaced
    try (ScriptedServer server = ScriptedServer.answering(json(201, "{\"id\": \"a\"}"));
        WritableStore store = Stores.writable(server.url(), "{'writes': 'conditional'}")) {
      assertFails(
          Reason.UNAVAILABLE, () -> store.put("a", JsonObject.empty(), new Precondition.Exists()));
    }
  }

  @Test
  void create_when_the_id_stands_in_location_reads_the_item() {
    try (RestServer server = RestServer.start();
        WritableStore store =
            Stores.writable(server.add(Habits.of(Pages.NONE).silent()), UNCONDITIONAL)) {
      Item item = store.create(Stores.json("{'n': 1}"));
      assertThat(store.get(item.id())).contains(item);
    }
  }

  @Test
  void create_when_the_backend_does_not_say_the_id_fails() {
    String out = json(201, "{}", "Location: https://elsewhere.example/v1/things/7");
    try (ScriptedServer server = ScriptedServer.answering(out);
        WritableStore store = Stores.writable(server.url(), UNCONDITIONAL)) {
      assertFails(Reason.UNAVAILABLE, () -> store.create(JsonObject.empty()));
    }
  }

  @Test
  void count_is_the_backends_total_of_everything_and_an_estimate_of_what_it_filters() {
    String settings = "{'total-header': 'X-Total-Count', 'filters': {'n': 'n'}}";
    try (ScriptedServer server = ScriptedServer.answering(json(200, "[]", "X-Total-Count: 7"));
        CountableStore store = (CountableStore) Stores.open(server.url(), settings)) {
      Filter filter = Filter.where("n", Operator.EQ, "1");
      Filter other = Filter.where("m", Operator.EQ, "1");
      assertThat(store.count(Filter.all())).isEqualTo(OptionalLong.of(7));
      assertThat(store.count(filter)).isEmpty();
      assertThat(store.estimate(filter)).isEqualTo(OptionalLong.of(7));
      assertThat(store.estimate(other)).isEmpty();
    }
  }

  @Test
  void count_when_the_backend_says_that_it_is_an_estimate_is_not_given() {
    String estimate =
        json(200, "[]", "X-Total-Count: 7", "Preference-Applied: a=b, count=estimated");
    try (ScriptedServer server = ScriptedServer.answering(estimate);
        CountableStore store =
            (CountableStore) Stores.open(server.url(), "{'total-header': 'X-Total-Count'}")) {
      assertThat(store.count(Filter.all())).isEmpty();
    }
  }
}
