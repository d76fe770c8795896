package dev.backplane.lambda;

import dev.backplane.spi.Item;
import dev.backplane.spi.Page;
import dev.backplane.spi.Query;
import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A plugin whose store never answers for some ids, and ignores for one of them every interrupt. */
public final class StuckService implements Service {
  @Override
  public String name() {
    return "stuck";
  }

  @Override
  public Store open(StoreContext context) {
    return new StuckStore();
  }

  private static final class StuckStore implements Store {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public Optional<Item> get(String id) {
      if (id.startsWith("slow")) {
        return waitUntilInterrupted(id);
      }
      while (id.equals("stubborn")) {
        waitUntilInterrupted(id);
      }
      return Optional.empty();
    }

    private Optional<Item> waitUntilInterrupted(String id) {
      try {
        never.await();
      } catch (InterruptedException stop) {
        System.out.println("interrupted at " + id);
      }
      return Optional.empty();
    }

    @Override
    public Page list(Query query) {
      return new Page(List.of(), Optional.empty());
    }
  }
}
