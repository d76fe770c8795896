package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import dev.backplane.spi.WritableStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The resource of one test: its open store, and how the contract fills and reads it. Of use to the
 * contract alone; public so that a test which takes it can be overridden.
 */
public final class Resource implements AutoCloseable {
  private final StoreContract contract;
  private final StoreContext context;
  private final Store store;
  private boolean closed;

  private Resource(StoreContract contract, StoreContext context, Store store) {
    this.contract = contract;
    this.context = context;
    this.store = store;
  }

  static Resource open(StoreContract contract) throws Exception {
    return open(contract, contract.settings());
  }

  static Resource open(StoreContract contract, JsonObject settings) throws Exception {
    StoreContext context =
        TestContext.of(settings, contract.directory()).withIdField(contract.idField());
    Store store = contract.open(context);
    if (store == null) {
      fail("open() returned null: it returns the store, or throws a SettingException");
    }
    return new Resource(contract, context, store);
  }

  Store store() {
    return store;
  }

  StoreContext context() {
    return context;
  }

  String idField() {
    return context.idField();
  }

  String id(int number) {
    return contract.id(number);
  }

  boolean choosesIds() {
    return contract.choosesIds();
  }

  boolean canHold(String id, JsonObject body) {
    return contract.canHold(id, body);
  }

  /** Stores an item, whatever was there. */
  Item put(String id, JsonObject body) {
    PutResult result = ((WritableStore) store).put(id, body, new Precondition.None());
    return switch (result) {
      case PutResult.Created created -> created.item();
      case PutResult.Replaced replaced -> replaced.item();
      case PutResult.PreconditionFailed failed ->
          fail("put without a precondition answered PreconditionFailed for the id " + id);
    };
  }

  /** Reads an item that must be there. */
  Item get(String id) {
    Optional<Item> item = store.get(id);
    assertThat(item)
        .as("get of \"%s\", which the last write stored: a write is seen by the next get", id)
        .isPresent();
    return item.orElseThrow();
  }

  /** Items to read: as many as asked for, or what a store that only reads holds. */
  Map<String, JsonObject> fill(int count) {
    if (!(store instanceof WritableStore)) {
      Map<String, JsonObject> items = contract.items();
      Assumptions.assumeFalse(
          items.isEmpty(), "nothing to read: override items() to say what the resource holds");
      return items;
    }
    Map<String, JsonObject> items = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      JsonObject body =
          Json.of(
              "{'name': 'name %d', 'number': %d, 'half': %d, 'part': {'x': %d, 'y': 'why'}}"
                  .formatted(i, i, i / 2, i));
      // with and without the id, as clients do
      items.put(id(i), i % 2 == 0 ? body : body.with(idField(), new JsonString(id(i))));
    }
    items.forEach(this::put);
    return items;
  }

  /** Checks that an item is the one that was stored. */
  void assertItem(String rule, Item actual, String id, JsonObject body) {
    assertThat(actual.id()).as("%s: the item's id", rule).isEqualTo(id);
    assertThat(actual.body().without(idField()))
        .as("%s: the body of \"%s\" is kept exactly", rule, id)
        .isEqualTo(body.without(idField()));
    actual
        .body()
        .get(idField())
        .ifPresent(value ->
            assertThat(value.text())
                .as("%s: where a body has the id field, its text is the id", rule)
                .contains(id));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      store.close();
    }
  }
}
