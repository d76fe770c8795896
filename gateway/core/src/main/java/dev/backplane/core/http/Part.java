package dev.backplane.core.http;

import dev.backplane.core.http.Cursors.Place;
import dev.backplane.spi.Item;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list as it was read.
 *
 * @param first the index of its first item in the whole list
 * @param items the items, all of which match
 * @param next where the list goes on; empty when it has ended
 * @param total how many items the whole list has
 * @param plan who did what
 */
record Part(int first, List<Item> items, Optional<Place> next, Total total, Plan plan) {
  Part {
    items = List.copyOf(items);
  }
}
