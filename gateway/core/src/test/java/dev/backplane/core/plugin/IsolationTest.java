package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backplane.spi.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

final class IsolationTest {
  @TempDir private Path plugins;
  @TempDir private Path elsewhere;

  private static PluginJar answering(String name, String className, String answer) {
    return PluginJar.named(name)
        .source(Sources.answering(className, name, answer))
        .service("com.example." + className);
  }

  private static String ask(OpenStore store, String question) {
    return ((JsonString) store.get(question).orElseThrow().body().get("answer").orElseThrow())
        .value();
  }

  private String askProbe(String answer, String question) {
    answering("probe", "ProbeService", answer).buildInto(plugins);
    return askProbe(question);
  }

  private String askProbe(String question) {
    try (Plugins discovered = Plugins.discover(List.of(plugins))) {
      assertThat(discovered.found()).allMatch(found -> found.problem().isEmpty());
      try (OpenStore store = discovered.open("probe", TestContext.of("things"))) {
        return ask(store, question);
      }
    }
  }

  @Test
  void get_when_twoPluginsHaveConflictingVersionsOfALibrary() {
    PluginJar one =
        PluginJar.named("lib-1")
            .source(
                "package lib; public class Library { public static String text() { return \"1\"; } }");
    PluginJar two =
        PluginJar.named("lib-2")
            .source(
                "package lib; public class Library { public static int number() { return 2; } }");
    answering("one", "SameService", "return lib.Library.text();")
        .against(one.buildInto(plugins.resolve("one")))
        .buildInto(plugins.resolve("one"));
    answering("two", "SameService", "return \"\" + lib.Library.number();")
        .against(two.buildInto(plugins.resolve("two")))
        .buildInto(plugins.resolve("two"));

    try (Plugins discovered = Plugins.discover(List.of(plugins))) {
      assertThat(discovered.problems()).isEmpty();
      OpenStore first = discovered.open("one", TestContext.of("things"));
      OpenStore second = discovered.open("two", TestContext.of("things"));

      assertThat(ask(first, "?")).isEqualTo("1");
      assertThat(ask(second, "?")).isEqualTo("2");
      assertThat(ask(first, "?")).isEqualTo("1");
    }
  }

  @Test
  void loadClass_when_theClassIsTheGateways() {
    String visible =
        """
        StringBuilder visible = new StringBuilder();
        for (String name : id.split(" ")) {
          try {
            Class.forName(name, false, ProbeService.class.getClassLoader());
            visible.append(name).append(' ');
          } catch (ClassNotFoundException hidden) {
          }
        }
        return visible.toString().trim();
        """;

    assertThat(
            askProbe(
                visible,
                "io.javalin.Javalin tools.jackson.core.JsonParser dev.backplane.core.Gateway"
                    + " org.slf4j.Logger org.slf4j.event.Level dev.backplane.spi.Store"
                    + " java.sql.Driver org.snakeyaml.engine.v2.api.Load dev.backplane.spiral.Store"
                    + " org.junit.jupiter.api.Test com.example.ProbeService kotlin.Unit"
                    + " java.net.http.HttpClient jakarta.servlet.Servlet"))
        .isEqualTo(
            "org.slf4j.Logger org.slf4j.event.Level dev.backplane.spi.Store java.sql.Driver"
                + " com.example.ProbeService java.net.http.HttpClient");
    assertThat(List.of("io.javalin.Javalin", "tools.jackson.core.JsonParser", "kotlin.Unit"))
        .as("the gateway has what the plugin must not see")
        .allSatisfy(name -> assertThat(Class.forName(name)).isNotNull());
  }

  @Test
  void getResources_when_theResourceIsTheGateways() throws IOException {
    String logging = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
    String javalin = "io/javalin/Javalin.class";
    String own = "META-INF/services/dev.backplane.spi.Service";
    assertThat(Stream.of(logging, javalin))
        .allMatch(name -> getClass().getClassLoader().getResource(name) != null);

    String found =
        """
        ClassLoader loader = ProbeService.class.getClassLoader();
        StringBuilder found = new StringBuilder();
        for (String name : id.split(" ")) {
          int count = Collections.list(loader.getResources(name)).size();
          found.append(count).append(loader.getResource(name) != null).append(' ');
        }
        return found.toString().trim();
        """;

    assertThat(askProbe(found, String.join(" ", logging, javalin, own, "org/slf4j/Logger.class")))
        .isEqualTo("0false 0false 1true 1true");
  }

  @Test
  void serviceLoader_when_thePluginHasServicesOfItsOwn() {
    answering(
            "probe",
            "ProbeService",
            """
            List<String> names = new ArrayList<>();
            // By the context class loader, as libraries do.
            for (Codec codec : ServiceLoader.load(Codec.class)) {
              names.add(codec.getClass().getSimpleName());
            }
            int services = (int) ServiceLoader.load(Service.class).stream().count();
            return names + " " + services;
            """)
        .source("package com.example; public interface Codec {}")
        .source("package com.example; public class FirstCodec implements Codec {}")
        .file("META-INF/services/com.example.Codec", "com.example.FirstCodec")
        .buildInto(plugins);
    PluginJar.named("other")
        .source(Sources.emptyService("OtherService", "other"))
        .service("com.example.OtherService")
        .buildInto(plugins);

    assertThat(askProbe("?")).isEqualTo("[FirstCodec] 1");
  }

  @Test
  void contextClassLoader_when_thePluginRuns() {
    PluginJar.named("probe")
        .source(
            Sources.answering(
                    "ProbeService",
                    "probe",
                    "note(); return SEEN.size() + \" \" + SEEN.stream().allMatch(l -> l =="
                        + " ProbeService.class.getClassLoader());")
                .replace("String name() {", "String name() { note();")
                .replace("open(StoreContext context) {", "open(StoreContext context) { note();")
                .replace(
                    "static String answer",
                    """
                    static final List<ClassLoader> SEEN = new ArrayList<>();
                    static { note(); }
                    public ProbeService() { note(); }
                    static void note() { SEEN.add(Thread.currentThread().getContextClassLoader()); }
                    static String answer\
                    """))
        .service("com.example.ProbeService")
        .buildInto(plugins);
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    assertThat(askProbe("?")).isEqualTo("5 true");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void open_when_theSpiIsBundled() {
    answering("probe", "ProbeService", "return Service.class.getClassLoader().toString();")
        .bundlingTheSpi()
        .buildInto(plugins);

    assertThat(askProbe("?")).isEqualTo(getClass().getClassLoader().toString());
  }

  @Test
  void logging_when_thePluginLogs() {
    answering("probe", "ProbeService", "return org.slf4j.LoggerFactory.getLogger(id).getName();")
        .against(Logger.class)
        .buildInto(plugins);

    assertThat(askProbe("a.logger")).isEqualTo("a.logger");
  }

  @Test
  void getResource_when_thePluginReadsItsOwnFiles() {
    String read =
        """
        java.net.URL url = ProbeService.class.getResource("/data/a b.txt");
        try (var byUrl = url.openStream();
            var byName = ProbeService.class.getResourceAsStream("/data/a b.txt");
            var beside = new java.net.URL(url, "c.txt").openStream()) {
          return new String(byUrl.readAllBytes()) + new String(byName.readAllBytes())
              + new String(beside.readAllBytes());
        }
        """;
    answering("probe", "ProbeService", read)
        .file("data/a b.txt", "hello ")
        .file("data/c.txt", "world")
        .buildInto(plugins);

    assertThat(askProbe("?")).isEqualTo("hello hello world");
  }

  @Test
  void close_when_aPluginReadResources_releasesItsJar() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "only Linux lists the open files of a process");
    String read =
        """
        try (var in = ProbeService.class.getResource("/data.txt").openStream()) {
          return new String(in.readAllBytes());
        }
        """;
    Path jar = answering("probe", "ProbeService", read).file("data.txt", "old").buildInto(plugins);

    try (Plugins discovered = Plugins.discover(List.of(plugins))) {
      assertThat(ask(discovered.open("probe", TestContext.of("things")), "?")).isEqualTo("old");
      assertThat(isOpen(descriptors, jar)).isTrue();
    }

    assertThat(isOpen(descriptors, jar)).isFalse();
  }

  @Test
  void discover_when_aJarWasReplaced() {
    String read =
        "try (var in = ProbeService.class.getResource(\"/data.txt\").openStream()) {"
            + " return new String(in.readAllBytes()); }";
    answering("probe", "ProbeService", read).file("data.txt", "old").buildInto(plugins);
    assertThat(askProbe("?")).isEqualTo("old");

    answering("probe", "ProbeService", read).file("data.txt", "replaced").buildInto(plugins);

    assertThat(askProbe("?")).isEqualTo("replaced");
  }

  private static boolean isOpen(Path descriptors, Path file) throws IOException {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.anyMatch(descriptor -> isTo(descriptor, file));
    }
  }

  private static boolean isTo(Path descriptor, Path file) {
    try {
      return Files.isSameFile(descriptor, file);
    } catch (IOException gone) {
      return false; // a descriptor of the listing itself, or of a pipe
    }
  }
}
