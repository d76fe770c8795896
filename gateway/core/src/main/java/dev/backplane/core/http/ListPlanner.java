package dev.backplane.core.http;

import dev.backplane.core.http.Cursors.Maker;
import dev.backplane.core.http.Cursors.Place;
import dev.backplane.core.mapping.Count;
import dev.backplane.spi.Item;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.StoreException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a part of a list, and decides for that what the store does and what the gateway: where ids
 * are named, the items are read by them; an order that the store refuses is made here, within the
 * scan limit. For one request on one thread.
 */
final class ListPlanner {
  private final ServedResource resource;
  private final ListRequest request;
  private final Count wanted;
  private final Optional<Place> from;
  private final Plan plan;

  /**
   * A list that was not read yet.
   *
   * @param resource whose items
   * @param request which of them
   * @param wanted how the client wants them counted
   * @param from the place in the request's cursor, if it has one
   */
  ListPlanner(ServedResource resource, ListRequest request, Count wanted, Optional<Place> from) {
    this.resource = resource;
    this.request = request;
    this.wanted = wanted;
    this.from = from;
    this.plan = new Plan(request.filter(), resource.rows().restrict());
  }

  Part read() {
    Optional<Maker> maker = from.map(Place::maker);
    if (maker.equals(Optional.of(Maker.STORE))) {
      return paged();
    }
    Optional<Set<String>> ids = IdLookup.ids(request.filter(), resource.mapping());
    if (ids.isPresent()) {
      return byIds(ids.get());
    }
    if (maker.isEmpty()) {
      return paged();
    }
    if (request.order().isEmpty()) {
      throw Cursors.unusable(); // the mapping has changed: these ids were read one by one before
    }
    return sorted();
  }

  /** The store's own pages, in its order; where it refuses the order, the gateway's. */
  private Part paged() {
    ListScan scan = new ListScan(resource, request, plan);
    from.ifPresent(place -> scan.resume(place.text()));
    List<Item> items;
    try {
      items = scan.read(request.paging().offset(), request.paging().limit());
    } catch (StoreException refusal) {
      if (!scan.isOrderRefused(refusal)) {
        throw refusal;
      }
      return sorted();
    }
    plan.sortedBy(request.order().isEmpty() ? Plan.Sorting.NONE : Plan.Sorting.STORE);
    // taken now, because counting reads on
    Optional<String> next = scan.next();
    int index = from.map(Place::index).orElse(request.paging().offset());
    Total total =
        new Totals(resource.searched(), request.filter(), scan).total(wanted, items, from);
    // items that went since the cursor was made have moved the others up
    long most = from.isPresent() ? total.number().orElse(Long.MAX_VALUE) - items.size() : index;
    int first = (int) Math.min(index, most);
    return new Part(
        first,
        items,
        next.map(cursor -> new Place(first + items.size(), Maker.STORE, cursor)),
        total,
        plan);
  }

  private Part sorted() {
    SortKeys keys = new SortKeys(request.order());
    SortedItems items = new SortedItems(keys, keys.comparator(), request.paging(), from);
    new ListScan(resource, request, plan).readUnordered(items::add);
    plan.sortedBy(Plan.Sorting.GATEWAY);
    return items.part(wanted != Count.NONE, plan);
  }

  private Part byIds(Set<String> ids) {
    SortKeys keys = new SortKeys(request.order());
    SortedItems items = new SortedItems(keys, orderOf(ids, keys), request.paging(), from);
    List<Item> found = resource.getAll(ids);
    for (Item item : found) {
      Item shown = resource.shown(item);
      if (request.filter().test(shown.body())) {
        items.add(shown);
      }
    }
    boolean nothingElse = request.filter().conjuncts().size() == 1;
    plan.readByIds(found.size(), nothingElse ? Filtering.ALL : Filtering.PART);
    plan.sortedBy(request.order().isEmpty() ? Plan.Sorting.NONE : Plan.Sorting.GATEWAY);
    return items.part(wanted != Count.NONE, plan);
  }

  /** Without another order, the one in which the ids were named. */
  private Comparator<Item> orderOf(Set<String> ids, SortKeys keys) {
    if (!request.order().isEmpty()) {
      return keys.comparator();
    }
    Map<String, Integer> places = new HashMap<>();
    ids.forEach(id -> places.put(id, places.size()));
    return Comparator.comparingInt(item -> places.getOrDefault(item.id(), places.size()));
  }
}
