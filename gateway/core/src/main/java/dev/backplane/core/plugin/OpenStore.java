package dev.backplane.core.plugin;

import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A plugin's store behind the one place where calls cross into a plugin: the context class loader
 * is set around each call, and whatever the plugin throws or returns comes out as an answer or as a
 * {@link StoreException}. Safe for use by many threads.
 */
public final class OpenStore implements AutoCloseable {
  private final String service;
  private final Store store;
  private final ClassLoader loader;

  OpenStore(String service, Store store, ClassLoader loader) {
    this.service = service;
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

  /**
   * Whether the store writes.
   *
   * @return whether {@link #put}, {@link #create} and {@link #delete} may be called
   */
  public boolean isWritable() {
    return store instanceof WritableStore;
  }

  /**
   * See {@link Store#get}.
   *
   * @param id the id
   * @return the item; empty when there is none
   */
  public Optional<Item> get(String id) {
    return call(() -> store.get(id));
  }

  /**
   * See {@link Store#list}.
   *
   * @param query which items
   * @return the page, no larger than asked for
   */
  public Page list(Query query) {
    Page page = call(() -> store.list(query));
    if (page.items().size() > query.limit()) {
      throw broken("a list returned more items than its limit", null);
    }
    return page;
  }

  /**
   * See {@link CountableStore#count}.
   *
   * @param filter which items
   * @return how many; empty when this store cannot count them
   */
  public OptionalLong count(Filter filter) {
    return store instanceof CountableStore countable
        ? call(() -> countable.count(filter))
        : OptionalLong.empty();
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
    return call(() -> writable().put(id, body, precondition));
  }

  /**
   * See {@link WritableStore#create}.
   *
   * @param body what to store
   * @return what is stored
   */
  public Item create(JsonObject body) {
    return call(() -> writable().create(body));
  }

  /**
   * See {@link WritableStore#delete}.
   *
   * @param id the id
   * @param precondition what must hold
   * @return what happened
   */
  public DeleteResult delete(String id, Precondition precondition) {
    return call(() -> writable().delete(id, precondition));
  }

  @Override
  public void close() {
    inLoader(() -> {
      store.close();
      return Optional.empty();
    });
  }

  private WritableStore writable() {
    if (store instanceof WritableStore writable) {
      return writable;
    }
    throw new IllegalStateException("a write reached a store that only reads");
  }

  private <T> T call(Supplier<T> call) {
    T answer;
    try {
      answer = inLoader(call);
    } catch (StoreException failure) {
      throw failure;
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      throw broken("a call failed", defect);
    }
    if (answer == null) {
      throw broken("a call returned null", null);
    }
    return answer;
  }

  private <T> T inLoader(Supplier<T> call) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return call.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private StoreException broken(String what, @org.jspecify.annotations.Nullable Throwable cause) {
    Throwable defect = new IllegalStateException("service " + service + ": " + what, cause);
    return new StoreException(
        StoreException.Reason.UNAVAILABLE, "The backend of this resource failed.", defect);
  }
}
