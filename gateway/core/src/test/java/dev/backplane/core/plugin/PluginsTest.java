package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Query;
import dev.backplane.spi.SettingException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginsTest {
  @TempDir private Path plugins;
  @TempDir private Path elsewhere;

  private static PluginJar empty(String jar, String className, String name) {
    return PluginJar.named(jar)
        .source(Sources.emptyService(className, name))
        .service("com.example." + className);
  }

  private Plugins discover() {
    return Plugins.discover(List.of(plugins));
  }

  @Test
  void discover_when_thereIsNothing() {
    try (Plugins discovered = Plugins.discover(List.of())) {
      assertThat(discovered.found()).isEmpty();
      assertThat(discovered.names()).isEmpty();
      assertThat(discovered.problems()).isEmpty();
    }
  }

  @Test
  void discover_when_thereAreJarsAndADirectoryOfJars() {
    empty("two", "TwoService", "two").buildInto(plugins);
    Path library =
        PluginJar.named("lib")
            .source(
                "package lib; public class Name { public static String it() { return \"one\"; } }")
            .buildInto(plugins.resolve("one"));
    PluginJar.named("service")
        .source(
            Sources.service(
                "OneService",
                "@Override public String name() { return lib.Name.it(); }" + Sources.OPENS_EMPTY))
        .service("com.example.OneService")
        .against(library)
        .buildInto(plugins.resolve("one"));

    try (Plugins discovered = discover()) {
      assertThat(discovered.problems()).isEmpty();
      assertThat(discovered.names()).containsExactly("one", "two");
      assertThat(discovered.found())
          .containsExactly(
              new Plugins.Found(
                  plugins.resolve("one").toString(), List.of("one"), Optional.empty()),
              new Plugins.Found(
                  plugins.resolve("two.jar").toString(), List.of("two"), Optional.empty()));
    }
  }

  @Test
  void discover_when_aJarHasTwoServices() {
    PluginJar.named("both")
        .source(Sources.emptyService("OneService", "one"))
        .source(Sources.emptyService("TwoService", "two"))
        .service("com.example.TwoService # the second")
        .service("")
        .service("com.example.OneService")
        .buildInto(plugins);

    try (Plugins discovered = discover()) {
      assertThat(discovered.found().getFirst().services()).containsExactly("two", "one");
    }
  }

  @Test
  void discover_when_thereAreOtherFiles() throws IOException {
    Files.writeString(plugins.resolve("README.md"), "Drop plugins in here.");
    Files.writeString(plugins.resolve(".hidden.jar"), "half of a copy");
    Files.createDirectory(plugins.resolve(".git"));

    try (Plugins discovered = discover()) {
      assertThat(discovered.found()).isEmpty();
      assertThat(discovered.problems()).isEmpty();
    }
  }

  @Test
  void discover_when_theDirectoryIsMissing() {
    Path missing = plugins.resolve("missing");

    try (Plugins discovered = Plugins.discover(List.of(missing))) {
      assertThat(discovered.problems())
          .containsExactly("the plugin directory " + missing + " does not exist; create it");
    }
  }

  @Test
  void discover_when_theDirectoryIsAFile() {
    Path jar = empty("one", "OneService", "one").buildInto(plugins);

    try (Plugins discovered = Plugins.discover(List.of(jar))) {
      assertThat(discovered.names()).isEmpty();
      assertThat(discovered.problems())
          .containsExactly(jar + " is not a directory; name the one that the plugins are in");
    }
  }

  @Test
  void discover_when_oneDirectoryIsGivenTwice() {
    empty("one", "OneService", "one").buildInto(plugins);

    try (Plugins discovered = Plugins.discover(List.of(plugins, plugins.resolve(".")))) {
      assertThat(discovered.problems()).isEmpty();
      assertThat(discovered.found()).hasSize(1);
    }
  }

  @Test
  void discover_when_anEntryHasNoService() {
    Path library = PluginJar.named("library").file("lib.txt", "no service").buildInto(plugins);
    Path empty = PluginJar.named("empty").service("# none yet").buildInto(plugins);

    try (Plugins discovered = discover()) {
      assertThat(discovered.problems()).containsExactly(noService(empty), noService(library));
      assertThat(discovered.found())
          .containsExactly(
              new Plugins.Found(empty.toString(), List.of(), Optional.of(noService(empty))),
              new Plugins.Found(library.toString(), List.of(), Optional.of(noService(library))));
    }
  }

  private static String noService(Path origin) {
    return origin
        + " brings no service: it has no META-INF/services/dev.backplane.spi.Service that names one;"
        + " add it, or if this is a library, put it into a directory together with the plugin that"
        + " needs it";
  }

  @Test
  void discover_when_aDirectoryHasNoJar() throws IOException {
    Path directory = Files.createDirectories(plugins.resolve("one/lib")).getParent();

    try (Plugins discovered = discover()) {
      assertThat(discovered.problems())
          .containsExactly(
              directory + " is a directory without a jar; put the plugin's jars right into it");
    }
  }

  @Test
  void discover_when_aServiceIsThereTwice() {
    Path first = empty("a", "OneService", "one").buildInto(plugins);
    Path second = empty("b", "OtherService", "one").buildInto(plugins);
    String problem =
        "the service \"one\" is there twice, as com.example.OneService in "
            + first
            + " and as com.example.OtherService in "
            + second
            + "; remove one of them";

    try (Plugins discovered = discover()) {
      assertThat(discovered.problems()).containsExactly(problem);
      assertThatThrownBy(() -> discovered.open("one", TestContext.of("things")))
          .isInstanceOf(PluginException.class)
          .hasMessage(problem);
    }
  }

  @Test
  void discover_when_aServiceIsOnTheClassPathAndInADirectory() throws Exception {
    Path flat = empty("a", "OneService", "one").buildInto(elsewhere);
    Path isolated = empty("a", "OneService", "one").buildInto(plugins);

    try (URLClassLoader gateway = flatLoader(flat);
        Plugins discovered = Plugins.discover(List.of(plugins), gateway)) {
      assertThat(discovered.problems()).hasSize(1);
      assertThat(discovered.problems().getFirst())
          .contains(flat.toString())
          .contains(isolated.toString());
    }
  }

  @Test
  void discover_when_pluginsAreOnTheClassPath() throws Exception {
    Path one = empty("one", "OneService", "one").buildInto(elsewhere);
    Path broken = PluginJar.named("broken").service("com.example.Missing").buildInto(elsewhere);

    try (URLClassLoader gateway = flatLoader(broken, one);
        Plugins discovered = Plugins.discover(List.of(), gateway)) {
      assertThat(discovered.problems()).isEmpty();
      assertThat(discovered.names()).containsExactly("one");
      assertThat(discovered.found())
          .containsExactly(
              new Plugins.Found(
                  broken.toString(),
                  List.of(),
                  Optional.of(
                      broken
                          + ": the class com.example.Missing, which"
                          + " META-INF/services/dev.backplane.spi.Service names, is missing;"
                          + " correct the name or add the class")),
              new Plugins.Found(one.toString(), List.of("one"), Optional.empty()));
      OpenStore store = discovered.open("one", TestContext.of("things"));
      assertThat(store.list(Query.first(1)).items()).isEmpty();
    }
  }

  @Test
  void discover_when_theGatewayIsNotInTheSystemLoader() throws Exception {
    Path one = empty("one", "OneService", "one").buildInto(elsewhere);
    URL[] urls =
        Stream.concat(
                Stream.of(one),
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of))
            .map(PluginsTest::url)
            .toArray(URL[]::new);

    try (URLClassLoader lambda = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = lambda.loadClass(Plugins.class.getName());
      assertThat(type).isNotEqualTo(Plugins.class);
      try (AutoCloseable discovered =
          (AutoCloseable) type.getMethod("discover", List.class).invoke(null, List.of())) {
        assertThat(type.getMethod("names").invoke(discovered)).isEqualTo(Set.of("one"));
      }
    }
  }

  private static URLClassLoader flatLoader(Path... jars) {
    return new URLClassLoader(
        Arrays.stream(jars).map(PluginsTest::url).toArray(URL[]::new),
        PluginsTest.class.getClassLoader());
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void open_when_nobodyBringsTheService() {
    empty("one", "OneService", "one").buildInto(plugins);
    empty("two", "TwoService", "two").buildInto(plugins);

    try (Plugins discovered = discover()) {
      assertThatThrownBy(() -> discovered.open("three", TestContext.of("things")))
          .isInstanceOf(PluginException.class)
          .hasMessage("no plugin brings a service \"three\"; the services are one, two");
    }
  }

  @Test
  void open_when_theServiceIsMistyped() {
    empty("one", "OneService", "one").buildInto(plugins);
    empty("two", "TwoService", "two").buildInto(plugins);

    try (Plugins discovered = discover()) {
      assertThatThrownBy(() -> discovered.open("tow", TestContext.of("things")))
          .hasMessage(
              "no plugin brings a service \"tow\"; did you mean \"two\"? the services are one,"
                  + " two");
    }
  }

  @Test
  void open_when_thePluginThatMightBringItIsBroken() throws IOException {
    Files.createFile(plugins.resolve("three.jar"));

    try (Plugins discovered = discover()) {
      assertThatThrownBy(() -> discovered.open("three", TestContext.of("things")))
          .isInstanceOf(PluginException.class)
          .hasMessage(
              "no plugin brings a service \"three\"; there are no services at all; left out as broken: "
                  + plugins.resolve("three.jar")
                  + " cannot be read (java.util.zip.ZipException: zip file is empty); copy it there"
                  + " again");
    }
  }

  private Plugins opening(String body) {
    PluginJar.named("one")
        .source(
            Sources.service(
                "OneService",
                Sources.named("one")
                    + "@Override public Store open(StoreContext context) {"
                    + body
                    + "}"))
        .service("com.example.OneService")
        .buildInto(plugins);
    return discover();
  }

  private String attempt() {
    return "the service \"one\" (" + plugins.resolve("one.jar") + ") could not open its store: ";
  }

  @Test
  void open_when_theServiceRefusesASetting() {
    try (Plugins discovered = opening("context.settings().string(\"table\"); return null;")) {
      assertThatThrownBy(() -> discovered.open("one", TestContext.of("things")))
          .isInstanceOfSatisfying(
              SettingException.class, mistake -> assertThat(mistake.key()).isEqualTo("table"));
    }
  }

  @Test
  void open_when_theServiceReturnsNull() {
    try (Plugins discovered = opening("return null;")) {
      assertThatThrownBy(() -> discovered.open("one", TestContext.of("things")))
          .isInstanceOf(PluginException.class)
          .hasMessage(attempt() + "it returned null instead of a store");
    }
  }

  @Test
  void open_when_theServiceThrows_doesNotRepeatASetting() {
    TestContext context =
        TestContext.of("things", JsonObject.of("password", new JsonString("hunter2")));
    String body = "throw new IllegalStateException(context.settings().string(\"password\"));";
    try (Plugins discovered = opening(body)) {
      assertThatThrownBy(() -> discovered.open("one", context))
          .isInstanceOf(PluginException.class)
          .hasCauseInstanceOf(IllegalStateException.class)
          .message()
          .startsWith(attempt() + "java.lang.IllegalStateException at ")
          .contains("com.example.OneService.open(OneService.java:8)")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void open_when_theServiceThrowsACheckedException() {
    String body =
        "throw OneService.<RuntimeException>hidden(new java.io.IOException()); }"
            + "@SuppressWarnings(\"unchecked\")"
            + "static <E extends Throwable> E hidden(Throwable it) throws E { throw (E) it; ";
    try (Plugins discovered = opening(body)) {
      assertThatThrownBy(() -> discovered.open("one", TestContext.of("things")))
          .isInstanceOf(PluginException.class)
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void open_when_aClassIsMissing() {
    PluginJar.named("one")
        .source(
            Sources.service(
                "OneService",
                Sources.named("one")
                    + "@Override public Store open(StoreContext context) {"
                    + "  new Library(); return null; }"))
        .source("package com.example; public class Library {}")
        .service("com.example.OneService")
        .without("com.example.Library")
        .buildInto(plugins);

    try (Plugins discovered = discover()) {
      assertThatThrownBy(() -> discovered.open("one", TestContext.of("things")))
          .isInstanceOf(PluginException.class)
          .hasMessage(
              attempt()
                  + "the class com.example.Library is missing; pack it into the jar, or make the"
                  + " plugin a directory of jars (of the gateway, a plugin sees only"
                  + " dev.backplane.spi and org.slf4j)");
    }
  }

  @Test
  void open_when_memoryRunsOut() {
    try (Plugins discovered = opening("throw new OutOfMemoryError();")) {
      assertThatThrownBy(() -> discovered.open("one", TestContext.of("things")))
          .isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void open_when_calledTwice_usesOneInstance() {
    String body =
        "String count = String.valueOf(++opened); return new Store() {"
            + "  public Optional<Item> get(String id) {"
            + "    return Optional.of(new Item(id, count, JsonObject.empty())); }"
            + "  public Page list(Query query) { return Page.last(List.of()); } }; }"
            + "int opened; { ";
    try (Plugins discovered = opening(body)) {
      OpenStore first = discovered.open("one", TestContext.of("things"));
      OpenStore second = discovered.open("one", TestContext.of("others"));

      assertThat(first.get("x").orElseThrow().version()).isEqualTo("1");
      assertThat(second.get("x").orElseThrow().version()).isEqualTo("2");
      assertThat(second.service()).isEqualTo("one");
    }
  }
}
