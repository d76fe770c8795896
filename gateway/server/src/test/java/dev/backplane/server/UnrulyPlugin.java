package dev.backplane.server;

import dev.backplane.core.plugin.PluginJar;
import java.nio.file.Path;

/** A plugin whose store does to the gateway what the id that is asked for says. */
final class UnrulyPlugin {
  private UnrulyPlugin() {}

  static void buildInto(Path plugins) {
    PluginJar.named("unruly")
        .source(SOURCE)
        .service("com.example.UnrulyService")
        .buildInto(plugins);
  }

  private static final String SOURCE =
      """
      package com.example;

      import dev.backplane.spi.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.locks.LockSupport;

      public final class UnrulyService implements Service {
        @Override
        public String name() {
          return "unruly";
        }

        @Override
        public Store open(StoreContext context) {
          return new UnrulyStore(context.settings().optionalString("list").orElse(""));
        }

        private static final class UnrulyStore implements WritableStore {
          private final String list;
          private long pages;

          UnrulyStore(String list) {
            this.list = list;
          }

          private static Item item(String id) {
            return new Item(id, "1", JsonObject.empty());
          }

          @Override
          public Optional<Item> get(String id) {
            return switch (id) {
              case "fine" -> Optional.of(item(id));
              case "null" -> null;
              case "other" -> Optional.of(item("another"));
              default -> {
                misbehave(id);
                yield Optional.empty();
              }
            };
          }

          private static void misbehave(String how) {
            switch (how) {
              case "exit" -> System.exit(3);
              case "runtime-exit" -> Runtime.getRuntime().exit(3);
              case "halt" -> Runtime.getRuntime().halt(3);
              case "deep" -> misbehave(how);
              case "no-class" -> throw new NoClassDefFoundError("com/example/Gone");
              case "assertion" -> throw new AssertionError("no");
              case "memory" -> throw new OutOfMemoryError("of the plugin");
              case "much-memory" -> System.out.println(new long[Integer.MAX_VALUE].length);
              case "checked" -> UnrulyStore.<RuntimeException>hide(new Exception("checked"));
              case "sleep" -> sleep();
              case "wait" -> awaitForever();
              case "stuck" -> ignoreInterrupts();
              case "leak" -> leak();
              default -> { }
            }
          }

          @SuppressWarnings("unchecked")
          private static <E extends Throwable> void hide(Throwable failure) throws E {
            throw (E) failure;
          }

          private static void sleep() {
            try {
              Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException stop) {
              throw new IllegalStateException(stop);
            }
          }

          private static void awaitForever() {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException stop) {
              Thread.currentThread().interrupt();
              throw new StoreException(StoreException.Reason.UNAVAILABLE, "interrupted", stop);
            }
          }

          private static void ignoreInterrupts() {
            while (true) {
              LockSupport.parkNanos(1_000_000_000);
              Thread.interrupted();
            }
          }

          private static void leak() {
            Thread thread = new Thread(UnrulyStore::ignoreInterrupts, "forgotten");
            thread.start();
          }

          @Override
          public Page list(Query query) {
            misbehave(list);
            return switch (list) {
              case "null" -> null;
              case "twice" -> Page.last(List.of(item("a"), item("b"), item("a")));
              case "too-many" -> Page.last(Collections.nCopies(query.limit() + 1, item("a")));
              case "same-cursor" -> new Page(List.of(), Optional.of("same"));
              case "ever-new" -> new Page(List.of(), Optional.of("" + pages++));
              default -> Page.last(List.of(item("fine")));
            };
          }

          @Override
          public PutResult put(String id, JsonObject body, Precondition precondition) {
            misbehave(id);
            return switch (id) {
              case "null" -> null;
              case "other" -> new PutResult.Created(item("another"));
              case "impossible" -> new PutResult.PreconditionFailed(Optional.of(item("another")));
              default -> new PutResult.Created(new Item(id, "1", body));
            };
          }

          @Override
          public DeleteResult delete(String id, Precondition precondition) {
            misbehave(id);
            return switch (id) {
              case "null" -> null;
              case "other" -> new DeleteResult.Deleted(item("another"));
              default -> new DeleteResult.Deleted(item(id));
            };
          }

          @Override
          public Item create(JsonObject body) {
            return null;
          }

          @Override
          public boolean hasRandomIds() {
            return false;
          }

          @Override
          public void close() {
            if (list.equals("close-stuck")) {
              ignoreInterrupts();
            }
          }
        }
      }
      """;
}
