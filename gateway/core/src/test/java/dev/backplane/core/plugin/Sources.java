package dev.backplane.core.plugin;

/** Sources of plugins that several tests compile. */
final class Sources {
  private Sources() {}

  /** A service in {@code com.example} with a body of its own. */
  static String service(String className, String members) {
    return """
    package com.example;

    import dev.backplane.spi.*;
    import java.util.*;

    public class %s implements Service {
      %s
    }
    """
        .formatted(className, members);
  }

  /** A working service whose store has no items. */
  static String emptyService(String className, String name) {
    return service(className, named(name) + OPENS_EMPTY);
  }

  static String named(String name) {
    return "@Override public String name() { return \"" + name + "\"; }\n";
  }

  static final String OPENS_EMPTY =
      """
      @Override public Store open(StoreContext context) {
        return new Store() {
          @Override public Optional<Item> get(String id) { return Optional.empty(); }
          @Override public Page list(Query query) { return Page.last(List.of()); }
        };
      }
      """;

  /** A service whose items are what {@code answer(id)}, to be added, returns for their ids. */
  static String answering(String className, String name, String answer) {
    return service(
        className,
        named(name)
            + """
            @Override public Store open(StoreContext context) {
              return new Store() {
                @Override public Optional<Item> get(String id) {
                  try {
                    return Optional.of(new Item(
                        id, "1", JsonObject.of("answer", new JsonString(answer(id)))));
                  } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                  }
                }
                @Override public Page list(Query query) { return Page.last(List.of()); }
              };
            }
            static String answer(String id) throws Exception {
              %s
            }
            """
                .formatted(answer));
  }
}
