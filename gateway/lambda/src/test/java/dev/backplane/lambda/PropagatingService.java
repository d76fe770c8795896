package dev.backplane.lambda;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import java.util.List;
import java.util.Optional;

/** A plugin whose items are what a backend would be sent along. */
public final class PropagatingService implements Service {
  @Override
  public String name() {
    return "propagating";
  }

  @Override
  public Store open(StoreContext context) {
    return new Store() {
      @Override
      public Optional<Item> get(String id) {
        JsonObject.Builder sent = JsonObject.builder();
        context.propagated().forEach((name, value) -> sent.put(name, new JsonString(value)));
        return Optional.of(new Item(id, "v", sent.build()));
      }

      @Override
      public Page list(Query query) {
        return new Page(List.of(), Optional.empty());
      }
    };
  }
}
