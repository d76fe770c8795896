package dev.backplane.testkit;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Service;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;

/** Services with a defect outside of their stores, and the contract over each. */
final class FaultyServices {
  private FaultyServices() {}

  private abstract static class Faulty implements Service {
    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public Store open(StoreContext context) {
      return new ReferenceStore(Defect.NONE, context.idField());
    }
  }

  /** Its name is not well formed. */
  public static final class Shouting extends Faulty {
    @Override
    public String name() {
      return "LOUD_ONE";
    }
  }

  /** Asks for every key that is there. */
  public static final class Greedy extends Faulty {
    @Override
    public Store open(StoreContext context) {
      context.settings().keys().forEach(context.settings()::optionalString);
      return super.open(context);
    }
  }

  /** Refuses settings that it does not know. */
  public static final class Strict extends Faulty {
    @Override
    public Store open(StoreContext context) {
      if (!context.settings().keys().isEmpty()) {
        throw context.settings().wrong("settings", "are not allowed");
      }
      return super.open(context);
    }
  }

  /** Is not named in META-INF/services. */
  public static final class Unlisted extends Faulty {}

  abstract static class Contract extends StoreContract {
    private final Class<? extends Service> service;

    Contract(Class<? extends Service> service) {
      this.service = service;
    }

    @Override
    protected Class<? extends Service> service() {
      return service;
    }

    @Override
    protected JsonObject settings() {
      return JsonObject.empty();
    }
  }

  static final class ShoutingContract extends Contract {
    ShoutingContract() {
      super(Shouting.class);
    }
  }

  static final class GreedyContract extends Contract {
    GreedyContract() {
      super(Greedy.class);
    }
  }

  static final class StrictContract extends Contract {
    StrictContract() {
      super(Strict.class);
    }
  }

  static final class UnlistedContract extends Contract {
    UnlistedContract() {
      super(Unlisted.class);
    }
  }
}
