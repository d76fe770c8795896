package dev.backplane.plugin.jdbc;

import static dev.backplane.plugin.jdbc.DatabaseRules.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keys that the database chooses, of several columns, of other types, under other names. */
interface KeyRules extends DatabaseRules {
  @Test
  default void create_when_the_database_counts_gives_its_number() {
    String table = database().newTable("id " + counting() + ", name varchar(20)");
    try (JdbcTable store = open(table)) {
      assertThat(store.hasRandomIds()).isFalse();
      Item first = store.create(json("{'name': 'a'}"));
      Item second = store.create(json("{'name': 'b'}"));
      assertThat(first.id()).isEqualTo("1");
      assertThat(second.body()).isEqualTo(json("{'id': 2, 'name': 'b'}"));
      assertThat(store.get("2")).contains(second);
      assertThat(store.put("7", json("{'id': 7, 'name': 'c'}"), new Precondition.Absent()))
          .isInstanceOf(PutResult.Created.class);
      assertThat(store.get("7").orElseThrow().body().get("id")).contains(JsonNumber.of(7));
    }
  }

  @Test
  default void get_of_another_spelling_of_a_number_finds_nothing() {
    String table = database().newTable("id integer primary key, name varchar(20)");
    try (JdbcTable store = open(table)) {
      store.put("7", json("{'name': 'seven'}"), new Precondition.None());
      assertThat(store.get("7")).isPresent();
      for (String id : List.of("07", "7.0", "7e0", " 7", "+7", "7 ", "seven", "-7", "7;", "７")) {
        assertThat(store.get(id)).as(id).isEmpty();
        assertThat(store.delete(id, new Precondition.None()))
            .as(id)
            .isInstanceOf(DeleteResult.Missing.class);
      }
      assertThat(store.getAll(Set.of("7", "07", "8"))).hasSize(1);
      assertThatThrownBy(() -> store.put("x", json("{}"), new Precondition.None()))
          .isInstanceOfSatisfying(
              StoreException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
      assertThat(store.put("x", json("{}"), new Precondition.Exists()))
          .isInstanceOf(PutResult.PreconditionFailed.class);
    }
  }

  @Test
  default void create_when_no_one_chooses_a_number_is_refused_with_its_name() {
    String table = database().newTable("id decimal(10) not null primary key, name varchar(20)");
    try (JdbcTable store = open(table)) {
      assertThatThrownBy(() -> store.create(json("{'name': 'a'}")))
          .isInstanceOfSatisfying(
              StoreException.class, refusal -> assertThat(refusal.fields()).containsExactly("id"));
    }
  }

  @Test
  default void key_of_several_columns_is_one_id() {
    String table =
        database()
            .newTable(
                "tenant varchar(90) not null, nr integer not null, name varchar(20),"
                    + " primary key (tenant, nr)");
    try (JdbcTable store = open(table)) {
      Item made = store.create(json("{'tenant': 'a~b!', 'nr': 7, 'name': 'x'}"));
      assertThat(made.id()).isEqualTo("a!7Eb!21~7");
      assertThat(made.body()).isEqualTo(json("{'tenant': 'a~b!', 'nr': 7, 'name': 'x'}"));
      assertThat(store.get(made.id())).contains(made);
      for (String id : List.of("a~b!~7", "a!7eb!21~7", "a!7Eb!21~07", "a!7Eb!21", "~7", "~")) {
        assertThat(store.get(id)).as(id).isEmpty();
      }
      store.put("c~1", json("{'name': 'y'}"), new Precondition.None());
      assertThat(store.get("c~1").orElseThrow().body())
          .isEqualTo(json("{'tenant': 'c', 'nr': 1, 'name': 'y'}"));
      assertThatThrownBy(() -> store.put("c~1", json("{'nr': 2}"), new Precondition.None()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("nr");
      assertThatThrownBy(() -> store.create(json("{'tenant': 'c'}")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("nr");
      assertThat(ids(store, Filter.where("id", Operator.IN, "c~1", "zz", "c~01")))
          .containsExactly("c~1");
      assertThat(store.count(Filter.where("id", Operator.NE, "c~1"))).hasValue(1);
    }
  }

  @Test
  default void pages_of_a_key_of_several_columns_meet_each_row_once() {
    String table =
        database()
            .newTable("a integer not null, b integer not null, c varchar(5), primary key (a, b)");
    try (JdbcTable store = open(table)) {
      for (int i = 0; i < 12; i++) {
        store.create(json("{'a': %d, 'b': %d}".formatted(i / 4, i % 4)));
      }
      assertThat(Lists.ids(store, Query.first(5))).hasSize(12).doesNotHaveDuplicates();
      assertThat(Lists.ids(store, Query.first(5).orderedBy(Lists.by("b", true, "a", false))))
          .startsWith("0~3", "1~3", "2~3", "0~2")
          .hasSize(12);
    }
  }

  @Test
  default void key_under_another_name_is_the_id_field() {
    String table =
        database().newTable("user_id integer primary key, full_name varchar(20), x integer");
    try (JdbcTable store = open(table, "{'columns': {'name': 'full_name'}}")) {
      store.put("5", json("{'id': 5, 'name': 'Ann'}"), new Precondition.None());
      JsonObject body = store.get("5").orElseThrow().body();
      assertThat(body).isEqualTo(json("{'id': 5, 'name': 'Ann', 'x': null}"));
      assertThat(database().value("select full_name from " + table)).contains("Ann");
    }
  }

  @Test
  default void key_of_a_setting_is_taken_instead_of_the_primary_key() {
    String table =
        database()
            .newTable(
                "id integer primary key, code %s not null unique".formatted(database().text()));
    try (JdbcTable store = open(table, "{'key': 'code', 'columns': {'number': 'id'}}")) {
      store.put("x", json("{'number': 1}"), new Precondition.None());
      assertThat(store.get("x").orElseThrow().body()).isEqualTo(json("{'id': 'x', 'number': 1}"));
    }
  }

  private static List<String> ids(JdbcTable store, Filter filter) {
    return Lists.ids(store, Query.first(10).filteredBy(filter));
  }
}
