package dev.backplane.plugin.jdbc;

import static dev.backplane.plugin.jdbc.DatabaseRules.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers that count up in one row through the store, and a program that counts up in another
 * column past it: nobody's update is lost.
 */
interface RaceRules extends DatabaseRules {
  int WRITERS = 4;
  int TIMES = 15;

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'version': 'v'}"})
  @Timeout(120)
  default void put_when_others_write_past_the_gateway_loses_nobodys_update(String settings)
      throws Exception {
    String table =
        database()
            .newTable("id integer primary key, ours integer, theirs integer, v bigint not null");
    database().execute("insert into " + table + " (id, ours, theirs, v) values (1, 0, 0, 5)");
    try (JdbcTable store = open(table, settings)) {
      List<Callable<Object>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(() -> countUp(store));
      }
      for (int i = 0; i < 2; i++) {
        writers.add(() -> countUpByOthers(table));
      }
      runAll(writers);
      JsonObject body = store.get("1").orElseThrow().body();
      assertThat(body.get("ours")).contains(JsonNumber.of(WRITERS * TIMES));
      assertThat(body.get("theirs")).contains(JsonNumber.of(2 * TIMES));
    }
  }

  private static Object countUp(JdbcTable store) {
    for (int done = 0; done < TIMES; ) {
      Item item = store.get("1").orElseThrow();
      long ours = ((JsonNumber) item.body().get("ours").orElseThrow()).value().longValueExact();
      JsonObject next = item.body().with("ours", JsonNumber.of(ours + 1));
      if (store.put("1", next, new Precondition.Matches(item.version()))
          instanceof PutResult.Replaced) {
        done++;
      }
    }
    return TIMES;
  }

  private Object countUpByOthers(String table) {
    for (int i = 0; i < TIMES; i++) {
      // as a program does that keeps to the version, where there is one
      database().execute("update " + table + " set theirs = theirs + 1, v = v + 1 where id = 1");
    }
    return TIMES;
  }

  private static void runAll(List<Callable<Object>> writers) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
      for (Future<Object> result : threads.invokeAll(writers)) {
        result.get();
      }
    }
  }

  @Test
  default void version_of_a_column_is_its_value_and_changes_with_each_write() {
    for (String type : List.of("integer", "bigint", "varchar(40)")) {
      String table =
          database().newTable("id integer primary key, name varchar(9), v %s".formatted(type));
      try (JdbcTable store = open(table, "{'version': 'v'}")) {
        store.put("1", json("{'name': 'a'}"), new Precondition.None());
        Item first = store.get("1").orElseThrow();
        assertThat(first.body()).isEqualTo(json("{'id': 1, 'name': 'a'}"));
        assertThat(database().value("select v from " + table)).contains(first.version());
        store.put("1", json("{'name': 'b'}"), new Precondition.None());
        store.put("1", json("{'name': 'a'}"), new Precondition.None());
        Item again = store.get("1").orElseThrow();
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.version()).isNotEqualTo(first.version());
        store.delete("1", new Precondition.None());
        store.put("1", json("{'name': 'a'}"), new Precondition.None());
        assertThat(store.get("1").orElseThrow().version()).isNotEqualTo(first.version());
      }
    }
  }
}
