package dev.backplane.plugin.jdbc;

import static dev.backplane.plugin.jdbc.DatabaseRules.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the database refuses: as what, and with which field. */
interface ConstraintRules extends DatabaseRules {
  /** Makes a table of people and one of their pets. */
  private String people() {
    String people =
        database()
            .newTable(
                "id integer not null primary key, email varchar(40) unique, age integer not null,"
                    + " grade integer default 3 not null, name varchar(5), first varchar(9),"
                    + " last varchar(9), check (age < 200), unique (first, last)");
    database()
        .execute(
            "create table %s_pets (id integer not null primary key, owner integer,"
                    .formatted(people)
                + " foreign key (owner) references %s (id))".formatted(people));
    return people;
  }

  private static StoreException refusal(ThrowingCallable call) {
    return catchThrowableOfType(StoreException.class, call);
  }

  private static void assertRefused(
      ThrowingCallable call, Reason reason, String message, String... fields) {
    StoreException refusal = refusal(call);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    assertThat(refusal.fields()).as(refusal.getMessage()).containsExactlyInAnyOrder(fields);
    assertThat(refusal).hasMessageContaining(message);
  }

  @Test
  default void put_of_a_value_that_is_taken_is_a_conflict_with_its_field() {
    try (JdbcTable store = open(people())) {
      put(store, "1", "{'email': 'a@x', 'age': 1}");
      String taken = "that another item has already";
      assertRefused(
          () -> put(store, "2", "{'email': 'a@x', 'age': 1}"), Reason.CONFLICT, taken, "email");
      assertRefused(
          () -> store.create(json("{'id': 3, 'email': 'a@x', 'age': 1}")),
          Reason.CONFLICT,
          taken,
          "email");
      assertRefused(
          () -> store.put("4", json("{'email': 'a@x', 'age': 1}"), new Precondition.Absent()),
          Reason.CONFLICT,
          taken,
          "email");
      put(store, "5", "{'age': 1, 'first': 'A', 'last': 'B'}");
      assertRefused(
          () -> put(store, "6", "{'age': 1, 'first': 'A', 'last': 'B'}"),
          Reason.CONFLICT,
          "have values",
          "first",
          "last");
      put(store, "6", "{'age': 1, 'first': 'A', 'last': 'C'}");
      assertRefused(
          () -> put(store, "6", "{'age': 1, 'first': 'A', 'last': 'B'}"),
          Reason.CONFLICT,
          "have values",
          "first",
          "last");
    }
  }

  @Test
  default void put_that_refers_to_nothing_is_invalid_with_its_field() {
    String people = people();
    try (JdbcTable store = open(people);
        JdbcTable pets = open(people + "_pets")) {
      assertRefused(
          () -> put(pets, "1", "{'owner': 1}"),
          Reason.INVALID,
          "refers to an item that does not exist",
          "owner");
      put(store, "1", "{'age': 1}");
      put(pets, "1", "{'owner': 1}");
      assertRefused(
          () -> store.delete("1", new Precondition.None()),
          Reason.CONFLICT,
          "Other items refer to this one");
      assertThat(store.get("1")).isPresent();
      pets.delete("1", new Precondition.None());
      store.delete("1", new Precondition.None());
      assertThat(store.get("1")).isEmpty();
    }
  }

  @Test
  default void put_that_breaks_a_columns_rules_is_invalid_with_its_field() {
    try (JdbcTable store = open(people())) {
      assertRefused(() -> put(store, "1", "{}"), Reason.INVALID, "is needed", "age");
      assertRefused(
          () -> put(store, "1", "{'age': null}"), Reason.INVALID, "may not be null", "age");
      assertRefused(() -> put(store, "1", "{'age': 1.5}"), Reason.INVALID, "a whole number", "age");
      assertRefused(() -> put(store, "1", "{'age': '1'}"), Reason.INVALID, "number", "age");
      if (database() != TestDatabase.SQLITE) {
        assertRefused(
            () -> put(store, "1", "{'age': 3000000000}"), Reason.INVALID, "too large", "age");
        assertRefused(
            () -> put(store, "1", "{'age': 1, 'name': 'too long'}"),
            Reason.INVALID,
            "longer than 5",
            "name");
      }
      assertRefused(() -> put(store, "1", "{'age': 500}"), Reason.INVALID, "breaks a rule");
      assertRefused(
          () -> put(store, "1", "{'age': 1, 'colour': 'red'}"),
          Reason.INVALID,
          "is no field of this resource; its fields are id, email, age",
          "colour");
      assertThat(store.get("1")).isEmpty();
    }
  }

  @Test
  default void put_without_a_member_takes_the_default_of_a_new_row_and_null_of_an_old_one() {
    try (JdbcTable store = open(people())) {
      put(store, "1", "{'age': 1, 'email': 'a', 'grade': 9}");
      put(store, "1", "{'age': 2}");
      JsonObject body = store.get("1").orElseThrow().body();
      assertThat(body)
          .isEqualTo(
              json(
                  "{'id': 1, 'email': null, 'age': 2, 'grade': 3, 'name': null, 'first': null,"
                      + " 'last': null}"));
      put(store, "2", "{'age': 1}");
      assertThat(store.get("2").orElseThrow().body().get("grade"))
          .contains(DatabaseRules.value("3"));
    }
  }

  @Test
  default void writeAll_that_breaks_a_rule_changes_nothing_and_names_the_write() {
    try (JdbcTable store = open(people())) {
      put(store, "1", "{'email': 'a', 'age': 1}");
      List<Write> writes =
          List.of(
              new Write.Put("2", json("{'email': 'b', 'age': 1}"), new Precondition.Absent()),
              new Write.Put("3", json("{'email': 'a', 'age': 1}"), new Precondition.Absent()),
              new Write.Delete("1", new Precondition.Exists()));
      WriteAllResult result = store.writeAll(writes);
      // the order is the store's: where 1 goes first, its value is free again
      if (result instanceof WriteAllResult.Refused refused) {
        assertThat(refused.refusals()).containsOnlyKeys(1);
        assertThat(refused.refusals().get(1)).isInstanceOf(Refusal.Failed.class);
        assertThat(store.get("2")).isEmpty();
        assertThat(store.get("1")).isPresent();
      } else {
        assertThat(store.get("1")).isEmpty();
        assertThat(store.get("3")).isPresent();
      }
      WriteAllResult broken =
          store.writeAll(
              List.of(
                  new Write.Put("8", json("{'age': 1}"), new Precondition.None()),
                  new Write.Put("9", json("{'age': 500}"), new Precondition.None())));
      assertThat(broken)
          .isInstanceOfSatisfying(
              WriteAllResult.Refused.class,
              refused -> assertThat(refused.refusals()).containsOnlyKeys(1));
      assertThat(store.get("8")).isEmpty();
    }
  }

  @Test
  default void putAll_that_breaks_a_rule_stores_the_others() {
    try (JdbcTable store = open(people())) {
      Map<String, JsonObject> bodies = new LinkedHashMap<>();
      bodies.put("1", json("{'email': 'a', 'age': 1}"));
      bodies.put("2", json("{'email': 'a', 'age': 1}"));
      bodies.put("3", json("{'age': 500}"));
      bodies.put("4", json("{}"));
      bodies.put("5", json("{'age': 5}"));
      Map<String, PutOutcome> outcomes = store.putAll(bodies);
      assertThat(outcomes.get("1")).isInstanceOf(PutOutcome.Stored.class);
      assertThat(outcomes.get("5")).isInstanceOf(PutOutcome.Stored.class);
      assertThat(outcomes.get("2"))
          .isInstanceOfSatisfying(
              PutOutcome.Failed.class,
              failed -> assertThat(failed.failure().fields()).containsExactly("email"));
      assertThat(outcomes.get("3")).isInstanceOf(PutOutcome.Failed.class);
      assertThat(outcomes.get("4")).isInstanceOf(PutOutcome.Failed.class);
      assertThat(store.get("3")).isEmpty();
    }
  }

  private static void put(JdbcTable store, String id, String body) {
    store.put(id, json(body), new Precondition.None());
  }
}
