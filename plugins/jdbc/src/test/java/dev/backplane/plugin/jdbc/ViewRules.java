package dev.backplane.plugin.jdbc;

import static dev.backplane.plugin.jdbc.DatabaseRules.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import org.junit.jupiter.api.Test;

/** A view is a store that only reads. */
interface ViewRules extends DatabaseRules {
  private String view() {
    String table = database().newTable("id integer primary key, name varchar(9), n integer");
    String view = table + "_v";
    database()
        .execute(
            "insert into "
                + table
                + " (id, name, n) values (1, 'a', 10), (2, 'b', 20), (3, 'c', 30)",
            "create view " + view + " as select id, name, n as amount from " + table);
    return view;
  }

  private Store openView(String view, String settings) {
    JsonObject connection =
        JsonObject.of("url", new JsonString(database().url())).with("view", new JsonString(view));
    return DatabaseRules.opened(connection, settings);
  }

  @Test
  default void view_is_read_and_never_written() {
    try (Store store = openView(view(), "{'key': 'id'}")) {
      assertThat(store)
          .isInstanceOf(CountableStore.class)
          .isInstanceOf(BatchGetStore.class)
          .isNotInstanceOf(WritableStore.class);
      assertThat(store.get("2").orElseThrow().body().without("id"))
          .isEqualTo(json("{'name': 'b', 'amount': 20}"));
      Filter filter = Filter.where("amount", Operator.GTE, "20");
      assertThat(Lists.ids(store, Query.first(1).filteredBy(filter))).containsExactly("2", "3");
      assertThat(((CountableStore) store).count(filter)).hasValue(2);
      assertThat(Lists.ids(store, Query.first(2).orderedBy(Lists.by("amount", true))))
          .containsExactly("3", "2", "1");
    }
  }

  @Test
  default void view_without_a_key_is_read_by_its_id_field() {
    try (Store store = openView(view(), "{}")) {
      assertThat(store.get("3")).isPresent();
    }
  }

  @Test
  default void view_as_a_table_and_a_table_that_is_not_there_are_the_mappings_mistakes() {
    for (String table : new String[] {view(), "nowhere"}) {
      try (JdbcTable store = open(table)) {
        assertThatThrownBy(() -> store.get("1"))
            .hasMessage("The mapping of this resource does not fit its backend.")
            .isInstanceOfSatisfying(
                StoreException.class,
                failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
      }
    }
  }

  @Test
  default void table_that_changes_is_looked_at_again() {
    String table = database().newTable("id integer primary key, old varchar(9)");
    try (JdbcTable store = open(table)) {
      assertThat(store.get("1")).isEmpty();
      database()
          .execute(
              "drop table " + table,
              "create table " + table + " (id integer primary key, fresh varchar(9))",
              "insert into " + table + " (id, fresh) values (1, 'x')");
      assertThatThrownBy(() -> store.get("1")).isInstanceOf(StoreException.class);
      assertThat(store.get("1").orElseThrow().body()).isEqualTo(json("{'id': 1, 'fresh': 'x'}"));
    }
  }
}
