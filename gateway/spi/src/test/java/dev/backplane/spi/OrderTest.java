package dev.backplane.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderTest {
  private static final List<JsonValue> ASCENDING =
      List.of(
          JsonNull.NULL,
          JsonBoolean.FALSE,
          JsonBoolean.TRUE,
          number("-1e30"),
          number("-1.5"),
          number("0"),
          number("9"),
          number("10"),
          number("12345678901234567890123456789012345678"),
          number("12345678901234567890123456789012345679"),
          new JsonString(""),
          new JsonString("10"),
          new JsonString("9"),
          new JsonString("B"),
          new JsonString("a"),
          new JsonString("ab"),
          new JsonString("\uD7FF"),
          new JsonString("\uE000"),
          new JsonString("\uFFFD"),
          new JsonString("😀"),
          new JsonString("😁"),
          JsonArray.of(),
          JsonObject.empty());

  @Test
  void comparator_when_values_are_mixed_puts_them_in_one_order() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < ASCENDING.size(); i++) {
      items.add(item(100 + i, JsonObject.of("v", ASCENDING.get(i))));
    }
    assertThat(sorted(items, by("v", false))).isEqualTo(items);
    List<Item> reversed = new ArrayList<>(items);
    Collections.reverse(reversed);
    assertThat(sorted(items, by("v", true))).isEqualTo(reversed);
  }

  @Test
  void comparator_when_values_are_equal_goes_by_id_ascending_both_ways() {
    List<Item> items =
        List.of(
            item(1, JsonObject.empty()),
            item(2, JsonObject.of("v", JsonNull.NULL)),
            item(3, JsonObject.empty()));
    assertThat(sorted(items, by("v", false))).isEqualTo(items);
    assertThat(sorted(items, by("v", true))).isEqualTo(items);
    List<Item> numbers =
        List.of(
            item(1, JsonObject.of("v", number("1.10"))),
            item(2, JsonObject.of("v", number("1.1"))));
    assertThat(sorted(numbers, by("v", true))).isEqualTo(numbers);
    List<Item> arrays =
        List.of(
            item(1, JsonObject.of("v", JsonArray.of(number("2")))),
            item(2, JsonObject.of("v", JsonArray.of(number("1")))));
    assertThat(sorted(arrays, by("v", true))).isEqualTo(arrays);
  }

  @Test
  void comparator_when_there_are_several_keys_the_first_decides_first() {
    Item a = item(1, JsonObject.of("x", number("1")).with("y", number("1")));
    Item b = item(2, JsonObject.of("x", number("1")).with("y", number("2")));
    Item c = item(3, JsonObject.of("x", number("2")).with("y", number("0")));
    assertThat(sorted(List.of(a, b, c), by("x", true), by("y", false))).containsExactly(c, a, b);
    assertThat(sorted(List.of(a, b, c), by("x", false), by("y", true))).containsExactly(b, a, c);
  }

  @Test
  void comparator_when_there_is_no_key_goes_by_the_ids_code_points() {
    Item first = new Item("\uFFFD", "v", JsonObject.empty());
    Item second = new Item("😀", "v", JsonObject.empty());
    assertThat(Order.comparator(List.of())).isInstanceOf(Comparator.class);
    assertThat(Order.comparator(List.of()).compare(first, second)).isNegative();
  }

  private static List<Item> sorted(List<Item> items, Order... keys) {
    List<Item> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, new Random(1));
    shuffled.sort(Order.comparator(Arrays.asList(keys)));
    return shuffled;
  }

  private static Order by(String field, boolean descending) {
    return new Order(FieldPath.parse(field), descending);
  }

  private static Item item(int id, JsonObject body) {
    return new Item("id" + id, "v", body);
  }

  private static JsonNumber number(String digits) {
    return JsonNumber.parse(digits).orElseThrow();
  }
}
