package dev.backplane.core.mapping;

import static dev.backplane.core.docs.GeneratedPart.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.docs.GeneratedPart;
import dev.backplane.core.http.Json;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The keys of the mapping in docs/configuration.md: where they stand is taken from the schema, what
 * they take from the keys that are read.
 */
class ConfigurationPageTest {
  private static final List<String> HEADS = List.of("key", "value", "when left out", "meaning");

  private final Map<String, String> expected = new HashMap<>();
  private final StringBuilder made = new StringBuilder();

  @Test
  void page_whenCompared_hasEveryKey() throws Exception {
    for (Field list : Keys.class.getDeclaredFields()) {
      if (list.get(null) instanceof List<?> keys) {
        keys.stream().filter(Key.class::isInstance).map(Key.class::cast).forEach(this::expect);
      }
    }
    tables("", object(Json.CODEC.read(MappingReader.schema().getBytes(StandardCharsets.UTF_8))));

    expected.values().forEach(words -> assertThat(made.toString()).contains(words));
    new GeneratedPart("mapping").check(made.toString().stripTrailing() + "\n");
  }

  private void expect(Key<?> key) {
    expected.put(key.name() + " " + key.description(), value(key));
  }

  private static String value(Key<?> key) {
    return switch (key) {
      case Key.Text text when text.atLeast() <= 1 -> "a text";
      default -> key.expected().replace("\"", "`");
    };
  }

  /** A table of a group's keys, and then those of the groups in it. */
  private void tables(String path, JsonObject schema) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<String> needed = texts(schema.get("required"));
    Map<String, JsonObject> groups = new LinkedHashMap<>();
    for (var member : object(schema.get("properties").orElseThrow()).members().entrySet()) {
      String name = member.getKey();
      JsonObject property = object(member.getValue());
      String meaning = property.get("description").flatMap(JsonValue::text).orElseThrow();
      String fallback =
          property
              .get("default")
              .filter(each -> !meaning.contains("hen left out")) // it depends, and that says how
              .flatMap(JsonValue::text)
              .map(each -> code(each))
              .orElse("");
      rows.add(
          List.of(
              code(name),
              Optional.ofNullable(expected.get(name + " " + meaning)).orElseThrow(),
              needed.contains(name) ? "needed" : fallback,
              meaning));
      inner(path + name, property).forEach(groups::put);
    }
    if (!path.isEmpty()) {
      made.append("### `").append(path, 0, path.length() - 1).append("`\n\n");
    }
    made.append(GeneratedPart.table(HEADS, rows)).append('\n');
    for (var group : groups.entrySet()) {
      tables(group.getKey() + ".", group.getValue());
    }
  }

  /** The groups of keys in a value, by where they stand. */
  private static Map<String, JsonObject> inner(String path, JsonObject schema) {
    if (schema.get("properties").isPresent()) {
      return Map.of(path, schema);
    }
    Optional<JsonObject> entry =
        schema.get("additionalProperties").flatMap(ConfigurationPageTest::group);
    if (entry.isPresent()) {
      return inner(path + ".<name>", entry.get());
    }
    Optional<JsonObject> element = schema.get("items").flatMap(ConfigurationPageTest::group);
    if (element.isPresent()) {
      return inner(path + "[]", element.get());
    }
    return schema.get("anyOf").stream()
        .flatMap(several -> ((JsonArray) several).elements().stream())
        .map(each -> inner(path, object(each)))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(Map.of());
  }

  private static Optional<JsonObject> group(JsonValue value) {
    return value instanceof JsonObject group ? Optional.of(group) : Optional.empty();
  }

  private static JsonObject object(JsonValue value) {
    return group(value).orElseThrow();
  }

  private static List<String> texts(Optional<JsonValue> array) {
    return array.stream()
        .flatMap(several -> ((JsonArray) several).elements().stream())
        .map(each -> ((JsonString) each).value())
        .toList();
  }
}
