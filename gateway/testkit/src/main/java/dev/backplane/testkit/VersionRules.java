package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Item;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.WritableStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A version names a state: clients' caches and their If-Match rely on it. */
interface VersionRules {
  @Test
  default void version_when_the_body_changes_changes(Resource resource, WritableStore store) {
    List<String> versions = new ArrayList<>();
    for (String body :
        List.of(
            "{}",
            "{'a': 1}",
            "{'a': '1'}",
            "{'a': true}",
            "{'a': 'true'}",
            "{'a': null}",
            "{'a': []}",
            "{'a': {}}",
            "{'a': [1, 2]}",
            "{'a': [2, 1]}",
            "{'a': {'b': 1}}",
            "{'a.b': 1}",
            "{'a': 12345678901234567890123456789012345678}",
            "{'a': 12345678901234567890123456789012345679}",
            "{'ab': 'c'}",
            "{'a': 'bc'}")) {
      versions.add(resource.put(resource.id(1), Json.of(body)).version());
    }
    assertThat(versions)
        .as("the versions of one item's different bodies, one after the other: all different")
        .doesNotHaveDuplicates();
  }

  @Test
  default void version_when_nothing_changes_stays(Resource resource, WritableStore store) {
    Item stored = resource.put(resource.id(1), Json.of("{'a': 1}"));
    resource.put(resource.id(2), Json.of("{'a': 2}"));
    for (int i = 0; i < 3; i++) {
      assertThat(resource.get(resource.id(1)).version())
          .as("the version that get gives, again: the one that put answered")
          .isEqualTo(stored.version());
    }
  }

  @Test
  default void version_when_the_item_is_made_anew_differs(Resource resource, WritableStore store) {
    String id = resource.id(1);
    String first = resource.put(id, Json.of("{'a': 1}")).version();
    store.delete(id, new Precondition.None());
    String second = resource.put(id, Json.of("{'a': 2}")).version();
    assertThat(second)
        .as(
            "the version of an item that was deleted and created with another body: a count that"
                + " starts anew would make caches answer with the deleted body")
        .isNotEqualTo(first);
  }
}
