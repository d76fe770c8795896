package dev.backplane.core.plugin;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.BatchPutStore;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin's store behind the one place where calls cross into a plugin: the context class loader
 * is set around each call, and whatever the plugin throws or returns comes out as an answer that
 * keeps the contract or as a {@link StoreException}. Only what ends the process, such as {@link
 * OutOfMemoryError}, passes. Safe for use by many threads.
 */
public final class OpenStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStore.class);

  private static final Pattern LOGICAL_ID = Pattern.compile("[A-Za-z0-9]{1,255}");

  /** A store without a batch read may take long for many ids; a client does not wait for ever. */
  private static final long MAX_NANOS = Duration.ofSeconds(10).toNanos();

  /** How long a plugin may take to close a store. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** How many calls that were cut off may still be inside; then the plugin is not entered again. */
  private static final int MOST_STUCK = 16;

  private final String service;
  private final String described;
  private final Store store;
  private final ContextLoader loader;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger stuck = new AtomicInteger();

  /**
   * For one resource.
   *
   * @param service the name of the service that opened the store
   * @param described the service, its plugin and the resource, for the log
   * @param store the plugin's store
   * @param loader how to enter the plugin
   */
  OpenStore(String service, String described, Store store, ContextLoader loader) {
    this.service = service;
    this.described = described;
    this.store = store;
    this.loader = loader;
  }

  /**
   * The service that opened the store.
   *
   * @return its name
   */
  public String service() {
    return service;
  }

  /** Whether the store came through this loader, which each isolated plugin has one of. */
  boolean isFrom(ContextLoader other) {
    return loader.equals(other);
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
    return store instanceof WritableStore writable && call("hasRandomIds", writable::hasRandomIds);
  }

  /**
   * See {@link StartableStore#start}.
   *
   * @throws SettingException when a setting turns out to be wrong only now
   */
  public void start() {
    if (!(store instanceof StartableStore startable)) {
      return;
    }
    configured(
        "start",
        () -> {
          startable.start();
          return true;
        });
  }

  /**
   * See {@link ProvisionedStore#provision}.
   *
   * @return what is needed; nothing of a store that does not say
   * @throws SettingException when settings contradict each other
   */
  public Provision provision() {
    if (!(store instanceof ProvisionedStore provisioned)) {
      return Provision.none();
    }
    Provision provision = configured("provision", provisioned::provision);
    for (Map.Entry<String, JsonObject> resource : provision.resources().entrySet()) {
      require(LOGICAL_ID.matcher(resource.getKey()).matches(), "provision gave a wrong logical id");
      require(resource.getValue().get("Type").isPresent(), "provision gave no Type");
    }
    return provision;
  }

  /** A call that may find a setting wrong: meant for the gateway, unlike a defect. */
  private <T> T configured(String method, Supplier<T> call) {
    AtomicReference<@Nullable SettingException> wrong = new AtomicReference<>();
    Optional<T> answer =
        call(
            method,
            () -> {
              try {
                return Optional.of(call.get());
              } catch (SettingException setting) {
                wrong.set(setting);
                return Optional.empty();
              }
            });
    return answer.orElseThrow(() -> Objects.requireNonNull(wrong.get()));
  }

  /**
   * See {@link Store#get}.
   *
   * @param id the id
   * @return the item; empty when there is none
   */
  public Optional<Item> get(String id) {
    Optional<Item> item = call("get", () -> store.get(id));
    item.ifPresent(found -> requireId("get", id, found));
    return item;
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
    List<Item> answer = call("getAll", () -> List.copyOf(batch.getAll(asked)));
    Map<String, Item> found = new HashMap<>();
    for (Item item : answer) {
      require(asked.contains(item.id()), "getAll returned an item that was not asked for");
      require(found.put(item.id(), item) == null, "getAll returned an item twice");
    }
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
    Page page = call("list", () -> store.list(query));
    require(page.items().size() <= query.limit(), "list returned more items than its limit");
    require(!isTwice(page.items()), "list returned an item twice in one page");
    require(
        page.next().isEmpty() || !page.next().equals(query.cursor()),
        "list returned the cursor that it was given");
    return PageWork.checked(page);
  }

  private static boolean isTwice(List<Item> items) {
    if (items.size() < 2) {
      return false;
    }
    Set<String> ids = HashSet.newHashSet(items.size());
    for (Item item : items) {
      if (!ids.add(item.id())) {
        return true;
      }
    }
    return false;
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
    OptionalLong number = call(method, () -> count.apply(countable));
    require(number.orElse(0) >= 0, method + " returned a negative number");
    return number;
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
    PutResult result = call("put", () -> writable.put(id, body, precondition));
    boolean possible =
        switch (result) {
          case PutResult.Created created -> {
            requireId("put", id, created.item());
            yield precondition instanceof Precondition.None
                || precondition instanceof Precondition.Absent;
          }
          case PutResult.Replaced replaced -> {
            requireId("put", id, replaced.item());
            yield !(precondition instanceof Precondition.Absent);
          }
          case PutResult.PreconditionFailed failed -> {
            failed.current().ifPresent(current -> requireId("put", id, current));
            yield !(precondition instanceof Precondition.None);
          }
        };
    require(possible, "put returned what its precondition rules out");
    return result;
  }

  /**
   * See {@link WritableStore#create}.
   *
   * @param body what to store
   * @return what is stored
   */
  public Item create(JsonObject body) {
    WritableStore writable = writable();
    return call("create", () -> writable.create(body));
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
    DeleteResult result = call("delete", () -> writable.delete(id, precondition));
    boolean possible =
        switch (result) {
          case DeleteResult.Deleted deleted -> {
            requireId("delete", id, deleted.item());
            yield !(precondition instanceof Precondition.Absent);
          }
          case DeleteResult.Missing missing -> true;
          case DeleteResult.PreconditionFailed failed -> {
            requireId("delete", id, failed.current());
            yield !(precondition instanceof Precondition.None);
          }
        };
    require(possible, "delete returned what its precondition rules out");
    return result;
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
    Map<String, PutOutcome> outcomes = call("putAll", () -> Map.copyOf(batch.putAll(asked)));
    requireRight(WriteAnswers.wrong(asked.keySet(), outcomes));
    return outcomes;
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
    int most = call("mostWrites", transactional::mostWrites);
    require(most > 0, "mostWrites returned no positive number");
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
    WriteAllResult result = call("writeAll", () -> transactional.writeAll(asked));
    requireRight(WriteAnswers.wrong(asked, result));
    return result;
  }

  private void requireRight(Optional<String> wrong) {
    if (wrong.isPresent()) {
      throw broken(wrong.get(), null);
    }
  }

  /**
   * Closes the store, once. What the plugin throws is logged, so that others can be closed after
   * it.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // on a thread of its own, as a plugin that gets stuck here would keep the process from ending
    Thread closing =
        Thread.ofPlatform().daemon().name("close " + service).start(this::closeQuietly);
    try {
      if (!closing.join(CLOSING)) {
        LOG.warn(
            "{}: its store did not close within {} s and is left as it is",
            described,
            CLOSING.toSeconds());
        closing.interrupt();
      }
    } catch (InterruptedException stop) {
      closing.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void closeQuietly() {
    try {
      call(
          "close",
          () -> {
            store.close();
            return true;
          });
    } catch (StoreException failure) {
      LOG.warn("A store of the service {} could not be closed", service, failure);
    }
  }

  private WritableStore writable() {
    if (store instanceof WritableStore writable) {
      return writable;
    }
    throw new IllegalStateException("a write reached a store that only reads");
  }

  private <T> T call(String method, Supplier<T> call) {
    StoreTime time = StoreTime.current();
    if (time == null) {
      return enter(method, call);
    }
    requireUnstuck(method);
    time.enter(this);
    try {
      return enter(method, call);
    } catch (StoreException failure) {
      throw time.isCut() ? late(method, failure) : failure;
    } finally {
      time.leave(this);
    }
  }

  /** Each call that does not end keeps a thread; more would take all of them, from others, too. */
  private void requireUnstuck(String method) {
    if (stuck.get() >= MOST_STUCK) {
      throw new StoreException(
          StoreException.Reason.TIMEOUT,
          "The backend of this resource does not answer.",
          new IllegalStateException(
              described + ": " + method + " is not called, as earlier calls have got stuck"));
    }
  }

  private StoreException late(String method, StoreException failure) {
    return new StoreException(
        StoreException.Reason.TIMEOUT,
        "The backend of this resource did not answer in time.",
        new IllegalStateException(
            described + ": " + method + " was interrupted after " + CallWatch.PATIENCE, failure));
  }

  /** A call is cut off. */
  void leftBehind(Thread thread) {
    stuck.incrementAndGet();
    LOG.warn(
        "{}: a request has spent {} s in calls, the last of which is interrupted {}",
        described,
        CallWatch.PATIENCE.toSeconds(),
        where(thread));
  }

  /** A call that was cut off has ended after all. */
  void cameBack() {
    stuck.decrementAndGet();
  }

  /** The innermost line that is not the JDK's. */
  private static String where(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .filter(line -> !line.getClassName().matches("(java|jdk|sun)\\..*"))
        .findFirst()
        .map(line -> "at " + line)
        .orElse("at no line");
  }

  private <T> T enter(String method, Supplier<T> call) {
    T answer;
    try {
      answer = loader.call(call);
    } catch (StoreException failure) {
      throw failure.getMessage() == null ? failed(failure.reason(), failure) : failure;
    } catch (StackOverflowError defect) {
      throw broken(method + " failed", defect);
    } catch (VirtualMachineError fatal) {
      LOG.error("{}: {} failed", described, method, fatal);
      throw fatal; // of the process, not of the plugin
    } catch (Throwable defect) { // a plugin in another language also throws checked ones
      throw broken(method + " failed", defect);
    }
    require(answer != null, method + " returned null");
    return answer;
  }

  private void requireId(String method, String id, Item item) {
    require(item.id().equals(id), method + " returned an item with another id");
  }

  private void require(boolean kept, String otherwise) {
    if (!kept) {
      throw broken(otherwise, null);
    }
  }

  private StoreException broken(String what, @Nullable Throwable cause) {
    return failed(
        StoreException.Reason.UNAVAILABLE,
        new IllegalStateException(described + ": " + what, cause));
  }

  private static StoreException failed(StoreException.Reason reason, Throwable cause) {
    return new StoreException(reason, "The backend of this resource failed.", cause);
  }
}
