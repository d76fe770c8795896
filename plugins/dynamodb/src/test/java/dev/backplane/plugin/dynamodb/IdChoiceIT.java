package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The ids of new items that name none. */
class IdChoiceIT {
  @Test
  void create_when_ids_are_ordered_chooses_one_after_the_other() {
    try (TableFixture notes = TableFixture.make("{'ids': 'uuid-v7'}")) {
      assertThat(notes.store.hasRandomIds()).isFalse();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Item made = notes.store.create(JsonObject.empty());
        assertThat(notes.store.get(made.id())).contains(made);
        assertThat(UUID.fromString(made.id()).version()).isEqualTo(7);
        ids.add(made.id());
      }
      assertThat(ids).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void create_when_the_key_has_two_parts_chooses_the_second() {
    try (TableFixture orders =
        TableFixture.make("{'key': 'customer', 'sort-key': 'order', 'ids': 'uuid-v7'}")) {
      JsonObject body = TestTable.json("{'customer': 'ann'}");
      String first = orders.store.create(body).id();
      String second = orders.store.create(body).id();
      assertThat(first).startsWith("ann~").isLessThan(second);
      assertThat(UUID.fromString(first.substring("ann~".length())).version()).isEqualTo(7);
      JsonObject named = TestTable.json("{'customer': 'ann', 'order': 'o-1'}");
      assertThat(orders.store.create(named).id()).isEqualTo("ann~o-1");
    }
  }

  @Test
  void create_when_nothing_is_said_chooses_random_ones() {
    try (TableFixture notes = TableFixture.make("{}")) {
      assertThat(notes.store.hasRandomIds()).isTrue();
      String id = notes.store.create(JsonObject.empty()).id();
      assertThat(UUID.fromString(id).version()).isEqualTo(4);
    }
  }
}
