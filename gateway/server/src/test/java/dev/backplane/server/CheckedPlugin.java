package dev.backplane.server;

import dev.backplane.core.plugin.PluginJar;
import java.nio.file.Path;

/**
 * A plugin whose store adds a byte to the file {@code NAME.checks} for each check, fails it while
 * there is {@code NAME.down}, and stays in it while there is {@code NAME.hangs}.
 */
final class CheckedPlugin {
  private CheckedPlugin() {}

  static void buildInto(Path plugins) {
    PluginJar.named("checked")
        .source(SOURCE)
        .service("com.example.CheckedService")
        .buildInto(plugins);
  }

  private static final String SOURCE =
      """
      package com.example;

      import dev.backplane.spi.*;
      import java.io.IOException;
      import java.io.UncheckedIOException;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.nio.file.StandardOpenOption;
      import java.util.*;

      public final class CheckedService implements Service {
        @Override
        public String name() {
          return "checked";
        }

        @Override
        public Store open(StoreContext context) {
          String name = context.settings().string("files");
          return new CheckedStore(name);
        }

        private record CheckedStore(String name) implements CheckableStore {
          @Override
          public Optional<Item> get(String id) {
            return Optional.empty();
          }

          @Override
          public Page list(Query query) {
            return Page.last(List.of());
          }

          @Override
          public void check() {
            try {
              Files.write(Path.of(name + ".checks"), new byte[] {'.'},
                  StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            while (Files.exists(Path.of(name + ".hangs"))) {
              try {
                Thread.sleep(10);
              } catch (InterruptedException deaf) {
                continue;
              }
            }
            if (Files.exists(Path.of(name + ".down"))) {
              throw new StoreException(StoreException.Reason.UNAVAILABLE,
                  "The backend does not answer.", new IOException("db.internal: password"));
            }
          }
        }
      }
      """;
}
