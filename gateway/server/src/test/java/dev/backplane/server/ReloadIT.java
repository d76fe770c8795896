package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.Inspector;
import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import dev.backplane.core.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the mapping and of plugins while clients are served. */
@Timeout(300)
class ReloadIT {
  private static final String NOTES = "  notes: {service: memory, page-size: %d}\n";

  @TempDir private Path directory;
  private Path mapping;
  private Path plugins;

  @BeforeEach
  void prepare() throws IOException {
    mapping = directory.resolve("mapping.yaml");
    plugins = Files.createDirectory(directory.resolve("plugins"));
  }

  @Test
  void noRequestFails_andNoDataIsLost_howeverTheMappingIsChanged() throws Exception {
    write(NOTES.formatted(10));
    try (ReloadingServer server = new ReloadingServer(mapping)) {
      server.send(Request.json("POST", "/api/notes", "{\"id\": \"1\"}"));
      Request change = Request.json("PUT", "/api/notes/1", "{\"id\": \"1\", \"text\": \"kept\"}");
      try (Load reads =
              Load.on(server.port(), 3, Request.of("GET", "/api/notes/1"), ReloadIT::isOk);
          Load lists = Load.on(server.port(), 2, Request.of("GET", "/api/notes"), ReloadIT::isOk);
          Load ready =
              Load.on(server.port(), 1, Request.of("GET", "/health/ready"), ReloadIT::isOk);
          Load writes = Load.on(server.port(), 2, change, ReloadIT::isOk)) {
        for (int n = 0; n < 20; n++) {
          change(n, NOTES.formatted(10 + n) + "  more" + n + ": memory\n");
          server.await(200, "/api/more" + n);
        }
        for (Load load : new Load[] {reads, lists, ready, writes}) {
          assertThat(load.failures()).isEmpty();
          assertThat(load.answers()).isGreaterThan(20);
        }
      }
      assertThat(server.get("/api/notes/1").text()).contains("kept");
      assertThat(server.get("/api/more18").status()).isEqualTo(404);
      assertThat(server.told())
          .startsWith("Reloaded " + mapping + ": opened more0; kept notes; closed nothing\n")
          .contains("opened more1; kept notes; closed more0\n");
    }
  }

  private static boolean isOk(Answer answer) {
    return answer.status() == 200;
  }

  /** In each way that an editor or a deployment has. */
  private void change(int n, String resources) throws IOException {
    if (n % 3 == 0) {
      write(resources);
      return;
    }
    Path next = directory.resolve("next" + n + ".yaml");
    Files.writeString(next, "resources:\n" + resources);
    if (n % 3 == 1) {
      Files.move(next, mapping, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    Path link = Files.createSymbolicLink(directory.resolve("link" + n), next);
    Files.move(link, mapping, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void runningRequest_endsOnTheStoreThatItBeganWith() throws Exception {
    SlowPlugin.buildInto(plugins);
    String slow = "  slow: {service: slow, settings: {directory: " + directory + "%s}}\n";
    Files.createDirectory(directory.resolve("next"));
    write(slow.formatted(""));
    try (ReloadingServer server = new ReloadingServer(mapping, plugins)) {
      CompletableFuture<Answer> running =
          CompletableFuture.supplyAsync(
              () -> server.get("/api/slow/1"), task -> Thread.ofPlatform().start(task));
      await(directory.resolve("entered"));

      write(slow.formatted("/next") + "  more: memory\n");
      server.await(200, "/api/more");

      assertThat(running).isNotDone();
      assertThat(directory.resolve("closed")).doesNotExist();
      Files.createFile(directory.resolve("leave"));
      assertThat(running.get().status()).isEqualTo(200);
      await(directory.resolve("closed"));
      assertThat(directory.resolve("next/closed")).doesNotExist();
    }
    assertThat(directory.resolve("next/closed")).exists();
  }

  @Test
  void cursor_staysGood_withoutASecretInTheMapping() throws Exception {
    write(NOTES.formatted(1));
    try (ReloadingServer server = new ReloadingServer(mapping)) {
      server.send(Request.json("POST", "/api/notes", "{\"id\": \"1\"}"));
      server.send(Request.json("POST", "/api/notes", "{\"id\": \"2\"}"));
      String link = server.get("/api/notes?_limit=1").header("Link").orElseThrow();
      String next = link.replaceFirst(".*<([^>]*)>; rel=\"next\".*", "$1");
      assertThat(next).contains("_cursor=");

      write(NOTES.formatted(2) + "  more: memory\n");
      server.await(200, "/api/more");

      assertThat(server.get(next).text()).contains("\"2\"").doesNotContain("\"1\"");
    }
  }

  @Test
  void schema_isTakenIn_whenItsFileChanges() throws Exception {
    Path schema = Files.writeString(directory.resolve("note.json"), "{\"required\": [\"old\"]}");
    write("  notes: {service: memory, schema: note.json}\n");
    Request old = Request.json("POST", "/api/notes", "{\"old\": 1}");
    try (ReloadingServer server = new ReloadingServer(mapping)) {
      assertThat(server.send(old).status()).isEqualTo(201);

      Path later = Files.writeString(directory.resolve("later.json"), "{\"required\": [\"new\"]}");
      Files.move(later, schema, StandardCopyOption.REPLACE_EXISTING);
      while (server.send(old).status() != 422) {
        Thread.sleep(5);
      }
      assertThat(server.get("/api/notes").text()).contains("\"old\":1");
    }
  }

  /** Loads a class for each id only when it is asked for, as a plugin does with rare things. */
  private static final String LAZY =
      """
      package com.example;

      import dev.backplane.spi.*;
      import java.util.*;

      public final class LazyService implements Service {
        public String name() {
          return "lazy";
        }

        public Store open(StoreContext context) {
          return new Store() {
            public Optional<Item> get(String id) {
              try {
                Object word = Class.forName("com.example.Lazy" + id).getConstructor().newInstance();
                return Optional.of(
                    new Item(id, "1", JsonObject.of("text", new JsonString(word.toString()))));
              } catch (ReflectiveOperationException wrong) {
                throw new IllegalStateException(wrong);
              }
            }

            public Page list(Query query) {
              return Page.last(List.of(new Item("0", "1", JsonObject.of("v", new JsonString("%s")))));
            }
          };
        }
      }
      """;

  @Test
  void jarThatIsWrittenOver_doesNoHarm_andIsTakenIn() throws Exception {
    lazy("version 0");
    write("  lazy: lazy\n");
    try (ReloadingServer server = new ReloadingServer(mapping, plugins);
        Load lists = Load.on(server.port(), 2, Request.of("GET", "/api/lazy"), ReloadIT::isOk)) {
      for (int version = 1; version <= 3; version++) {
        int loaded = version * 20;
        lazy("version " + version);
        for (int n = loaded; n < loaded + 20; n++) { // of the old jar, of the new one, of either
          assertThat(server.get("/api/lazy/" + n).text()).contains("word " + n);
        }
        server.await("version " + version, "/api/lazy");
      }
      assertThat(lists.failures()).isEmpty();
    }
  }

  private void lazy(String version) {
    PluginJar jar = PluginJar.named("lazy").source(LAZY.formatted(version));
    for (int n = 0; n < 80; n++) {
      jar.source(
          "package com.example; public final class Lazy%d { public String toString() { return \"%s\"; } }"
              .formatted(n, "word " + n + " " + version.repeat(n % 7)));
    }
    jar.service("com.example.LazyService").buildInto(plugins);
  }

  @Test
  void process_tellsWhatItTookIn_andWhatItRefused() throws Exception {
    write(NOTES.formatted(10));
    try (ServerProcess server =
        ServerProcess.serve(directory, "--plugins", "plugins", "--reload", "20ms")) {
      SlowPlugin.buildInto(plugins);
      write(NOTES.formatted(10) + "  slow: {service: slow, settings: {directory: .}}\n");
      await(server, "/api/slow", 200);
      assertThat(server.errors()).isEmpty();

      Files.delete(plugins.resolve("slow.jar"));
      awaitError(server, "resource \"slow\": no plugin brings a service \"slow\"");
      write("  notes: memroy\n");
      awaitError(
          server, "mapping.yaml:2:3: resource \"notes\": no plugin brings a service \"memroy\"");
      assertThat(server.get("/api/slow").statusCode()).isEqualTo(200);
      assertThat(server.errors())
          .contains("A change is refused; what was served before is served on:");

      write(NOTES.formatted(10) + "  repaired: memory\n");
      await(server, "/api/repaired", 200);
      assertThat(server.get("/api/slow").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void process_takesInAPlugin_onceTheLockListsIt() throws Exception {
    write(NOTES.formatted(10));
    Inspector.lockPlugins(plugins);
    try (ServerProcess server =
        ServerProcess.serve(directory, "--plugins", "plugins", "--reload", "20ms")) {
      SlowPlugin.buildInto(plugins);
      awaitError(server, "slow.jar is not listed in plugins/plugins.lock; remove it, or if");
      write(NOTES.formatted(10) + "  slow: {service: slow, settings: {directory: .}}\n");
      awaitError(server, "resource \"slow\": no plugin brings a service \"slow\"");
      assertThat(server.get("/api/notes").statusCode()).isEqualTo(200);

      Inspector.lockPlugins(plugins);
      await(server, "/api/slow", 200);
    }
  }

  @Test
  void process_looksNoMore_whenItIsToldSo() throws Exception {
    write(NOTES.formatted(10));
    try (ServerProcess server = ServerProcess.serve(directory, "--reload", "off")) {
      write("  more: memory\n");
      // what a server that looks every 20 ms would long have seen
      try (ReloadingServer other = new ReloadingServer(mapping)) {
        write("  others: memory\n");
        other.await(200, "/api/others");
      }
      assertThat(server.get("/api/notes").statusCode()).isEqualTo(200);
      assertThat(server.get("/api/others").statusCode()).isEqualTo(404);
    }
  }

  private void write(String resources) throws IOException {
    Files.writeString(mapping, "resources:\n" + resources);
  }

  private static void await(Path file) throws InterruptedException {
    while (!Files.exists(file)) {
      Thread.sleep(5);
    }
  }

  private static void await(ServerProcess server, String path, int status) throws Exception {
    while (server.get(path).statusCode() != status) {
      Thread.sleep(5);
    }
  }

  private static void awaitError(ServerProcess server, String error) throws InterruptedException {
    while (!server.errors().contains(error)) {
      Thread.sleep(5);
    }
  }
}
