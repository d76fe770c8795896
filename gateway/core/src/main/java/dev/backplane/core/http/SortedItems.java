package dev.backplane.core.http;

import dev.backplane.core.http.Cursors.Maker;
import dev.backplane.core.http.Cursors.Place;
import dev.backplane.core.http.ListRequest.Paging;
import dev.backplane.spi.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Puts items in order and keeps the part that was asked for: of a long list, no more than that is
 * held. For one request on one thread.
 */
final class SortedItems {
  private record Entry(Item keys, Item item) {}

  private final SortKeys keys;
  private final Comparator<Item> order;
  private final Paging paging;
  private final Optional<Item> behind;
  private final Comparator<Entry> entries;
  private final PriorityQueue<Entry> least;
  private int matching;
  private int before;

  /**
   * A list of no items yet.
   *
   * @param keys what decides an item's place
   * @param order how the keys compare
   * @param paging which part is wanted
   * @param from where the part before ended
   */
  SortedItems(SortKeys keys, Comparator<Item> order, Paging paging, Optional<Place> from) {
    this.keys = keys;
    this.order = order;
    this.paging = paging;
    this.behind = from.map(place -> keys.read(place.text()));
    this.entries = (left, right) -> order.compare(left.keys(), right.keys());
    // the greatest on top, to be dropped when there is one more than is needed
    this.least = new PriorityQueue<>(entries.reversed());
  }

  /** Adds an item that matches, with the body that a client sees. */
  void add(Item item) {
    matching++;
    Entry entry = new Entry(keys.of(item), item);
    if (behind.isPresent() && order.compare(entry.keys(), behind.get()) <= 0) {
      before++;
      return;
    }
    least.add(entry);
    // one more tells whether there is a next part
    if (least.size() - 1 > (long) paging.offset() + paging.limit()) {
      least.remove();
    }
  }

  /**
   * The part that was asked for.
   *
   * @param counted whether the client wants to know how many items there are
   * @param plan who did what
   */
  Part part(boolean counted, Plan plan) {
    List<Entry> sorted = new ArrayList<>(least);
    sorted.sort(entries);
    int first = behind.isPresent() ? before : paging.offset();
    int from = Math.min(paging.offset(), sorted.size());
    int to = (int) Math.min((long) paging.offset() + paging.limit(), sorted.size());
    Optional<Place> next =
        to < sorted.size()
            ? Optional.of(
                new Place(first + to - from, Maker.GATEWAY, keys.write(sorted.get(to - 1).keys())))
            : Optional.empty();
    List<Item> items = sorted.subList(from, to).stream().map(Entry::item).toList();
    return new Part(first, items, next, counted ? Total.exact(matching) : Total.NONE, plan);
  }
}
