package dev.backplane.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "1.10, 1.1",
    "1e3, 1000",
    "0, -0.0",
    "0e5, 0",
    "100e-2, 1",
    "1e400, 10e399",
    "100e2147483645, 1e2147483647"
  })
  void number_when_numerically_equal_is_equal(String left, String right) {
    JsonNumber a = JsonNumber.parse(left).orElseThrow();
    JsonNumber b = JsonNumber.parse(right).orElseThrow();
    assertThat(a).isEqualTo(b).hasSameHashCodeAs(b);
  }

  @Test
  void number_when_it_differs_in_the_last_digit_is_not_equal() {
    assertThat(JsonNumber.parse("12345678901234567890123456789012345678"))
        .isNotEqualTo(JsonNumber.parse("12345678901234567890123456789012345679"));
  }

  @Test
  void hash_when_the_exponent_is_the_greatest_there_is_does_not_fail() {
    JsonNumber number = JsonNumber.parse("100e2147483647").orElseThrow();
    assertThat(number).hasSameHashCodeAs(JsonNumber.parse("100e2147483647").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+1",
        " 1",
        "1 ",
        "x",
        "0x10",
        "1e",
        "NaN",
        "Infinity",
        "1,5",
        "1e99999999999",
        "\u0661",
        "1\u0662",
        "--1",
        "1d"
      })
  void parse_when_the_text_is_no_number_is_empty(String text) {
    assertThat(JsonNumber.parse(text)).isEmpty();
  }

  @Test
  void parse_when_the_text_is_very_long_is_empty() {
    assertThat(JsonNumber.parse("1".repeat(1_100))).isPresent();
    assertThat(JsonNumber.parse("1".repeat(1_101))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "12.50, 12.50",
    "1e3, 1000",
    "-1e-3, -0.001",
    "1e100000000, 1E+100000000",
    "1e-70, 1E-70"
  })
  void text_when_a_number_is_written_is_plain_unless_very_long(String digits, String text) {
    assertThat(JsonNumber.parse(digits).orElseThrow().text()).contains(text);
  }

  @Test
  void text_when_the_value_is_no_scalar_is_empty() {
    assertThat(JsonNull.NULL.text()).isEmpty();
    assertThat(JsonArray.of().text()).isEmpty();
    assertThat(JsonObject.empty().text()).isEmpty();
    assertThat(new JsonString("").text()).contains("");
    assertThat(JsonBoolean.of(true).text()).contains("true");
    assertThat(JsonBoolean.of(false).text()).contains("false");
  }

  @Test
  void object_when_members_are_in_another_order_is_equal_but_keeps_its_own() {
    JsonObject ab = JsonObject.of("a", JsonNull.NULL).with("b", JsonBoolean.TRUE);
    JsonObject ba = JsonObject.of("b", JsonBoolean.TRUE).with("a", JsonNull.NULL);
    assertThat(ab).isEqualTo(ba).hasSameHashCodeAs(ba);
    assertThat(ab.members().keySet()).containsExactly("a", "b");
    assertThat(ba.members().keySet()).containsExactly("b", "a");
    assertThat(ab.with("a", JsonBoolean.FALSE).members().keySet()).containsExactly("a", "b");
    assertThat(ab).isEqualTo(new JsonObject(Map.of("b", JsonBoolean.TRUE, "a", JsonNull.NULL)));
  }

  @Test
  void object_when_its_source_changes_does_not() {
    Map<String, JsonValue> source = new LinkedHashMap<>();
    source.put("a", JsonNull.NULL);
    JsonObject object = new JsonObject(source);
    source.put("b", JsonNull.NULL);
    assertThat(object.members()).containsOnlyKeys("a");

    for (int count : new int[] {1, 8, 9}) {
      JsonObject.Builder builder = JsonObject.builder().putAll(numbered(count));
      JsonObject built = builder.build();
      builder.put("0", JsonNull.NULL).put("b", JsonNull.NULL).remove("0");
      assertThat(built).isEqualTo(numbered(count));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 40})
  void members_when_somebody_would_change_them_refuse(int count) {
    Map<String, JsonValue> members = numbered(count).members();
    assertRefused(() -> members.put("b", JsonNull.NULL));
    assertRefused(() -> members.put("0", JsonBoolean.TRUE));
    assertRefused(() -> members.remove("0"));
    assertRefused(members::clear);
    assertRefused(() -> members.keySet().remove("0"));
    assertRefused(() -> members.values().clear());
    assertRefused(() -> members.entrySet().iterator().next().setValue(JsonBoolean.TRUE));
    assertRefused(() -> members.replaceAll((name, value) -> JsonBoolean.TRUE));
    assertThat(members).isEqualTo(numbered(count).members());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 40})
  void members_when_looked_up_answer_as_a_map(int count) {
    Map<String, JsonValue> expected = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      expected.put(String.valueOf(i), JsonNumber.of(i));
    }
    Map<String, JsonValue> members = numbered(count).members();
    assertThat(members).isEqualTo(expected).hasSameHashCodeAs(expected).hasSize(count);
    assertThat(expected).isEqualTo(members);
    assertThat(members.keySet()).containsExactlyElementsOf(expected.keySet());
    assertThat(members.values()).containsExactlyElementsOf(expected.values());
    assertThat(members.entrySet()).containsExactlyElementsOf(expected.entrySet());
    Map<String, JsonValue> visited = new LinkedHashMap<>();
    members.forEach(visited::put);
    assertThat(visited.toString()).isEqualTo(expected.toString());
    for (int i = 0; i < count + 2; i++) {
      String name = String.valueOf(i);
      assertThat(members.get(name)).isEqualTo(expected.get(name));
      assertThat(members.containsKey(name)).isEqualTo(i < count);
    }
    assertThat(members.containsKey(null)).isFalse();
    assertThat(members.get(null)).isNull();
    Iterator<?> ended = members.entrySet().iterator();
    ended.forEachRemaining(entry -> {});
    assertThatThrownBy(ended::next).isInstanceOf(NoSuchElementException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 10, 40})
  void builder_when_members_are_set_and_removed_keeps_their_order(int count) {
    JsonObject.Builder builder = JsonObject.builder().putAll(numbered(count));
    builder.put("0", JsonBoolean.TRUE); // in its place
    assertThat(builder.has("0")).isTrue();
    assertThat(builder.build().members().keySet())
        .containsExactlyElementsOf(numbered(count).members().keySet());

    JsonObject without = numbered(count).without("0");
    assertThat(without.members()).hasSize(count - 1).doesNotContainKey("0");
    assertThat(without.with("0", JsonNumber.of(0)))
        .isEqualTo(numbered(count))
        .hasSameHashCodeAs(numbered(count));
    assertThat(List.copyOf(without.with("0", JsonNull.NULL).members().keySet()).getLast())
        .isEqualTo("0");
  }

  private static JsonObject numbered(int count) {
    JsonObject.Builder builder = JsonObject.builder();
    for (int i = 0; i < count; i++) {
      builder.put(String.valueOf(i), JsonNumber.of(i));
    }
    return builder.build();
  }

  @Test
  void object_when_a_member_is_removed_leaves_the_original() {
    JsonObject object = JsonObject.of("a", JsonNull.NULL).with("b", JsonBoolean.TRUE);
    assertThat(object.without("a")).isEqualTo(JsonObject.of("b", JsonBoolean.TRUE));
    assertThat(object.without("c")).isSameAs(object);
    assertThat(object.get("a")).contains(JsonNull.NULL);
    assertThat(object.get("c")).isEmpty();
  }

  @Test
  void builder_when_members_come_and_go_knows_them() {
    JsonObject.Builder builder =
        JsonObject.builder().put("a", JsonNull.NULL).put("a", JsonBoolean.TRUE);
    assertThat(builder.has("a")).isTrue();
    assertThat(builder.remove("a").has("a")).isFalse();
    assertThat(builder.putAll(JsonObject.of("b", JsonNull.NULL)).build().members())
        .containsOnlyKeys("b");
  }

  @Test
  void values_when_null_are_refused() {
    Map<String, JsonValue> withNull = new LinkedHashMap<>();
    withNull.put("a", null);
    assertThatNullPointerException().isThrownBy(() -> new JsonObject(withNull));
    assertThatNullPointerException().isThrownBy(() -> JsonObject.of("a", null));
    assertThatNullPointerException().isThrownBy(() -> new JsonString(null));
    assertThatNullPointerException().isThrownBy(() -> new JsonNumber(null));
    assertThatNullPointerException().isThrownBy(() -> JsonArray.of((JsonValue) null));
  }

  @Test
  void array_when_its_source_changes_does_not() {
    List<JsonValue> source = new ArrayList<>(List.of(JsonNull.NULL));
    JsonArray array = new JsonArray(source);
    source.clear();
    assertThat(array).isEqualTo(JsonArray.of(JsonNull.NULL));
    assertRefused(() -> array.elements().clear());
  }

  @Test
  void number_when_made_from_a_long_is_exact() {
    for (long value : new long[] {-1, 0, 10, 255, 256, Long.MAX_VALUE}) {
      assertThat(JsonNumber.of(value).value()).isEqualTo(BigDecimal.valueOf(value));
    }
    assertThat(JsonNumber.of(Long.MIN_VALUE).value())
        .isEqualTo(new BigDecimal("-9223372036854775808"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "ü", "a\n", "\u007F"})
  void item_when_the_version_is_no_entity_tag_is_refused(String version) {
    assertThatThrownBy(() -> new Item("1", version, JsonObject.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Item("1", "x".repeat(201), JsonObject.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Item("", "v", JsonObject.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Item("1", "x".repeat(200), JsonObject.empty()).version()).hasSize(200);
  }

  private static void assertRefused(Runnable change) {
    assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
  }
}
