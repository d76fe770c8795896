package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.core.http.Cursors.Maker;
import dev.backplane.core.http.Cursors.Place;
import dev.backplane.core.http.ListRequest.Form;
import dev.backplane.core.http.ListRequest.Paging;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedItemsTest {
  // one path inside of the other, the outer one of every type
  private static final List<Order> ORDER =
      List.of(new Order(FieldPath.parse("a"), true), new Order(FieldPath.parse("a.b"), false));

  private static final List<Item> ITEMS =
      List.of(
          item("1", "{\"a\": {\"b\": 2}}"),
          item("2", "{\"a\": {\"b\": 1}}"),
          item("3", "{\"a\": [3]}"),
          item("4", "{\"a\": [1, 2]}"),
          item("5", "{\"a\": \"ü\\u0000\\\"\"}"),
          item("6", "{\"a\": 12345678901234567890123456789.5}"),
          item("7", "{\"a\": 12345678901234567890123456789.25}"),
          item("8", "{\"a\": false}"),
          item("9", "{\"a\": null}"),
          item("A", "{}"));

  private static Item item(String id, String json) {
    return new Item(id, "v", (JsonObject) Json.CODEC.read(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Part part(List<Item> items, int offset, int limit, Optional<Place> from) {
    SortKeys keys = new SortKeys(ORDER);
    Paging paging = new Paging(Form.CURSOR, offset, limit, Optional.empty());
    SortedItems sorted = new SortedItems(keys, keys.comparator(), paging, from);
    items.forEach(sorted::add);
    return sorted.part(true, new Plan(Filter.all(), false));
  }

  private static List<String> ids(Part part) {
    return part.items().stream().map(Item::id).toList();
  }

  @Test
  void part_isTheSameInPagesOfEverySize() {
    List<Item> shuffled = new ArrayList<>(ITEMS);
    shuffled.sort((left, right) -> right.id().compareTo(left.id()));
    String[] expected = {"2", "1", "3", "4", "5", "6", "7", "8", "9", "A"};
    for (int size : IntStream.rangeClosed(1, 11).toArray()) {
      List<String> byCursor = new ArrayList<>();
      List<String> byNumber = new ArrayList<>();
      Optional<Place> place = Optional.empty();
      do {
        Part page = part(shuffled, 0, size, place);
        assertThat(page.first()).isEqualTo(byCursor.size());
        assertThat(page.total()).isEqualTo(Total.exact(10));
        byNumber.addAll(ids(part(shuffled, byNumber.size(), size, Optional.empty())));
        byCursor.addAll(ids(page));
        place = page.next();
      } while (place.isPresent());
      assertThat(byCursor).containsExactly(expected);
      assertThat(byNumber).containsExactly(expected);
    }
  }

  @Test
  void part_whenItBeginsBeyondTheEnd_isEmpty() {
    Part beyond = part(ITEMS, 2_000_000_000, 2_000_000_000, Optional.empty());
    assertThat(beyond.items()).isEmpty();
    assertThat(beyond.next()).isEmpty();
    assertThat(beyond.total()).isEqualTo(Total.exact(10));
  }

  @Test
  void part_whenTheLastItemIsGone_goesOnBehindItsPlace() {
    Part first = part(ITEMS, 0, 4, Optional.empty());
    Part second = part(ITEMS.subList(4, 10), 0, 4, first.next());
    assertThat(ids(second)).containsExactly("5", "6", "7", "8");
    assertThat(second.first()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "[1,2]", "[1,2,3]", "[1,2,\"\"]", "[1,2,\"x\",3]", "["})
  void part_whenThePlaceIsOfAnotherList_isRefused(String text) {
    assertThatThrownBy(() -> part(ITEMS, 0, 4, Optional.of(new Place(0, Maker.GATEWAY, text))))
        .isInstanceOf(HttpProblem.class);
  }
}
