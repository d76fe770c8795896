package dev.backplane.core.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.Turns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a list from a store page by page, testing every item again: a store may return more than
 * matches. Never reads more than the resource's scan limit, nor for longer than a client would
 * wait. For one request on one thread.
 */
final class ListScan {
  private static final int MAX_PAGE = 1000;

  /** A store may examine much and return nothing; a load balancer waits for half a minute. */
  private static final long MAX_NANOS = Duration.ofSeconds(10).toNanos();

  private final ServedResource resource;
  private final ListRequest request;
  private final Plan plan;
  private final Turns turns = new Turns(8);
  private final long started = System.nanoTime();
  private List<Order> order;
  private Optional<String> next = Optional.empty();
  private int scanned;
  private int skipped;

  ListScan(ServedResource resource, ListRequest request) {
    this(resource, request, new Plan(request.filter(), resource.rows().restrict()));
  }

  /**
   * A list that was not read yet.
   *
   * @param resource whose items
   * @param request which of them
   * @param plan takes note of what the store did
   */
  ListScan(ServedResource resource, ListRequest request, Plan plan) {
    this.resource = resource;
    this.request = request;
    this.plan = plan;
    this.order = request.order();
  }

  /** Starts behind an earlier page instead of at the beginning. */
  void resume(String cursor) {
    next = Optional.of(cursor);
  }

  /** The store's cursor behind what was read; empty when the list has ended. */
  Optional<String> next() {
    return next;
  }

  /** How many matching items were skipped. */
  int skipped() {
    return skipped;
  }

  /** Whether a failure means that the store does not keep the order; it has read nothing then. */
  boolean isOrderRefused(StoreException failure) {
    return failure.reason() == StoreException.Reason.UNSUPPORTED
        && !order.isEmpty()
        && scanned == 0
        && next.isEmpty();
  }

  /** The matching items behind those to skip, with the bodies that a client sees. */
  List<Item> read(int skip, int limit) {
    List<Item> items = new ArrayList<>(Math.min(limit, MAX_PAGE));
    do {
      requireBudget(
          "be served",
          "use a narrower filter, a smaller offset or _cursor, or have the operator raise"
              + " scan-limit.");
      // never more than is wanted, so that the store's cursor stands behind the last item sent
      long wanted = (long) (skip - skipped) + (limit - items.size());
      for (Item item : page(wanted)) {
        if (skipped < skip) {
          skipped++;
        } else {
          items.add(item);
        }
      }
    } while (next.isPresent() && items.size() < limit);
    return items;
  }

  /** Hands over every matching item, in no particular order. */
  void readUnordered(Consumer<Item> items) {
    order = List.of();
    do {
      requireBudget(
          "be put in this order",
          "use a narrower filter or another order, or have the operator add an index or raise"
              + " scan-limit.");
      page(MAX_PAGE).forEach(items);
    } while (next.isPresent());
  }

  /**
   * What counting came to.
   *
   * @param number how many items were counted
   * @param whole whether these are all
   */
  record Counted(long number, boolean whole) {}

  /** Counts on behind what was counted before, as far as the scan limit and the time reach. */
  Counted countRest(long before) {
    long count = before;
    while (next.isPresent()) {
      if (isSpent() || isLate()) {
        return new Counted(count, false);
      }
      count += page(MAX_PAGE).size();
    }
    return new Counted(count, true);
  }

  /** As {@link #countRest}, from the beginning of the list. */
  Counted countAnew() {
    if (isSpent() || isLate()) {
      return new Counted(0, false);
    }
    next = Optional.empty();
    return countRest(page(MAX_PAGE).size());
  }

  private void requireBudget(String what, String advice) {
    if (isSpent()) {
      throw HttpProblem.badRequest(
          "This list cannot "
              + what
              + " within the resource's scan-limit of "
              + resource.mapping().lists().scanLimit()
              + " items: "
              + advice);
    }
    if (isLate()) {
      throw new StoreException(
          StoreException.Reason.TIMEOUT,
          "The backend could not answer this list in time: use a narrower filter or a smaller"
              + " page.");
    }
  }

  private boolean isSpent() {
    return scanned >= resource.mapping().lists().scanLimit();
  }

  private boolean isLate() {
    return System.nanoTime() - started > MAX_NANOS;
  }

  /** Reads at most as many items as are wanted, and as the scan limit has left. */
  private List<Item> page(long wanted) {
    int left = Math.min(MAX_PAGE, resource.mapping().lists().scanLimit() - scanned);
    int limit = (int) Math.min(wanted, left);
    Query query = new Query(request.filter(), order, limit, next, request.neededFields());
    Page page = resource.searched().list(query);
    // an empty page counts too, or a store that never ends would never be left
    scanned += Math.max(1, page.items().size());
    next = page.next();
    List<Item> matching = matching(page.items());
    plan.read(page, page.items().size() - matching.size());
    return matching;
  }

  /** As the client sees them: a store need not keep the id in the body. */
  private List<Item> matching(List<Item> items) {
    List<Item> matching = new ArrayList<>(items.size());
    for (Item item : items) {
      turns.next();
      if (!resource.maySee(item)) {
        continue;
      }
      Item shown = resource.shown(item);
      if (request.filter().test(shown.body())) {
        matching.add(shown);
      }
    }
    return matching;
  }
}
