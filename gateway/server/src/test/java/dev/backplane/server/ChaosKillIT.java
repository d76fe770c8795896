package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.plugin.PluginJar;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed ({@code kill -9}) while clients write and while it takes in changes of its
 * mapping and of a plugin, and is started again on what it left.
 */
@Timeout(600)
class ChaosKillIT {
  private static final String PLUGIN = "  plain%d: plain\n";

  private static final String SOURCE =
      """
      package com.example;

      import dev.backplane.spi.*;
      import java.util.*;

      public final class PlainService implements Service {
        public String name() {
          return "plain";
        }

        public Store open(StoreContext context) {
          return new Store() {
            public Optional<Item> get(String id) {
              return Optional.empty();
            }

            public Page list(Query query) {
              return Page.last(List.of());
            }
          };
        }
      }
      """;

  @TempDir private Path directory;
  private Path plugins;
  private Path temporary;
  private final AtomicReference<URI> url = new AtomicReference<>(URI.create("http://127.0.0.1:1"));

  @Test
  void nothingAcknowledged_isLost_andNothingIsLeftBehind_whenTheServerIsKilled() throws Exception {
    plugins = Files.createDirectory(directory.resolve("plugins"));
    temporary = Files.createDirectory(directory.resolve("tmp"));
    PluginJar.named("plain").source(SOURCE).service("com.example.PlainService").buildInto(plugins);
    ChaosClient client = new ChaosClient(url::get);
    List<ChaosWriter> dynamo = ChaosWriters.of(client, "dynamo");
    List<ChaosWriter> sql = ChaosWriters.of(client, "sql");
    List<ChaosWriter> all = new ArrayList<>(dynamo);
    all.addAll(sql);
    int kills = Math.max(1, ChaosStorms.SECONDS / 6);
    ServerProcess server = serve();
    try {
      all.forEach(ChaosWriter::prepare);
      ChaosStorms writers = new ChaosStorms(all);
      for (int kill = 1; kill <= kills; kill++) {
        changeAllTheTime(client, 40 + new Random(ChaosStorms.SEED + kill).nextInt(40));
        server.close(); // SIGKILL
        server = serve();
      }
      // a key whose server died is free again a minute later, which only the long run waits for
      client.giveUp(ChaosStorms.SECONDS < 20);
      writers.end();
      client.giveUp(false);

      ChaosVerdict verdict = ChaosStorms.verdict(client, dynamo, sql);
      System.out.printf("chaos: killed %d times: %s; %s%n", kills, client, verdict);
      assertThat(verdict.wrong()).isEmpty();
      assertThat(copies()).hasSize(1);
    } finally {
      server.close();
    }
    assertThat(children()).isEmpty();
  }

  private ServerProcess serve() throws Exception {
    ChaosEmbedded.writeMapping(directory, directory.resolve("data"), PLUGIN.formatted(0));
    ServerProcess started =
        ServerProcess.start(
            directory,
            Map.of("BACKPLANE_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary),
            ServerProcess.DISTRIBUTION.resolve("bin/backplane"),
            "serve",
            "--port",
            "0",
            "--plugins",
            "plugins",
            "--reload",
            "10ms");
    url.set(started.url());
    return started;
  }

  /** Writes mapping and jar over and over, in place and in halves, until clients have written. */
  private void changeAllTheTime(ChaosClient client, int writes) throws Exception {
    Path mapping = directory.resolve("mapping.yaml");
    Path jar = plugins.resolve("plain.jar");
    byte[] bytes = Files.readAllBytes(jar);
    AtomicBoolean over = new AtomicBoolean();
    Thread changing =
        Thread.ofPlatform()
            .start(() -> {
              for (int n = 1; !over.get(); n++) {
                try {
                  ChaosEmbedded.writeMapping(
                      directory, directory.resolve("data"), PLUGIN.formatted(n));
                  pause(30);
                  byte[] whole = Files.readAllBytes(mapping);
                  Files.write(mapping, Arrays.copyOf(whole, whole.length / 2));
                  Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
                  pause(15);
                  Files.write(jar, bytes);
                } catch (IOException failure) {
                  throw new IllegalStateException(failure);
                }
              }
            });
    long enough = client.acknowledged() + writes;
    while (client.acknowledged() < enough) {
      Thread.sleep(1);
    }
    over.set(true);
    changing.join();
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all.filter(path -> path.getFileName().toString().startsWith("backplane-plugin-"))
          .toList();
    }
  }

  /** The databases that the killed servers had started, once they had the time to end. */
  private List<String> children() throws InterruptedException {
    List<String> left = List.of("not looked for yet");
    for (int i = 0; i < 100 && !left.isEmpty(); i++) {
      left =
          ProcessHandle.allProcesses()
              .flatMap(process -> process.info().commandLine().stream())
              .filter(line -> line.contains(directory.toString()))
              .toList();
      Thread.sleep(50);
    }
    return left;
  }
}
