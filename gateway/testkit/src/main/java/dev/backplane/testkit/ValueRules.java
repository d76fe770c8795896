package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every JSON value comes back as it went in. */
interface ValueRules {
  @Test
  default void value_of_every_kind_is_kept_exactly(Resource resource, WritableStore store) {
    assertKept(
        resource,
        store,
        "null",
        "true",
        "false",
        "''",
        "'text'",
        "' '",
        "'null'",
        "'true'",
        "'12'",
        "'1.50'",
        "'2024-02-30T25:61:00Z'",
        "'\\\"quoted\\\" \\\\ / \\n\\r\\t\\b\\f'",
        "'ü-漢-😀 \u2028 \uFFFD e\u0301 \uFEFF'",
        "'\u0001\u001F\u007F'".replace("\u0001", "\\u0001").replace("\u001F", "\\u001F"),
        "[]",
        "{}",
        "[[]]",
        "[{}]",
        "{'a': {}}",
        "{'a': []}",
        "[null]",
        "[1, 'a', true, null, [2], {'b': 3}]",
        "[1, 1, 1]",
        "['a', 'b']",
        "[1, 2]",
        "[3, 2, 1]",
        "{'z': 1, 'a': {'y': [{'x': null}]}}",
        "[".repeat(20) + "]".repeat(20));
  }

  @Test
  default void number_is_kept_exactly(Resource resource, WritableStore store) {
    assertKept(
        resource,
        store,
        "0",
        "-0.0",
        "1",
        "-1",
        "0.1",
        "-2.50",
        "1.10",
        "1e3",
        "1E-3",
        "1e20",
        "3.141592653589793238462643383279502884",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551617",
        "12345678901234567890123456789012345678",
        "-12345678901234567890123456789012345679",
        "0.12345678901234567890123456789012345678",
        "1e100",
        "1e-100");
  }

  @Test
  default void field_name_is_kept_exactly(Resource resource, WritableStore store) {
    List<String> names =
        List.of(
            "a.b",
            "a b",
            " a",
            "a ",
            "$set",
            "$id",
            "#name",
            ":value",
            "a[0]",
            "ü-漢-😀",
            "A",
            "a",
            "size",
            "name",
            "status",
            "order",
            "group",
            "select",
            "version",
            "_version",
            "_id",
            "pk",
            "sk",
            "ttl",
            "type",
            "__proto__",
            "constructor",
            "class",
            "0",
            "-",
            "'",
            "`",
            "x".repeat(200));
    JsonObject.Builder body = JsonObject.builder();
    JsonObject.Builder inner = JsonObject.builder();
    for (String name : names) {
      body.put(name, new JsonString("of " + name));
      inner.put(name, JsonNumber.of(1));
    }
    JsonObject whole = body.put("inner", inner.build()).build();
    String id = resource.id(1);
    if (resource.canHold(id, whole)) {
      resource.assertItem("put of fields with unusual names", resource.put(id, whole), id, whole);
      resource.assertItem("get of fields with unusual names", resource.get(id), id, whole);
      return;
    }
    for (String name : names) {
      JsonObject single = JsonObject.of(name, new JsonString("x"));
      if (resource.canHold(id, single)) {
        resource.put(id, single);
        resource.assertItem("a field with an unusual name", resource.get(id), id, single);
      }
    }
  }

  @Test
  default void value_when_extreme_is_kept_exactly_or_refused(
      Resource resource, WritableStore store) {
    String id = resource.id(1);
    for (JsonValue extreme : Samples.EXTREMES) {
      JsonObject body = JsonObject.of("v", extreme);
      try {
        store.put(id, body, new Precondition.None());
      } catch (StoreException refusal) {
        assertThat(refusal.reason())
            .as("why a value that the backend cannot hold is refused: %s", refusal.getMessage())
            .isEqualTo(StoreException.Reason.INVALID);
        continue;
      }
      assertThat(resource.get(id).body().get("v").orElseThrow().equals(extreme))
          .as(
              "the value %.60s… is kept exactly; a value that a backend would change is refused with"
                  + " INVALID, naming the field",
              extreme)
          .isTrue();
    }
  }

  private static void assertKept(Resource resource, WritableStore store, String... values) {
    Map<String, JsonObject> stored = new LinkedHashMap<>();
    for (String value : values) {
      String id = resource.id(stored.size());
      JsonObject body = JsonObject.of("v", Json.value(value));
      if (resource.canHold(id, body)) {
        resource.assertItem("put", resource.put(id, body), id, body);
        stored.put(id, body);
      }
    }
    stored.forEach((id, body) -> resource.assertItem("get", resource.get(id), id, body));
    List<String> listed = new ArrayList<>();
    for (Item item : Walk.items(store, Query.first(25))) {
      JsonObject body =
          Objects.requireNonNull(stored.get(item.id()), "an item that was never stored is listed");
      resource.assertItem("list", item, item.id(), body);
      listed.add(item.id());
    }
    assertThat(listed)
        .as("the ids in the list")
        .containsExactlyInAnyOrderElementsOf(stored.keySet());
  }
}
