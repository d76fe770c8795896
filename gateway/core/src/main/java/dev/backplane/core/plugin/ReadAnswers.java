package dev.backplane.core.plugin;

import dev.backplane.spi.Item;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a store may not answer to reads, as sentences for the log. */
final class ReadAnswers {
  private ReadAnswers() {}

  static Optional<String> wrong(String id, Optional<Item> item) {
    return item.flatMap(found -> otherId("get", id, found));
  }

  /** Of an item that should have this id. */
  static Optional<String> otherId(String method, String id, Item item) {
    return item.id().equals(id)
        ? Optional.empty()
        : Optional.of(method + " returned an item with another id");
  }

  static Optional<String> wrong(Set<String> asked, List<Item> items) {
    Set<String> found = HashSet.newHashSet(items.size());
    for (Item item : items) {
      if (!asked.contains(item.id())) {
        return Optional.of("getAll returned an item that was not asked for");
      }
      if (!found.add(item.id())) {
        return Optional.of("getAll returned an item twice");
      }
    }
    return Optional.empty();
  }

  static Optional<String> wrong(Query query, Page page) {
    if (page.items().size() > query.limit()) {
      return Optional.of("list returned more items than its limit");
    }
    if (isTwice(page.items())) {
      return Optional.of("list returned an item twice in one page");
    }
    return page.next().isPresent() && page.next().equals(query.cursor())
        ? Optional.of("list returned the cursor that it was given")
        : Optional.empty();
  }

  private static boolean isTwice(List<Item> items) {
    if (items.size() < 2) {
      return false;
    }
    Set<String> ids = HashSet.newHashSet(items.size());
    for (Item item : items) {
      if (!ids.add(item.id())) {
        return true;
      }
    }
    return false;
  }
}
