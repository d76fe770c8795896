package dev.backplane.server;

import dev.backplane.core.plugin.PluginJar;
import java.nio.file.Path;

/** A plugin whose store's reads fail, with messages that may not be told. */
final class FailingPlugin {
  private FailingPlugin() {}

  static void buildInto(Path plugins) {
    PluginJar.named("failing")
        .source(SOURCE)
        .service("com.example.FailingService")
        .buildInto(plugins);
  }

  private static final String SOURCE =
      """
      package com.example;

      import dev.backplane.spi.*;
      import java.util.*;

      public final class FailingService implements Service {
        public String name() {
          return "failing";
        }

        public Store open(StoreContext context) {
          return new Store() {
            public Optional<Item> get(String id) {
              throw new StoreException(StoreException.Reason.UNAVAILABLE, "secret " + id);
            }

            public Page list(Query query) {
              throw new IllegalStateException("secret");
            }
          };
        }
      }
      """;
}
