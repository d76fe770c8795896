package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.plugin.PluginJar;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Backplane promises to the author of a plugin: compile against the SPI alone, drop the jar
 * in, add a line to the mapping, and it serves.
 */
@Timeout(120)
class PromiseIT {
  @TempDir private Path directory;

  @Test
  void plugin_that_is_dropped_in_and_mapped_serves() throws Exception {
    PluginJar.named("greeting")
        .source(
            """
            package com.example;

            import dev.backplane.spi.*;
            import java.util.List;
            import java.util.Optional;

            public final class GreetingService implements Service {
              @Override
              public String name() {
                return "greeting";
              }

              @Override
              public Store open(StoreContext context) {
                Item hello =
                    new Item("1", "v1", JsonObject.of("text", new JsonString(
                        context.settings().string("text"))));
                return new Store() {
                  @Override
                  public Optional<Item> get(String id) {
                    return id.equals(hello.id()) ? Optional.of(hello) : Optional.empty();
                  }

                  @Override
                  public Page list(Query query) {
                    return Page.last(List.of(hello));
                  }
                };
              }
            }
            """)
        .service("com.example.GreetingService")
        .buildInto(directory.resolve("plugins"));
    Files.writeString(
        directory.resolve("mapping.yaml"),
        """
        resources:
          greetings:
            service: greeting
            settings:
              text: hello, world
        """);

    ServerProcess.Finished listed = ServerProcess.run(directory, "plugins", "--plugins", "plugins");
    assertThat(listed.exitCode()).isZero();
    assertThat(listed.output()).containsPattern("greeting +\\S*greeting\\.jar");

    ServerProcess.Finished validated =
        ServerProcess.run(directory, "validate", "mapping.yaml", "--plugins", "plugins");
    assertThat(validated.errors()).isEmpty();
    assertThat(validated.exitCode()).isZero();

    try (ServerProcess server = ServerProcess.serve(directory, "--plugins", "plugins")) {
      HttpResponse<String> item = server.get("/api/greetings/1");
      assertThat(item.statusCode()).isEqualTo(200);
      assertThat(item.headers().firstValue("ETag")).hasValue("\"v1\"");
      assertThat(item.body()).contains("\"text\":\"hello, world\"");

      HttpResponse<String> list = server.get("/api/greetings");
      assertThat(list.statusCode()).isEqualTo(200);
      assertThat(list.body()).startsWith("[").contains("hello, world");

      assertThat(server.get("/api/greetings/2").statusCode()).isEqualTo(404);
      assertThat(server.errors()).isEmpty();
    }
  }

  @Test
  void plugins_with_two_versions_of_one_library_serve_side_by_side() throws Exception {
    Path plugins = directory.resolve("plugins");
    plugin(plugins.resolve("old"), "Old", 1);
    plugin(plugins.resolve("new"), "New", 2);
    Files.writeString(directory.resolve("mapping.yaml"), "resources:\n  olds: old\n  news: new\n");

    try (ServerProcess server = ServerProcess.serve(directory, "--plugins", "plugins")) {
      for (int round = 0; round < 2; round++) {
        assertThat(server.get("/api/olds/1").body()).contains("\"library\":\"version 1\"");
        assertThat(server.get("/api/news/1").body()).contains("\"library\":\"version 2\"");
      }
      assertThat(server.errors()).isEmpty();
    }
  }

  /** A plugin with a library whose one method has another name in each version. */
  private static void plugin(Path plugin, String name, int version) {
    Path library =
        PluginJar.named("library")
            .source(
                """
                package com.example.library;

                public final class Library {
                  public static String version%1$d() {
                    return "version %1$d";
                  }
                }
                """
                    .formatted(version))
            .buildInto(plugin);
    PluginJar.named("plugin")
        .against(library)
        .source(
            """
            package com.example;

            import com.example.library.Library;
            import dev.backplane.spi.*;
            import java.util.List;
            import java.util.Optional;

            public final class %1$sService implements Service {
              @Override
              public String name() {
                return "%2$s";
              }

              @Override
              public Store open(StoreContext context) {
                return new Store() {
                  @Override
                  public Optional<Item> get(String id) {
                    JsonString version = new JsonString(Library.version%3$d());
                    return Optional.of(new Item(id, "1", JsonObject.of("library", version)));
                  }

                  @Override
                  public Page list(Query query) {
                    return Page.last(List.of());
                  }
                };
              }
            }
            """
                .formatted(name, name.toLowerCase(java.util.Locale.ROOT), version))
        .service("com.example." + name + "Service")
        .buildInto(plugin);
  }
}
