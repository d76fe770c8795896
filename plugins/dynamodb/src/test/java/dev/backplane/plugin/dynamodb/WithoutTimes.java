package dev.backplane.plugin.dynamodb;

import dev.backplane.spi.BatchGetStore;
import dev.backplane.spi.BatchPutStore;
import dev.backplane.spi.CountableStore;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutOutcome;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.TransactionalStore;
import dev.backplane.spi.Write;
import dev.backplane.spi.WriteAllResult;
import dev.backplane.spi.WriteAllResult.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A store without the times that it adds to bodies: the contract holds a body to what was put.
 *
 * @param store the store
 * @param created the field with the time of creation, which every item must have
 * @param updated the field with the time of the last write, which every item must have
 */
record WithoutTimes(DynamoDbStore store, String created, String updated)
    implements BatchGetStore, CountableStore, BatchPutStore, TransactionalStore {
  @Override
  public Optional<Item> get(String id) {
    return store.get(id).map(this::without);
  }

  @Override
  public List<Item> getAll(Set<String> ids) {
    return store.getAll(ids).stream().map(this::without).toList();
  }

  @Override
  public Page list(Query query) {
    Page page = store.list(query);
    boolean whole = query.fields().isEmpty();
    List<Item> items =
        page.items().stream().map(item -> whole ? without(item) : stripped(item)).toList();
    return new Page(items, page.next(), page.work());
  }

  @Override
  public OptionalLong count(Filter filter) {
    return store.count(filter);
  }

  @Override
  public OptionalLong estimate(Filter filter) {
    return store.estimate(filter);
  }

  @Override
  public PutResult put(String id, JsonObject body, Precondition precondition) {
    return switch (store.put(id, body, precondition)) {
      case PutResult.Created result -> new PutResult.Created(without(result.item()));
      case PutResult.Replaced result -> new PutResult.Replaced(without(result.item()));
      case PutResult.PreconditionFailed result ->
          new PutResult.PreconditionFailed(result.current().map(this::without));
    };
  }

  @Override
  public DeleteResult delete(String id, Precondition precondition) {
    return switch (store.delete(id, precondition)) {
      case DeleteResult.Deleted result -> new DeleteResult.Deleted(without(result.item()));
      case DeleteResult.Missing result -> result;
      case DeleteResult.PreconditionFailed result ->
          new DeleteResult.PreconditionFailed(without(result.current()));
    };
  }

  @Override
  public Map<String, PutOutcome> putAll(Map<String, JsonObject> bodies) {
    Map<String, PutOutcome> outcomes = new HashMap<>(store.putAll(bodies));
    outcomes.replaceAll((id, outcome) ->
        outcome instanceof PutOutcome.Stored stored
            ? new PutOutcome.Stored(without(stored.item()))
            : outcome);
    return outcomes;
  }

  @Override
  public int mostWrites() {
    return store.mostWrites();
  }

  @Override
  public WriteAllResult writeAll(List<Write> writes) {
    return switch (store.writeAll(writes)) {
      case WriteAllResult.Done done ->
          new WriteAllResult.Done(
              done.items().stream().map(item -> item.map(this::without)).toList());
      case WriteAllResult.Refused refused -> {
        Map<Integer, Refusal> refusals = new HashMap<>(refused.refusals());
        refusals.replaceAll((index, refusal) ->
            refusal instanceof Refusal.PreconditionFailed failed
                ? new Refusal.PreconditionFailed(failed.current().map(this::without))
                : refusal);
        yield new WriteAllResult.Refused(refusals);
      }
    };
  }

  @Override
  public Item create(JsonObject body) {
    return without(store.create(body));
  }

  @Override
  public boolean hasRandomIds() {
    return store.hasRandomIds();
  }

  @Override
  public void close() {
    store.close();
  }

  private Item without(Item item) {
    if (item.body().get(created).isEmpty() || item.body().get(updated).isEmpty()) {
      throw new AssertionError("an item without its times: " + item);
    }
    return stripped(item);
  }

  private Item stripped(Item item) {
    return new Item(item.id(), item.version(), item.body().without(created).without(updated));
  }
}
