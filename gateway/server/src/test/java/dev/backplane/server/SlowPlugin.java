package dev.backplane.server;

import dev.backplane.core.plugin.PluginJar;
import java.nio.file.Path;

/**
 * A plugin whose store says that a call is in it by the file {@code entered}, stays there until
 * there is the file {@code leave}, and says that it was closed by {@code closed}.
 */
final class SlowPlugin {
  private SlowPlugin() {}

  static void buildInto(Path plugins) {
    PluginJar.named("slow").source(SOURCE).service("com.example.SlowService").buildInto(plugins);
  }

  private static final String SOURCE =
      """
      package com.example;

      import dev.backplane.spi.*;
      import java.io.IOException;
      import java.io.UncheckedIOException;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.util.*;

      public final class SlowService implements Service {
        @Override
        public String name() {
          return "slow";
        }

        @Override
        public Store open(StoreContext context) {
          Path directory = Path.of(context.settings().string("directory"));
          return new Store() {
            @Override
            public Optional<Item> get(String id) {
              create("entered");
              while (!Files.exists(directory.resolve("leave"))) {
                try {
                  Thread.sleep(10);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                  throw new StoreException(StoreException.Reason.TIMEOUT, "interrupted", e);
                }
              }
              return Optional.of(new Item(id, "1", JsonObject.empty()));
            }

            @Override
            public Page list(Query query) {
              return Page.last(List.of());
            }

            @Override
            public void close() {
              create("closed");
            }

            private void create(String name) {
              try {
                Files.createFile(directory.resolve(name));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          };
        }
      }
      """;
}
