package dev.backplane.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.core.plugin.PluginJar;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a reload takes in, what it keeps, and what it closes. */
@Timeout(300)
class GatewayReloadTest {
  /**
   * Where each plugin leaves a weak reference to its class loader; the JDK is all that we share.
   */
  private static final String LOADERS = GatewayReloadTest.class.getName();

  @TempDir private Path directory;
  private Path plugins;
  private Path mapping;
  private Path traces;

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectory(directory.resolve("plugins"));
    traces = Files.createDirectory(directory.resolve("traces"));
    mapping = directory.resolve("mapping.yaml");
    System.getProperties().put(LOADERS, new CopyOnWriteArrayList<WeakReference<ClassLoader>>());
    plugin("traces", "first");
  }

  @AfterEach
  void forget() {
    System.getProperties().remove(LOADERS);
  }

  @Test
  void store_isKept_whenNothingThatItKnowsOfChanged() throws IOException {
    write("resources:\n  a: {service: traces, settings: {as: a}}\n");
    try (Gateway gateway = start()) {
      write(
          """
          # another line
          max-body-size: 2MB
          cors: {origins: ["*"]}
          resources:
            b: {service: traces, settings: {as: b}}
            a: {service: traces, page-size: 3, disabled: [delete], settings: {as: a}}
          """);

      Gateway.Reloaded reloaded = gateway.reload();

      assertThat(reloaded.opened()).containsExactly("b");
      assertThat(reloaded.kept()).containsExactly("a");
      assertThat(reloaded.closed()).isEmpty();
      assertThat(gateway.resources()).extracting(Gateway.Resource::name).containsExactly("b", "a");
      assertThat(trace("a")).isEqualTo("opened by first, started, ");
      assertThat(trace("b")).isEqualTo("opened by first, started, ");
    }
    assertThat(trace("a")).isEqualTo("opened by first, started, closed, ");
    assertThat(trace("b")).isEqualTo("opened by first, started, closed, ");
  }

  @Test
  void store_isOpenedAnew_andTheOldOneClosed_whenItsSettingsChanged() throws Exception {
    write(
        "resources:\n  a: {service: traces, settings: {as: old}}\n  b: {service: traces, settings: {as: b}}\n");
    try (Gateway gateway = start()) {
      write("resources:\n  a: {service: traces, settings: {as: new}}\n");

      Gateway.Reloaded reloaded = gateway.reload();

      assertThat(reloaded)
          .isEqualTo(new Gateway.Reloaded(List.of("a"), List.of(), List.of("a", "b")));
      awaitTrace("old", "opened by first, started, closed, ");
      awaitTrace("b", "opened by first, started, closed, ");
      assertThat(trace("new")).isEqualTo("opened by first, started, ");
    }
  }

  @Test
  void brokenMapping_isRefused_closesWhatItOpened_andTheOldOneServesOn() throws Exception {
    write("resources:\n  a: {service: traces, settings: {as: a}}\n");
    try (Gateway gateway = start()) {
      write(
          "resources:\n  a: {service: traces, settings: {as: a}}\n  b: {service: traces, settings: {as: b}}\n  c: tracse\n");

      assertThatThrownBy(gateway::reload)
          .isInstanceOf(Gateway.StartException.class)
          .hasMessageContaining("mapping.yaml:4:3: resource \"c\": no plugin brings a service")
          .hasMessageContaining("did you mean \"traces\"?");

      assertThat(gateway.resources()).extracting(Gateway.Resource::name).containsExactly("a");
      assertThat(trace("a")).isEqualTo("opened by first, started, ");
      assertThat(trace("b")).isEqualTo("opened by first, closed, ");
      write(
          "resources:\n  a: {service: traces, settings: {as: a}}\n  b: {service: traces, settings: {as: b}}\n");
      assertThat(gateway.reload().opened()).containsExactly("b");
    }
  }

  @Test
  void storeThatDoesNotStart_isRefused_andTheOldOneServesOn() throws Exception {
    write("resources:\n  a: {service: traces, settings: {as: a}}\n");
    try (Gateway gateway = start()) {
      write("resources:\n  a: {service: traces, settings: {as: broken}}\n");

      assertThatThrownBy(gateway::reload)
          .isInstanceOf(Gateway.StartException.class)
          .hasMessageContaining("setting \"as\" is wrong after all");

      assertThat(trace("broken")).isEqualTo("opened by first, started, closed, ");
      assertThat(trace("a")).isEqualTo("opened by first, started, ");
    }
  }

  @Test
  void plugin_isTaken_whenItIsDroppedIn_andItsRemovalRefused_whileItIsNeeded() throws Exception {
    write("resources:\n  a: {service: traces, settings: {as: a}}\n");
    try (Gateway gateway = start()) {
      Path jar = plugin("others", "dropped");
      write(
          "resources:\n  a: {service: traces, settings: {as: a}}\n  o: {service: others, settings: {as: o}}\n");
      assertThat(gateway.reload().opened()).containsExactly("o");
      assertThat(trace("o")).isEqualTo("opened by dropped, started, ");

      Files.delete(jar);
      assertThatThrownBy(gateway::reload)
          .hasMessageContaining("no plugin brings a service \"others\"");
      assertThat(trace("o")).isEqualTo("opened by dropped, started, ");

      write("resources:\n  a: {service: traces, settings: {as: a}}\n");
      assertThat(gateway.reload().closed()).containsExactly("o");
      awaitTrace("o", "opened by dropped, started, closed, ");
      assertThat(trace("a")).isEqualTo("opened by first, started, ");
    }
  }

  @Test
  void jar_isTakenAnew_whenItIsWrittenOver_andItsStoresKept_whenItIsOnlyTouched() throws Exception {
    write("resources:\n  a: {service: traces, settings: {as: a}}\n");
    try (Gateway gateway = start()) {
      Path jar = plugins.resolve("traces.jar");
      Path copy = Files.copy(jar, directory.resolve("copy"));
      Files.move(copy, jar, StandardCopyOption.REPLACE_EXISTING);
      assertThat(gateway.reload().kept()).containsExactly("a");

      plugin("traces", "second");
      assertThat(gateway.reload().opened()).containsExactly("a");
      awaitTrace("a", "opened by first, started, opened by second, started, closed, ");
    }
  }

  @Test
  void classLoaders_ofReplacedPlugins_areCollected() throws Exception {
    write("resources:\n  a: {service: traces, settings: {as: a}}\n");
    try (Gateway gateway = start()) {
      for (int n = 0; n < 20; n++) {
        plugin("traces", "number " + n);
        assertThat(gateway.reload().opened()).containsExactly("a");
      }
      assertThat(loaders()).hasSize(21);
      while (loaders().stream().filter(loader -> loader.get() != null).count() > 1) {
        System.gc();
        Thread.sleep(20); // until the last drain has ended; @Timeout fails the test otherwise
      }
    }
  }

  @Test
  void copiesOfJars_areRemoved() throws Exception {
    write("resources:\n  a: {service: traces, settings: {as: a}}\n");
    long before = copies();
    try (Gateway gateway = start()) {
      assertThat(copies()).isEqualTo(before + 1);
      plugin("traces", "second");
      gateway.reload();
    }
    assertThat(copies()).isEqualTo(before);
  }

  @Test
  void files_nameTheSchemas_alsoOfAMappingThatWasRefused() throws Exception {
    write("resources:\n  a: {service: traces, settings: {as: a}}\n");
    try (Gateway gateway = start()) {
      assertThat(gateway.files()).containsExactlyInAnyOrder(mapping, plugins);
      write("resources:\n  a: {service: nobody, schema: a.json}\n");
      assertThatThrownBy(gateway::reload).isInstanceOf(Gateway.StartException.class);
      assertThat(gateway.files())
          .containsExactlyInAnyOrder(mapping, plugins, directory.resolve("a.json"));
    }
  }

  private Gateway start() {
    return Gateway.start(
        new Gateway.Options(mapping, List.of(plugins), Map.of(), List.of(plugins)));
  }

  private void write(String text) throws IOException {
    Files.writeString(mapping, text);
  }

  private String trace(String name) throws IOException {
    return Files.readString(traces.resolve(name));
  }

  private void awaitTrace(String name, String trace) throws Exception {
    while (!trace(name).equals(trace)) {
      Thread.sleep(10); // the last request may end later; @Timeout fails the test otherwise
    }
  }

  @SuppressWarnings("unchecked")
  private static List<WeakReference<ClassLoader>> loaders() {
    return (List<WeakReference<ClassLoader>>) System.getProperties().get(LOADERS);
  }

  private static long copies() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("backplane-plugin-"))
          .filter(file -> Files.exists(file.resolve("traces.jar")))
          .count();
    }
  }

  private Path plugin(String name, String version) {
    return PluginJar.named(name)
        .source(SOURCE.formatted(name, version, traces, LOADERS))
        .service(name + ".TracesService")
        .buildInto(plugins);
  }

  /** Writes each step of a store's life into a file. */
  private static final String SOURCE =
      """
      package %1$s;

      import dev.backplane.spi.*;
      import java.lang.ref.WeakReference;
      import java.nio.file.*;
      import java.util.*;

      public final class TracesService implements Service {
        @SuppressWarnings("unchecked")
        public TracesService() {
          List<Object> loaders = (List<Object>) System.getProperties().get("%4$s");
          loaders.add(new WeakReference<>(getClass().getClassLoader()));
        }

        public String name() {
          return "%1$s";
        }

        public Store open(StoreContext context) {
          Traced traced = new Traced(context.settings().string("as"));
          traced.leave("opened by %2$s");
          return traced;
        }

        record Traced(String as) implements StartableStore {
          void leave(String step) {
            try {
              Path file = Path.of("%3$s", as);
              Files.writeString(
                  file, step + ", ", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (java.io.IOException failure) {
              throw new java.io.UncheckedIOException(failure);
            }
          }

          public void start() {
            leave("started");
            if (as.equals("broken")) {
              throw new SettingException("as", "is wrong after all");
            }
          }

          public Optional<Item> get(String id) {
            return Optional.empty();
          }

          public Page list(Query query) {
            return Page.last(List.of());
          }

          public void close() {
            leave("closed");
          }
        }
      }
      """;
}
