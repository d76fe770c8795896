package dev.backplane.core.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
  private final long started = System.nanoTime();
  private Optional<String> next = Optional.empty();
  private int scanned;
  private int skipped;

  ListScan(ServedResource resource, ListRequest request) {
    this.resource = resource;
    this.request = request;
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

  List<Item> read(int skip, int limit) {
    List<Item> items = new ArrayList<>(Math.min(limit, MAX_PAGE));
    do {
      if (isSpent()) {
        throw HttpProblem.badRequest(
            "This list cannot be served within the resource's scan-limit of "
                + resource.mapping().lists().scanLimit()
                + " items: use a narrower filter, a smaller offset or _cursor.");
      }
      if (isLate()) {
        throw new StoreException(
            StoreException.Reason.TIMEOUT,
            "The backend could not answer this list in time: use a narrower filter or a smaller"
                + " page.");
      }
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

  /** Counts on to the end of the list; empty when that is beyond the scan limit, or takes long. */
  OptionalLong countRest(long before) {
    long count = before;
    while (next.isPresent()) {
      if (isSpent() || isLate()) {
        return OptionalLong.empty();
      }
      count += page(MAX_PAGE).size();
    }
    return OptionalLong.of(count);
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
    Query query = new Query(request.filter(), request.order(), limit, next, request.neededFields());
    Page page = resource.store().list(query);
    // an empty page counts too, or a store that never ends would never be left
    scanned += Math.max(1, page.items().size());
    if (page.next().isPresent() && page.next().equals(next)) {
      throw new StoreException(
          StoreException.Reason.UNAVAILABLE,
          "The backend of this resource failed.",
          new IllegalStateException("a list returned the cursor that it was given"));
    }
    next = page.next();
    // as the client sees it: a store need not keep the id in the body
    return page.items().stream()
        .filter(item -> request.filter().test(resource.body(item)))
        .toList();
  }
}
