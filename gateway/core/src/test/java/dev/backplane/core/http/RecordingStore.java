package dev.backplane.core.http;

import dev.backplane.core.mapping.MappingReader;
import dev.backplane.core.plugin.OpenStores;
import dev.backplane.spi.BatchPutStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.TransactionalStore;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps items and tells which calls it got; for one thread. */
class RecordingStore implements BatchPutStore, TransactionalStore {
  /** What the body of an item that cannot be held has. */
  static final String IMPOSSIBLE = "impossible";

  final List<String> calls = new ArrayList<>();
  final Map<String, Item> items = new HashMap<>();

  /** What others do between the gateway's reading and its writing; by default nothing. */
  Runnable others = () -> {};

  /** Whether a write is answered though it was not done: what became of one that got lost. */
  boolean losesWrites;

  boolean randomIds = true;
  int most = 100;
  private int versions;

  /** A resource with this store, of which the mapping says nothing. */
  static ServedResource serve(Store store, Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("mapping.yaml"), "resources: {things: memory}");
    return new ServedResource(
        MappingReader.read(file, Map.of()).mapping().resources().get(0), OpenStores.of(store));
  }

  @Override
  public Optional<Item> get(String id) {
    calls.add("get");
    return Optional.ofNullable(items.get(id));
  }

  @Override
  public Page list(Query query) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean hasRandomIds() {
    return randomIds;
  }

  @Override
  public int mostWrites() {
    return most;
  }

  @Override
  public PutResult put(String id, JsonObject body, Precondition precondition) {
    calls.add("put");
    Optional<Item> before = Optional.ofNullable(items.get(id));
    requireHeld(body);
    if (!holds(precondition, before)) {
      return new PutResult.PreconditionFailed(before);
    }
    Item item = keep(id, body);
    return before.isEmpty() ? new PutResult.Created(item) : new PutResult.Replaced(item);
  }

  @Override
  public DeleteResult delete(String id, Precondition precondition) {
    calls.add("delete");
    Optional<Item> before = Optional.ofNullable(items.remove(id));
    return before.<DeleteResult>map(DeleteResult.Deleted::new).orElseGet(DeleteResult.Missing::new);
  }

  @Override
  public Map<String, PutOutcome> putAll(Map<String, JsonObject> bodies) {
    calls.add("putAll " + bodies.size());
    Map<String, PutOutcome> outcomes = new HashMap<>();
    bodies.forEach((id, body) -> {
      try {
        requireHeld(body);
        outcomes.put(id, new PutOutcome.Stored(keep(id, body)));
      } catch (StoreException impossible) {
        outcomes.put(id, new PutOutcome.Failed(impossible));
      }
    });
    return outcomes;
  }

  @Override
  public WriteAllResult writeAll(List<Write> writes) {
    calls.add("writeAll " + writes.size());
    others.run();
    Map<Integer, Refusal> refusals = new HashMap<>();
    for (int i = 0; i < writes.size(); i++) {
      Optional<Item> current = Optional.ofNullable(items.get(writes.get(i).id()));
      boolean missing = writes.get(i) instanceof Write.Delete && current.isEmpty();
      if (missing || !holds(writes.get(i).precondition(), current)) {
        refusals.put(i, new Refusal.PreconditionFailed(current));
      } else if (writes.get(i) instanceof Write.Put put && put.body().get(IMPOSSIBLE).isPresent()) {
        refusals.put(i, new Refusal.Failed(impossible()));
      }
    }
    return refusals.isEmpty() ? done(writes) : new WriteAllResult.Refused(refusals);
  }

  private WriteAllResult done(List<Write> writes) {
    List<Optional<Item>> done = new ArrayList<>();
    for (Write write : writes) {
      switch (write) {
        case Write.Put put -> done.add(Optional.of(keep(put.id(), put.body())));
        case Write.Delete delete -> {
          items.remove(delete.id());
          done.add(Optional.empty()); // as a backend that does not tell
        }
      }
    }
    return new WriteAllResult.Done(done);
  }

  final Item keep(String id, JsonObject body) {
    Item item = new Item(id, "v" + ++versions, body.with("id", new JsonString(id)));
    if (!losesWrites) {
      items.put(id, item);
    }
    return item;
  }

  private static void requireHeld(JsonObject body) {
    if (body.get(IMPOSSIBLE).isPresent()) {
      throw impossible();
    }
  }

  private static StoreException impossible() {
    return new StoreException(StoreException.Reason.INVALID, "Nobody can hold that.");
  }

  private static boolean holds(Precondition precondition, Optional<Item> item) {
    return switch (precondition) {
      case Precondition.None none -> true;
      case Precondition.Absent absent -> item.isEmpty();
      case Precondition.Exists exists -> item.isPresent();
      case Precondition.Matches matches ->
          item.isPresent() && item.get().version().equals(matches.version());
    };
  }
}
