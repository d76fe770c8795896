package dev.backplane.plugin.jdbc;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Item;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists, page by page. */
final class Lists {
  private Lists() {}

  static List<Item> items(Store store, Query query) {
    List<Item> items = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Page page = store.list(next.map(query::from).orElse(query));
      items.addAll(page.items());
      next = page.next();
    } while (next.isPresent());
    return items;
  }

  static List<String> ids(Store store, Query query) {
    return items(store, query).stream().map(Item::id).toList();
  }

  static List<Order> by(String field, boolean descending) {
    return List.of(new Order(FieldPath.parse(field), descending));
  }

  static List<Order> by(String first, boolean down, String second, boolean secondDown) {
    return List.of(
        new Order(FieldPath.parse(first), down), new Order(FieldPath.parse(second), secondDown));
  }
}
