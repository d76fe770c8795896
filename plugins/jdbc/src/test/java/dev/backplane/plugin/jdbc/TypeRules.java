package dev.backplane.plugin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A value of each type of column comes back as what it is, or is refused. */
interface TypeRules extends DatabaseRules {
  @TestFactory
  default Stream<DynamicTest> value_of_each_type_is_kept_or_refused() {
    return TypeTable.of(database()).stream()
        .map(type -> DynamicTest.dynamicTest(type.name(), () -> check(type)));
  }

  private void check(TypeTable type) {
    String table = database().newTable("id integer not null primary key, v " + type.name());
    List<JsonObject> bodies = new ArrayList<>();
    try (JdbcTable store = open(table)) {
      for (int i = 0; i < type.kept().size(); i++) {
        String id = Integer.toString(i + 1);
        JsonValue written = DatabaseRules.value(type.kept().get(i).written());
        JsonValue shown = DatabaseRules.value(type.kept().get(i).shown());
        store.put(id, JsonObject.of("v", written), new Precondition.None());
        Item item = store.get(id).orElseThrow();
        assertThat(item.body().get("v")).as("%s %s", type.name(), written).contains(shown);
        store.put(id, item.body(), new Precondition.Matches(item.version()));
        assertThat(store.get(id)).as("what was read, written again").contains(item);
        bodies.add(item.body());
        assertFound(store, item, shown);
      }
      store.put("99", JsonObject.of("v", JsonNull.NULL), new Precondition.None());
      assertThat(store.get("99").orElseThrow().body().get("v")).contains(JsonNull.NULL);
      for (String refused : type.refused()) {
        assertRefused(store, type, refused);
      }
      assertThat(Lists.items(store, Query.first(2)).stream().map(Item::body))
          .containsAll(bodies)
          .hasSize(bodies.size() + 1);
    }
  }

  /** By its own text, whatever the database makes of it. */
  private static void assertFound(JdbcTable store, Item item, JsonValue shown) {
    String text = shown.text().orElse("");
    for (Filter filter :
        List.of(
            Filter.where("v", Operator.EQ, text),
            Filter.where("v", Operator.NE, text),
            Filter.where("v", Operator.GTE, text),
            Filter.where("v", Operator.LTE, text),
            Filter.where("v", Operator.GT, text),
            Filter.where("v", Operator.CONTAINS, text),
            Filter.where("v", Operator.STARTS_WITH, text),
            Filter.where("v", Operator.IS_NULL, "false"),
            Filter.where("v", Operator.BETWEEN, text, text))) {
      boolean found = Lists.ids(store, Query.first(5).filteredBy(filter)).contains(item.id());
      assertThat(found || !filter.test(item.body())).as("%s of %s", filter, item).isTrue();
    }
  }

  private static void assertRefused(JdbcTable store, TypeTable type, String value) {
    JsonObject body = JsonObject.of("v", DatabaseRules.value(value));
    assertThat(catchThrowable(() -> store.put("100", body, new Precondition.None())))
        .as("%s %s", type.name(), value)
        .isInstanceOfSatisfying(
            StoreException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
              assertThat(refusal.getMessage()).doesNotContain("Exception", "SQL");
            });
    assertThat(store.get("100")).isEmpty();
  }

  @Test
  default void put_of_a_computed_column_leaves_it_to_the_database() {
    String computed =
        switch (database()) {
          case H2 -> "integer generated always as (a + 1)";
          default -> "integer generated always as (a + 1) stored";
        };
    String table = database().newTable("id integer primary key, a integer, b " + computed);
    try (JdbcTable store = open(table)) {
      store.put("1", DatabaseRules.json("{'a': 1, 'b': 77}"), new Precondition.None());
      store.put("1", DatabaseRules.json("{'a': 2, 'b': 77}"), new Precondition.None());
      assertThat(store.get("1").orElseThrow().body())
          .isEqualTo(DatabaseRules.json("{'id': 1, 'a': 2, 'b': 3}"));
    }
  }
}
