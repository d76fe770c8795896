package dev.backplane.core.plugin;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.BatchPutStore;
import dev.backplane.spi.CheckableStore;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Provision;
import dev.backplane.spi.ProvisionedStore;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.StartableStore;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.TransactionalStore;
import dev.backplane.spi.WritableStore;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * A plugin's store, whose answers keep the contract or come out as a {@link StoreException}. Safe
 * for use by many threads.
 */
public final class OpenStore implements AutoCloseable {
  /** Asks for what is hardly there. */
  private static final String NOBODYS_ID = "backplane-health-check";

  /** A store without a batch read may take long for many ids; a client does not wait for ever. */
  private static final long MAX_NANOS = Duration.ofSeconds(10).toNanos();

  private final Store store;
  private final Crossing plugin;
  private final StoreLifecycle lifecycle;

  /**
   * For one resource.
   *
   * @param store the plugin's store
   * @param plugin how to enter the plugin
   */
  OpenStore(Store store, Crossing plugin) {
    this.store = store;
    this.plugin = plugin;
    this.lifecycle = new StoreLifecycle(store, plugin);
  }

  /**
   * The service that opened the store.
   *
   * @return its name
   */
  public String service() {
    return plugin.service();
  }

  /** Whether the store came through this loader, which each isolated plugin has one of. */
  boolean isFrom(ContextLoader other) {
    return plugin.isThrough(other);
  }

  /**
   * Whether the store writes.
   *
   * @return whether {@link #put}, {@link #create} and {@link #delete} may be called
   */
  public boolean isWritable() {
    return store instanceof WritableStore;
  }

  /**
   * See {@link WritableStore#hasRandomIds}.
   *
   * @return whether the gateway may choose ids; false for a store that only reads
   */
  public boolean hasRandomIds() {
    return store instanceof WritableStore writable
        && plugin.ask("hasRandomIds", writable::hasRandomIds);
  }

  /**
   * See {@link StartableStore#start}.
   *
   * @throws SettingException when a setting turns out to be wrong only now
   */
  public void start() {
    lifecycle.start();
  }

  /**
   * See {@link ProvisionedStore#provision}.
   *
   * @return what is needed; nothing of a store that does not say
   * @throws SettingException when settings contradict each other
   */
  public Provision provision() {
    return lifecycle.provision();
  }

  /**
   * See {@link CheckableStore#check}; a store that has no such method is asked for an item that
   * there is none of.
   *
   * @throws StoreException when the backend fails
   */
  public void check() {
    plugin.ask(
        "check",
        () -> {
          if (store instanceof CheckableStore checkable) {
            checkable.check();
          } else {
            Optional<Item> unused = store.get(NOBODYS_ID);
          }
          return true;
        });
  }

  /**
   * See {@link Store#get}.
   *
   * @param id the id
   * @return the item; empty when there is none
   */
  public Optional<Item> get(String id) {
    return plugin.work("get", () -> store.get(id), item -> ReadAnswers.wrong(id, item));
  }

  /**
   * See {@link BatchGetStore#getAll}; a store that has no such method is asked for one after the
   * other.
   *
   * @param ids the ids, at most as many as the resource's largest page
   * @return the items that there are, in the order of the ids
   */
  public List<Item> getAll(Set<String> ids) {
    if (!(store instanceof BatchGetStore batch) || ids.size() < 2) {
      return oneByOne(ids);
    }
    Set<String> asked = Collections.unmodifiableSet(new LinkedHashSet<>(ids));
    List<Item> answer =
        plugin.work(
            "getAll",
            () -> List.copyOf(batch.getAll(asked)),
            items -> ReadAnswers.wrong(asked, items));
    Map<String, Item> found = new HashMap<>();
    answer.forEach(item -> found.put(item.id(), item));
    return asked.stream().flatMap(id -> Optional.ofNullable(found.get(id)).stream()).toList();
  }

  private List<Item> oneByOne(Set<String> ids) {
    long started = System.nanoTime();
    List<Item> items = new ArrayList<>();
    for (String id : ids) {
      if (System.nanoTime() - started > MAX_NANOS) {
        throw new StoreException(
            StoreException.Reason.TIMEOUT,
            "The backend could not give so many items in time: ask for fewer at once.");
      }
      get(id).ifPresent(items::add);
    }
    return items;
  }

  /**
   * See {@link Store#list}.
   *
   * @param query which items
   * @return the page, no larger than asked for; what it says of itself is fit for a header
   */
  public Page list(Query query) {
    Page page =
        plugin.work("list", () -> store.list(query), given -> ReadAnswers.wrong(query, given));
    return PageWork.checked(page);
  }

  /**
   * See {@link CountableStore#count}.
   *
   * @param filter which items
   * @return how many; empty when this store cannot count them
   */
  public OptionalLong count(Filter filter) {
    return counted("count", countable -> countable.count(filter));
  }

  /**
   * See {@link CountableStore#estimate}.
   *
   * @param filter which items
   * @return about how many; empty when this store has no idea
   */
  public OptionalLong estimate(Filter filter) {
    return counted("estimate", countable -> countable.estimate(filter));
  }

  private OptionalLong counted(String method, Function<CountableStore, OptionalLong> count) {
    if (!(store instanceof CountableStore countable)) {
      return OptionalLong.empty();
    }
    return plugin.work(
        method,
        () -> count.apply(countable),
        number ->
            number.orElse(0) < 0
                ? Optional.of(method + " returned a negative number")
                : Optional.empty());
  }

  /**
   * See {@link WritableStore#put}.
   *
   * @param id the id
   * @param body what to store
   * @param precondition what must hold
   * @return what happened
   */
  public PutResult put(String id, JsonObject body, Precondition precondition) {
    WritableStore writable = writable();
    return plugin.work(
        "put",
        () -> writable.put(id, body, precondition),
        result -> SingleWriteAnswers.wrong(id, precondition, result));
  }

  /**
   * See {@link WritableStore#create}.
   *
   * @param body what to store
   * @return what is stored
   */
  public Item create(JsonObject body) {
    WritableStore writable = writable();
    return plugin.work("create", () -> writable.create(body));
  }

  /**
   * See {@link WritableStore#delete}.
   *
   * @param id the id
   * @param precondition what must hold
   * @return what happened
   */
  public DeleteResult delete(String id, Precondition precondition) {
    WritableStore writable = writable();
    return plugin.work(
        "delete",
        () -> writable.delete(id, precondition),
        result -> SingleWriteAnswers.wrong(id, precondition, result));
  }

  /**
   * Whether the store puts many items for less than one call each.
   *
   * @return whether {@link #putAll} may be called
   */
  public boolean putsMany() {
    return store instanceof BatchPutStore;
  }

  /**
   * See {@link BatchPutStore#putAll}.
   *
   * @param bodies what to store, by id
   * @return what became of each
   */
  public Map<String, PutOutcome> putAll(Map<String, JsonObject> bodies) {
    if (!(store instanceof BatchPutStore batch)) {
      throw new IllegalStateException("many puts reached a store that takes one at a time");
    }
    Map<String, JsonObject> asked = Collections.unmodifiableMap(new LinkedHashMap<>(bodies));
    return plugin.work(
        "putAll",
        () -> Map.copyOf(batch.putAll(asked)),
        outcomes -> WriteAnswers.wrong(asked.keySet(), outcomes));
  }

  /**
   * See {@link TransactionalStore#mostWrites}.
   *
   * @return how many writes can be done as one; empty when the store cannot do that
   */
  public OptionalInt mostWrites() {
    if (!(store instanceof TransactionalStore transactional)) {
      return OptionalInt.empty();
    }
    int most =
        plugin.ask(
            "mostWrites",
            transactional::mostWrites,
            number ->
                number > 0
                    ? Optional.empty()
                    : Optional.of("mostWrites returned no positive number"));
    return OptionalInt.of(most);
  }

  /**
   * See {@link TransactionalStore#writeAll}.
   *
   * @param writes what to do
   * @return what happened
   */
  public WriteAllResult writeAll(List<Write> writes) {
    if (!(store instanceof TransactionalStore transactional)) {
      throw new IllegalStateException("a transaction reached a store that does none");
    }
    List<Write> asked = List.copyOf(writes);
    return plugin.work(
        "writeAll",
        () -> transactional.writeAll(asked),
        result -> WriteAnswers.wrong(asked, result));
  }

  /**
   * Closes the store, once. What the plugin throws is logged, so that others can be closed after
   * it.
   */
  @Override
  public void close() {
    lifecycle.close();
  }

  private WritableStore writable() {
    if (store instanceof WritableStore writable) {
      return writable;
    }
    throw new IllegalStateException("a write reached a store that only reads");
  }
}
