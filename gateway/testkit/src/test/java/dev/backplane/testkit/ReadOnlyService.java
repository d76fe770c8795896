package dev.backplane.testkit;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Order;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Query;
import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import dev.backplane.spi.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Opens stores that only read, and the contracts over them. */
public final class ReadOnlyService implements Service {
  /** What is wrong. */
  enum Fault {
    NONE,
    LOSES_AN_ITEM,
    FILTER_MISSES,
    ORDER_REVERSED
  }

  @Override
  public String name() {
    return "read-only";
  }

  @Override
  public Store open(StoreContext context) {
    Fault fault = context.settings().choice("fault", Fault.NONE);
    boolean refusesOrders = context.settings().bool("refuses-orders", false);
    ReferenceStore items = new ReferenceStore(Defect.NONE, context.idField());
    ITEMS.forEach((id, body) -> items.put(id, body, new Precondition.None()));
    return new Store() {
      @Override
      public Optional<Item> get(String id) {
        return items.get(id);
      }

      @Override
      public Page list(Query query) {
        if (!query.order().isEmpty() && refusesOrders) {
          throw new StoreException(StoreException.Reason.UNSUPPORTED, "No order here.");
        }
        Query turned =
            query.orderedBy(
                query.order().stream()
                    .map(key -> new Order(key.field(), !key.descending()))
                    .toList());
        Page page = items.list(fault == Fault.ORDER_REVERSED ? turned : query);
        return new Page(page.items().stream().filter(keeps(fault, query)).toList(), page.next());
      }
    };
  }

  private static Predicate<Item> keeps(Fault fault, Query query) {
    return switch (fault) {
      case LOSES_AN_ITEM -> item -> !item.id().equals("id 3");
      case FILTER_MISSES ->
          item -> query.filter().conjuncts().isEmpty() || !item.id().equals("id 3");
      case NONE, ORDER_REVERSED -> item -> true;
    };
  }

  static final Map<String, JsonObject> ITEMS = items();

  private static Map<String, JsonObject> items() {
    Map<String, JsonObject> items = new LinkedHashMap<>();
    for (int i = 0; i < 12; i++) {
      items.put(
          "id " + i,
          Json.of(
              "{'name': 'name %d', 'size': %d, 'even': %b, 'rest': {'a': [%d]}}"
                  .formatted(i, i % 5, i % 2 == 0, i)));
    }
    return items;
  }

  /** The contract, with the fault of the next run. */
  static class Contract extends StoreContract {
    static volatile JsonObject settings = JsonObject.empty();

    static void fault(Fault fault) {
      settings =
          JsonObject.of("fault", new JsonString(fault.name().toLowerCase().replace('_', '-')));
    }

    @Override
    protected Class<? extends Service> service() {
      return ReadOnlyService.class;
    }

    @Override
    protected JsonObject settings() {
      return settings;
    }

    @Override
    protected Map<String, JsonObject> items() {
      return ITEMS;
    }
  }

  /** Forgets to say what the resource holds. */
  static final class UndeclaredContract extends Contract {
    @Override
    protected Map<String, JsonObject> items() {
      return Map.of();
    }
  }
}
