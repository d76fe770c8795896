package dev.backplane.plugin.memory;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.BatchPutStore;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.TransactionalStore;
import dev.backplane.spi.Turns;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The items of one resource, listed in the order in which they were created. Reads take no lock;
 * writes take turns. Every body that is stored has the id field, so that filters and orders meet
 * it.
 */
final class MemoryStore
    implements CountableStore, BatchGetStore, BatchPutStore, TransactionalStore {
  /** That a usual filter looks at. */
  private static final int ITEMS_A_MICROSECOND = 8;

  record Stored(long sequence, Item item, long bytes) {}

  private final String idField;
  private final JsonCodec json;
  private final int most;
  private final Space space;
  private final Cursors cursors;

  private final ReentrantLock writing = new ReentrantLock();
  private final Map<String, Stored> byId = new ConcurrentHashMap<>();
  private final ConcurrentNavigableMap<Long, Item> bySequence = new ConcurrentSkipListMap<>();
  private long created; // guarded by writing

  /**
   * A store of its own.
   *
   * @param idField the member that holds the id
   * @param json writes and reads JSON
   * @param most how many items there may be
   * @param space the memory that they may take, with those of other stores
   * @param items what is there at first
   * @throws StoreException when there is no space for these
   */
  MemoryStore(
      String idField, JsonCodec json, int most, Space space, Map<String, JsonObject> items) {
    this.idField = idField;
    this.json = json;
    this.most = most;
    this.space = space;
    this.cursors = new Cursors(json);
    try {
      items.forEach((id, body) -> put(id, body, new Precondition.None()));
    } catch (StoreException noSpace) {
      close();
      throw noSpace;
    }
  }

  @Override
  public Optional<Item> get(String id) {
    return Optional.ofNullable(byId.get(id)).map(Stored::item);
  }

  @Override
  public List<Item> getAll(Set<String> ids) {
    return ids.stream().flatMap(id -> get(id).stream()).toList();
  }

  @Override
  public Page list(Query query) {
    return query.order().isEmpty() ? inSequence(query) : inOrder(query);
  }

  private Page inSequence(Query query) {
    long last = query.cursor().map(cursors::sequence).orElse(-1L);
    List<Item> items = new ArrayList<>();
    long examined = 0;
    Turns turns = new Turns(ITEMS_A_MICROSECOND);
    for (Map.Entry<Long, Item> each : bySequence.tailMap(last, false).entrySet()) {
      examined++;
      requirePatience(turns);
      if (!query.filter().test(each.getValue().body())) {
        continue;
      }
      if (items.size() == query.limit()) {
        return new Page(items, Optional.of(cursors.after(last)), work(examined));
      }
      items.add(each.getValue());
      last = each.getKey();
    }
    return Page.last(items).with(work(examined));
  }

  private Page inOrder(Query query) {
    Comparator<Item> order = Order.comparator(query.order());
    Optional<Item> last = query.cursor().map(cursor -> cursors.position(cursor, query.order()));
    // the greatest on top, to be dropped when there is one more than the page and a next one need
    PriorityQueue<Item> least = new PriorityQueue<>(order.reversed());
    long examined = 0;
    Turns turns = new Turns(ITEMS_A_MICROSECOND);
    for (Item item : bySequence.values()) {
      examined++;
      requirePatience(turns);
      if ((last.isEmpty() || order.compare(item, last.get()) > 0)
          && query.filter().test(item.body())) {
        least.add(item);
        if (least.size() - 1 > query.limit()) {
          least.remove();
        }
      }
    }
    List<Item> items = new ArrayList<>(least);
    items.sort(order);
    if (items.size() <= query.limit()) {
      return Page.last(items).with(work(examined));
    }
    List<Item> page = items.subList(0, query.limit());
    String next = cursors.after(page.get(page.size() - 1), query.order());
    return new Page(page, Optional.of(next), work(examined));
  }

  private static Page.Work work(long examined) {
    return new Page.Work(Page.Filtering.ALL, OptionalLong.of(examined), Map.of());
  }

  @Override
  public OptionalLong count(Filter filter) {
    if (filter.equals(Filter.all())) {
      return OptionalLong.of(byId.size());
    }
    long count = 0;
    Turns turns = new Turns(ITEMS_A_MICROSECOND);
    for (Item item : bySequence.values()) {
      requirePatience(turns);
      count += filter.test(item.body()) ? 1 : 0;
    }
    return OptionalLong.of(count);
  }

  /**
   * Before each item that is looked at: others go first, and the gateway interrupts a call that
   * takes too long, so that nobody pays for it any more.
   */
  private static void requirePatience(Turns turns) {
    turns.next();
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(
          StoreException.Reason.TIMEOUT, "Looking through all items took too long.");
    }
  }

  @Override
  public PutResult put(String id, JsonObject body, Precondition precondition) {
    writing.lock();
    try {
      Stored before = byId.get(id);
      if (!holds(precondition, before)) {
        return new PutResult.PreconditionFailed(Optional.ofNullable(before).map(Stored::item));
      }
      if (before == null && byId.size() >= most) {
        throw full();
      }
      if (!space.take(growth(id, body, before))) {
        throw noSpace();
      }
      Item item = write(id, body, before);
      return before == null ? new PutResult.Created(item) : new PutResult.Replaced(item);
    } finally {
      writing.unlock();
    }
  }

  private Item write(String id, JsonObject body, @Nullable Stored before) {
    JsonObject whole = withId(id, body, before);
    Item item = new Item(id, version(whole), whole);
    // a replaced item keeps its place, so that a list that is being paged meets it once
    long sequence = before == null ? created++ : before.sequence();
    byId.put(id, new Stored(sequence, item, Space.of(id, body)));
    bySequence.put(sequence, item);
    return item;
  }

  private static long growth(String id, JsonObject body, @Nullable Stored before) {
    return Space.of(id, body) - (before == null ? 0 : before.bytes());
  }

  @Override
  public DeleteResult delete(String id, Precondition precondition) {
    writing.lock();
    try {
      Stored before = byId.get(id);
      if (before == null) {
        return new DeleteResult.Missing();
      }
      if (!holds(precondition, before)) {
        return new DeleteResult.PreconditionFailed(before.item());
      }
      remove(before);
      return new DeleteResult.Deleted(before.item());
    } finally {
      writing.unlock();
    }
  }

  private void remove(Stored before) {
    byId.remove(before.item().id());
    bySequence.remove(before.sequence());
    space.take(-before.bytes());
  }

  @Override
  public Map<String, PutOutcome> putAll(Map<String, JsonObject> bodies) {
    Map<String, PutOutcome> outcomes = new HashMap<>();
    writing.lock(); // once for all of them
    try {
      bodies.forEach((id, body) -> outcomes.put(id, outcome(id, body)));
    } finally {
      writing.unlock();
    }
    return outcomes;
  }

  private PutOutcome outcome(String id, JsonObject body) {
    Stored before = byId.get(id);
    if (before == null && byId.size() >= most) {
      return new PutOutcome.Failed(full());
    }
    return space.take(growth(id, body, before))
        ? new PutOutcome.Stored(write(id, body, before))
        : new PutOutcome.Failed(noSpace());
  }

  /** No bound of ours: the mapping bounds what one request may have. */
  @Override
  public int mostWrites() {
    return Integer.MAX_VALUE;
  }

  @Override
  public WriteAllResult writeAll(List<Write> writes) {
    writing.lock();
    try {
      Map<Integer, Refusal> refusals =
          new Refusals(writes, byId, most - byId.size(), this::full).all();
      if (!refusals.isEmpty()) {
        return new WriteAllResult.Refused(refusals);
      }
      if (!space.take(writes.stream().mapToLong(this::growth).sum())) {
        throw noSpace();
      }
      return new WriteAllResult.Done(writes.stream().map(this::doing).toList());
    } finally {
      writing.unlock();
    }
  }

  private long growth(Write write) {
    // what a delete gives back it gives when it is done
    return write instanceof Write.Put put ? growth(put.id(), put.body(), byId.get(put.id())) : 0;
  }

  private Optional<Item> doing(Write write) {
    Stored before = byId.get(write.id());
    return switch (write) {
      case Write.Put put -> Optional.of(write(put.id(), put.body(), before));
      case Write.Delete delete -> {
        Optional.ofNullable(before).ifPresent(this::remove);
        yield Optional.ofNullable(before).map(Stored::item);
      }
    };
  }

  static boolean holds(Precondition precondition, @Nullable Stored before) {
    return switch (precondition) {
      case Precondition.None none -> true;
      case Precondition.Absent absent -> before == null;
      case Precondition.Exists exists -> before != null;
      case Precondition.Matches matches ->
          before != null && before.item().version().equals(matches.version());
    };
  }

  private JsonObject withId(String id, JsonObject body, @Nullable Stored before) {
    if (body.get(idField).isPresent()) {
      return body;
    }
    JsonValue text = new JsonString(id);
    JsonValue value = before == null ? text : before.item().body().get(idField).orElse(text);
    return JsonObject.builder().put(idField, value).putAll(body).build();
  }

  /**
   * A hash of the content: the same item has the same version in each process that starts with the
   * same file, so ETags hold across restarts and between the environments of a function, and a
   * count that starts anew never names two bodies by one version.
   */
  private String version(JsonObject body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.write(body));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  // CONFLICT and not INVALID: the request is right, and succeeds once an item is deleted
  private StoreException full() {
    return new StoreException(
        StoreException.Reason.CONFLICT,
        "This resource is full, as it holds at most %d items: delete some, or raise max-items in the mapping."
            .formatted(most));
  }

  private static StoreException noSpace() {
    return new StoreException(
        StoreException.Reason.CONFLICT,
        "There is no room for this item, as all that is held in memory may take a quarter of what"
            + " the gateway has: delete some, or give it more memory.");
  }

  /** Gives back the space of all items. */
  @Override
  public void close() {
    writing.lock();
    try {
      byId.values().forEach(stored -> space.take(-stored.bytes()));
    } finally {
      writing.unlock();
    }
  }
}
