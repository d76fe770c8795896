package dev.backplane.server;

import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.Service;
import dev.backplane.spi.Settings;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The least that a service can do: no filter, no order, no count, and a last page that does not
 * know that it is the last. What is missing, the gateway has to bring.
 */
public final class NaiveService implements Service {
  @Override
  public String name() {
    return "naive";
  }

  @Override
  public Store open(StoreContext context) {
    NaiveStore store = new NaiveStore(context.idField());
    Settings settings = context.settings();
    settings.path("items").ifPresent(file -> store.fill(file, context));
    return store;
  }

  private static final class NaiveStore implements WritableStore {
    private final TreeMap<String, Item> items = new TreeMap<>();
    private final String idField;
    private long versions;

    NaiveStore(String idField) {
      this.idField = idField;
    }

    void fill(Path file, StoreContext context) {
      try {
        JsonValue array = context.json().read(Files.readAllBytes(file));
        for (JsonValue element : ((JsonArray) array).elements()) {
          JsonObject body = (JsonObject) element;
          String id = body.get(idField).orElseThrow().text().orElseThrow();
          put(id, body, new Precondition.Absent());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Optional<Item> get(String id) {
      Optional<Item> item = find(id);
      // a slow answer, so that somebody else can write between a read and the write that follows
      LockSupport.parkNanos(1_000_000);
      return item;
    }

    private synchronized Optional<Item> find(String id) {
      return Optional.ofNullable(items.get(id));
    }

    @Override
    public synchronized Page list(Query query) {
      if (!query.order().isEmpty()) {
        throw new StoreException(
            StoreException.Reason.UNSUPPORTED, "This resource cannot be put in an order.");
      }
      List<Item> page =
          items.tailMap(query.cursor().orElse(""), false).values().stream()
              .limit(query.limit())
              .toList();
      boolean full = page.size() == query.limit();
      return new Page(page, full ? Optional.of(page.get(page.size() - 1).id()) : Optional.empty());
    }

    @Override
    public synchronized PutResult put(String id, JsonObject body, Precondition precondition) {
      Optional<Item> before = find(id);
      if (!holds(before, precondition)) {
        return new PutResult.PreconditionFailed(before);
      }
      Optional<JsonValue> typed = before.flatMap(item -> item.body().get(idField));
      boolean keepsId = typed.isPresent() && body.get(idField).isEmpty();
      JsonObject kept = keepsId ? body.with(idField, typed.get()) : body;
      Item item = new Item(id, "v" + ++versions, kept);
      items.put(id, item);
      return before.isPresent() ? new PutResult.Replaced(item) : new PutResult.Created(item);
    }

    @Override
    public synchronized DeleteResult delete(String id, Precondition precondition) {
      Optional<Item> before = find(id);
      if (before.isEmpty()) {
        return new DeleteResult.Missing();
      }
      if (!holds(before, precondition)) {
        return new DeleteResult.PreconditionFailed(before.get());
      }
      items.remove(id);
      return new DeleteResult.Deleted(before.get());
    }

    private static boolean holds(Optional<Item> item, Precondition precondition) {
      return switch (precondition) {
        case Precondition.None none -> true;
        case Precondition.Absent absent -> item.isEmpty();
        case Precondition.Exists exists -> item.isPresent();
        case Precondition.Matches matches ->
            item.isPresent() && item.get().version().equals(matches.version());
      };
    }
  }
}
