package @package@;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** The items of one resource: in memory, until your backend takes the map's place. */
final class @Name@Store implements WritableStore {
  private static final String AFTER = "after:";

  private final NavigableMap<String, Item> items = new ConcurrentSkipListMap<>();
  private final String idField;
  private final long most;

  @Name@Store(String idField, long most) {
    this.idField = idField;
    this.most = most;
  }

  @Override
  public Optional<Item> get(String id) {
    return Optional.ofNullable(items.get(id));
  }

  /** A page in the order of the ids; query.filter() is advice, and left to the gateway here. */
  @Override
  public Page list(Query query) {
    if (!query.order().isEmpty()) {
      // All of an order or none: what a store refuses, the gateway sorts.
      throw new StoreException(Reason.UNSUPPORTED, "This resource is in the order of its ids.");
    }
    String last = query.cursor().map(@Name@Store::idIn).orElse("");
    List<Item> page = new ArrayList<>();
    for (Item item : items.tailMap(last, false).values()) {
      if (page.size() == query.limit()) {
        return new Page(page, Optional.of(AFTER + page.getLast().id()));
      }
      page.add(item);
    }
    return Page.last(page);
  }

  private static String idIn(String cursor) {
    if (!cursor.startsWith(AFTER)) {
      throw new StoreException(Reason.INVALID, "The cursor is not one of this resource.");
    }
    return cursor.substring(AFTER.length());
  }

  /** Synchronized, as the test of the precondition and the write have to be one step. */
  @Override
  public synchronized PutResult put(String id, JsonObject body, Precondition precondition) {
    Optional<Item> before = get(id);
    if (!holds(precondition, before)) {
      return new PutResult.PreconditionFailed(before);
    }
    if (before.isEmpty() && items.size() >= most) {
      throw new StoreException(Reason.CONFLICT, "This resource is full: delete an item first.");
    }
    Item item = new Item(id, UUID.randomUUID().toString(), withIdOf(before, body));
    items.put(id, item);
    return before.isEmpty() ? new PutResult.Created(item) : new PutResult.Replaced(item);
  }

  @Override
  public synchronized DeleteResult delete(String id, Precondition precondition) {
    Optional<Item> before = get(id);
    if (before.isEmpty()) {
      return new DeleteResult.Missing();
    }
    if (!holds(precondition, before)) {
      return new DeleteResult.PreconditionFailed(before.get());
    }
    items.remove(id);
    return new DeleteResult.Deleted(before.get());
  }

  private static boolean holds(Precondition precondition, Optional<Item> before) {
    return switch (precondition) {
      case Precondition.None none -> true;
      case Precondition.Absent absent -> before.isEmpty();
      case Precondition.Exists exists -> before.isPresent();
      case Precondition.Matches matches ->
          before.isPresent() && before.get().version().equals(matches.version());
    };
  }

  /** A body without the id field leaves that field as it was, which may be a number. */
  private JsonObject withIdOf(Optional<Item> before, JsonObject body) {
    return before
        .flatMap(item -> item.body().get(idField))
        .filter(id -> body.get(idField).isEmpty())
        .map(id -> body.with(idField, id))
        .orElse(body);
  }
}
