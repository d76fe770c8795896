package dev.backplane.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items at most {@link Query#limit} items, in the order that was asked for; may be fewer,
 *     even none, while there is a next page
 * @param next a cursor for {@link Query#cursor} that continues behind the last item; empty when the
 *     list has ended. Opaque to the gateway, which signs it before a client sees it
 */
public record Page(List<Item> items, Optional<String> next) {
  /** Copies the items. */
  public Page {
    items = List.copyOf(items);
    Objects.requireNonNull(next, "next");
  }

  /**
   * The last page of a list.
   *
   * @param items its items
   * @return a page that has no next one
   */
  public static Page last(List<Item> items) {
    return new Page(items, Optional.empty());
  }
}
