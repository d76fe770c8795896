package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import dev.backplane.core.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What relations cost a backend, told by a plugin that counts its calls; and one that fails. */
final class RelationIT {
  private static final String COUNTING =
      """
      package com.example;

      import dev.backplane.spi.*;
      import java.util.*;
      import java.util.concurrent.atomic.AtomicInteger;
      import java.util.stream.IntStream;

      public final class CountingService implements Service {
        @Override
        public String name() {
          return "counting";
        }

        @Override
        public Store open(StoreContext context) {
          int items = (int) context.settings().integer("items", 0, 0, 1000);
          return new Counting(items);
        }

        private static final class Counting implements BatchGetStore {
          private final AtomicInteger calls = new AtomicInteger();
          private final int items;

          Counting(int items) {
            this.items = items;
          }

          @Override
          public Optional<Item> get(String id) {
            if (id.equals("calls")) {
              return Optional.of(
                  new Item(id, "1", JsonObject.of("calls", JsonNumber.of(calls.getAndSet(0)))));
            }
            calls.incrementAndGet();
            return Optional.of(item(Integer.parseInt(id)));
          }

          @Override
          public List<Item> getAll(Set<String> ids) {
            calls.incrementAndGet();
            return ids.stream().map(id -> item(Integer.parseInt(id))).toList();
          }

          @Override
          public Page list(Query query) {
            calls.incrementAndGet();
            return Page.last(IntStream.range(0, items).mapToObj(Counting::item).toList());
          }

          private static Item item(int n) {
            JsonObject body =
                JsonObject.builder()
                    .put("id", JsonNumber.of(n))
                    .put("other", JsonNumber.of(n % 7))
                    .build();
            return new Item("" + n, "1", body);
          }
        }
      }
      """;

  private static final String FAILING =
      """
      package com.example;

      import dev.backplane.spi.*;
      import java.util.Optional;

      public final class FailingService implements Service {
        @Override
        public String name() {
          return "failing";
        }

        @Override
        public Store open(StoreContext context) {
          return new Store() {
            @Override
            public Optional<Item> get(String id) {
              throw new StoreException(StoreException.Reason.THROTTLED, "Too many requests.");
            }

            @Override
            public Page list(Query query) {
              throw new IllegalStateException("table secret-table is gone");
            }
          };
        }
      }
      """;

  @TempDir private Path directory;
  private SocketClient client;

  @BeforeEach
  void start() throws Exception {
    Path plugins = directory.resolve("plugins");
    plugin("counting", COUNTING, plugins);
    plugin("failing", FAILING, plugins);
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        resources:
          posts:
            service: counting
            settings: {items: 25}
            relations:
              author: {resource: authors, field: other}
              comments: {resource: comments, foreign-field: other}
              busy: {resource: broken, field: other}
              gone: {resource: broken, foreign-field: other}
          authors:
            service: counting
            relations:
              comments: {resource: comments, foreign-field: other}
          comments:
            service: counting
            settings: {items: 100}
            relations:
              author: {resource: authors, field: other}
          broken: failing
        """);
    client = SocketClient.start(mapping, plugins);
  }

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void page_of_25_is_one_call_for_each_relation_and_backend() {
    Answer page = get(200, "/api/posts?_expand=author.comments&_embed=comments.author");
    String ids =
        IntStream.range(0, 25)
            .mapToObj(n -> "\"id\":" + n + ",\"other\"")
            .collect(Collectors.joining("|"));
    assertThat(page.text()).containsPattern(ids);

    assertThat(calls("posts")).isEqualTo(1);
    assertThat(calls("authors")).as("of the posts, and of the comments").isEqualTo(2);
    assertThat(calls("comments")).as("of the posts, and of the authors").isEqualTo(2);
  }

  @Test
  void backend_that_fails_is_a_problem_that_names_the_relation() {
    Answer throttled = get(503, "/api/posts?_expand=busy");
    assertThat(throttled.header("Retry-After")).isPresent();
    assertThat(throttled.text()).contains("busy", "Too many requests.");

    Answer gone = get(502, "/api/posts/1?_embed=gone");
    assertThat(gone.text()).contains("gone").doesNotContain("secret");
    get(200, "/api/posts/1");
  }

  private int calls(String resource) {
    String text = get(200, "/api/" + resource + "/calls").text();
    return Integer.parseInt(text.replaceAll(".*\"calls\":([0-9]+).*", "$1"));
  }

  private Answer get(int status, String target) {
    Answer answer = client.send(Request.of("GET", target));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    return answer;
  }

  private static void plugin(String name, String source, Path plugins) throws IOException {
    String type = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
    PluginJar.named(name)
        .source(source)
        .service("com.example." + type + "Service")
        .buildInto(plugins);
  }
}
