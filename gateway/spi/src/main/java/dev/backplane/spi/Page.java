package dev.backplane.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of a list.
 *
 * @param items at most {@link Query#limit} items, in the order that was asked for; may be fewer,
 *     even none, while there is a next page
 * @param next a cursor for {@link Query#cursor} that continues behind the last item; empty when the
 *     list has ended. Opaque to the gateway, which signs it before a client sees it
 * @param work how the store made the page
 */
public record Page(List<Item> items, Optional<String> next, Work work) {
  /** How much of a filter a store applied by itself. */
  public enum Filtering {
    /** All of it: no item is returned that does not match. */
    ALL,
    /** Some of its terms. */
    PART,
    /** Nothing of it, or the store does not say. */
    NONE
  }

  /**
   * How a store made a page. The gateway shows it to clients and in the log; nothing depends on it.
   *
   * @param filtering how much of the filter the store applied
   * @param examined how many items the backend looked at; empty when the store does not know
   * @param details what else is worth knowing, by a short lower-case name: {@code index=by-email}.
   *     For clients, so without the names of tables and hosts
   */
  public record Work(Filtering filtering, OptionalLong examined, Map<String, String> details) {
    /** What a store says that says nothing. */
    public static final Work UNKNOWN = new Work(Filtering.NONE, OptionalLong.empty(), Map.of());

    /** Copies the details. */
    public Work {
      Objects.requireNonNull(filtering, "filtering");
      Objects.requireNonNull(examined, "examined");
      details = Map.copyOf(details);
    }
  }

  /** Copies the items. */
  public Page {
    items = List.copyOf(items);
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(work, "work");
  }

  /**
   * A page of a store that does not say how it made it.
   *
   * @param items as above
   * @param next as above
   */
  public Page(List<Item> items, Optional<String> next) {
    this(items, next, Work.UNKNOWN);
  }

  /**
   * The same page with what the store says of it.
   *
   * @param done how the store made it
   * @return the page
   */
  public Page with(Work done) {
    return new Page(items, next, done);
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
