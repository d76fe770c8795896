package dev.backplane.plugin.jdbc;

import static dev.backplane.plugin.jdbc.DatabaseRules.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Filter.Comparison;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a client sends, it is a value: the table stays, and nobody else's rows are found. */
interface InjectionRules extends DatabaseRules {
  List<String> ATTACKS =
      List.of(
          "' OR '1'='1",
          "' OR 1=1 --",
          "'; DROP TABLE secrets; --",
          "\" OR \"\"=\"",
          "`; DROP TABLE secrets; #",
          "1; DROP TABLE secrets",
          "\\' OR 1=1 #",
          "\\",
          "') OR ('1'='1",
          "x' UNION SELECT * FROM secrets --",
          "$1",
          "?",
          "{d '2026-01-31'}",
          ":name",
          "/* */",
          "!%",
          "%",
          "_",
          "\u00bf' OR 1=1 --",
          "\u02bc OR 1=1");

  private String table() {
    return database()
        .newTable(
            "id %s not null primary key, name varchar(99), n integer, doc %s"
                .formatted(
                    database() == TestDatabase.MARIADB ? "varchar(99)" : database().text(),
                    database().json()));
  }

  private static void fill(JdbcTable store) {
    for (int i = 0; i < 5; i++) {
      store.put(
          "row-" + i, json("{'name': 'name', 'n': %d}".formatted(i)), new Precondition.None());
    }
  }

  @Test
  default void ids_are_values() {
    String table = table();
    try (JdbcTable store = open(table, "{'rest': 'doc'}")) {
      fill(store);
      for (String attack : ATTACKS) {
        assertThat(store.get(attack)).as(attack).isEmpty();
        assertThat(store.getAll(Set.of(attack, "nobody"))).as(attack).isEmpty();
        store.delete(attack, new Precondition.None());
        store.put(attack, json("{'n': 7}"), new Precondition.None());
        assertThat(store.get(attack).orElseThrow().id()).isEqualTo(attack);
        assertThat(Lists.ids(store, Query.first(50))).hasSize(6);
        store.delete(attack, new Precondition.None());
        assertThat(Lists.ids(store, Query.first(50))).hasSize(5);
      }
    }
  }

  @Test
  default void values_and_names_of_members_are_values() {
    String table = table();
    try (JdbcTable store = open(table, "{'rest': 'doc'}")) {
      for (String attack : ATTACKS) {
        JsonObject body =
            JsonObject.of("name", new JsonString(attack)).with(attack, new JsonString(attack));
        store.put("x", body, new Precondition.None());
        JsonObject stored = store.get("x").orElseThrow().body();
        assertThat(stored.without("id")).isEqualTo(body);
      }
    }
    try (JdbcTable store = open(table())) {
      for (String attack : ATTACKS) {
        JsonObject body = JsonObject.of(attack, new JsonString(attack));
        try {
          store.put("x", body, new Precondition.None());
          assertThat(attack).as("a member without a column").isEqualTo("refused");
        } catch (StoreException refusal) {
          assertThat(refusal.fields()).containsExactly(attack);
        }
      }
    }
  }

  @Test
  default void filters_and_orders_are_values() {
    String table = table();
    for (String rest : List.of("{}", "{'rest': 'doc'}")) {
      try (JdbcTable store = open(table, rest)) {
        fill(store);
        for (String attack : ATTACKS) {
          attack(store, attack);
        }
        assertThat(Lists.ids(store, Query.first(50))).hasSize(5);
      }
    }
  }

  private static void attack(JdbcTable store, String attack) {
    for (Operator operator : Operator.values()) {
      if (operator == Operator.IS_NULL) {
        continue;
      }
      List<String> operands =
          operator == Operator.BETWEEN ? List.of(attack, attack) : List.of(attack);
      for (String field : List.of("name", "n", "id", attack)) {
        Filter filter = new Comparison(new FieldPath(List.of(field)), operator, operands);
        List<String> matching =
            Lists.items(store, Query.first(3).filteredBy(filter)).stream()
                .filter(item -> filter.test(item.body()))
                .map(item -> item.id())
                .toList();
        List<String> expected =
            Lists.items(store, Query.first(50)).stream()
                .filter(item -> filter.test(item.body()))
                .map(item -> item.id())
                .toList();
        assertThat(matching).as("%s", filter).containsExactlyInAnyOrderElementsOf(expected);
      }
    }
    try {
      Order order = new Order(new FieldPath(List.of(attack)), true);
      assertThat(Lists.ids(store, Query.first(2).orderedBy(List.of(order)))).hasSize(5);
    } catch (StoreException refusal) {
      assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
    }
  }

  @Test
  default void cursors_are_values() {
    String table = table();
    try (JdbcTable store = open(table)) {
      fill(store);
      for (String attack : ATTACKS) {
        String json = "[\"" + attack.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
        for (String cursor :
            List.of(
                attack,
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(json.getBytes(StandardCharsets.UTF_8)))) {
          try {
            Query query = Query.first(9).from(cursor);
            assertThat(store.list(query).next()).isEqualTo(Optional.empty());
          } catch (StoreException refusal) {
            assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
          }
        }
      }
      assertThat(Lists.ids(store, Query.first(50))).hasSize(5);
    }
  }

  @AfterEach
  default void the_database_is_still_there() {
    String table = database().newTable("id integer");
    assertThat(database().value("select count(*) from " + table)).contains("0");
  }
}
