package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One plugin for each mistake, and the sentence that its user gets to read. */
final class BrokenPluginTest {
  private static final String SERVICE = "com.example.BrokenService";

  @TempDir private Path plugins;
  @TempDir private Path elsewhere;

  private PluginJar broken(String members) {
    return PluginJar.named("broken")
        .source(Sources.service("BrokenService", members))
        .service(SERVICE);
  }

  /** What is said about the one plugin there is. */
  private String sentence() {
    try (Plugins discovered = Plugins.discover(List.of(plugins))) {
      assertThat(discovered.names()).isEmpty();
      assertThat(discovered.found()).hasSize(1);
      Plugins.Found found = discovered.found().getFirst();
      assertThat(found.services()).isEmpty();
      String problem = found.problem().orElseThrow();
      assertThat(problem).doesNotContain("\n").startsWith(found.origin());
      return problem.replace(plugins + "/", "");
    }
  }

  private void assertSentence(String expected) {
    assertThat(sentence()).isEqualTo(expected);
  }

  @Test
  void discover_when_theClassIsMissing() {
    PluginJar.named("broken").service("com.example.Missing").buildInto(plugins);

    assertSentence(
        "broken.jar: the class com.example.Missing, which META-INF/services/dev.backplane.spi.Service"
            + " names, is missing; correct the name or add the class");
  }

  @Test
  void discover_when_theClassIsNoService() {
    PluginJar.named("broken")
        .source("package com.example; public class BrokenService {}")
        .service(SERVICE)
        .buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService does not implement dev.backplane.spi.Service; name the"
            + " class that does");
  }

  @Test
  void discover_when_theClassIsOfTheJdk() {
    PluginJar.named("broken").service("java.lang.String").buildInto(plugins);

    assertSentence(
        "broken.jar: java.lang.String does not implement dev.backplane.spi.Service; name the class"
            + " that does");
  }

  @Test
  void discover_when_theClassIsAbstract() {
    PluginJar.named("broken")
        .source(
            "package com.example; public abstract class BrokenService implements"
                + " dev.backplane.spi.Service {}")
        .service(SERVICE)
        .buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService is abstract; name the class that extends it");
  }

  @Test
  void discover_when_theServiceInterfaceItselfIsNamed() {
    PluginJar.named("broken").service("dev.backplane.spi.Service").buildInto(plugins);

    assertSentence(
        "broken.jar: dev.backplane.spi.Service is abstract; name the class that extends it");
  }

  @Test
  void discover_when_theClassIsNotPublic() {
    PluginJar.named("broken")
        .source(Sources.emptyService("BrokenService", "broken").replace("public class", "class"))
        .service(SERVICE)
        .buildInto(plugins);

    assertSentence("broken.jar: com.example.BrokenService is not public; make it public");
  }

  @Test
  void discover_when_theConstructorHasParameters() {
    broken("public BrokenService(String url) {}" + Sources.named("broken") + Sources.OPENS_EMPTY)
        .buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService has no public constructor without parameters; add"
            + " one");
  }

  @Test
  void discover_when_theConstructorIsNotPublic() {
    broken("BrokenService() {}" + Sources.named("broken") + Sources.OPENS_EMPTY).buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService has no public constructor without parameters; add"
            + " one");
  }

  @Test
  void discover_when_theConstructorThrows() {
    broken(
            "public BrokenService() { throw new IllegalStateException(\"no\\nluck\"); }"
                + Sources.named("broken")
                + Sources.OPENS_EMPTY)
        .buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService could not be created: java.lang.IllegalStateException:"
            + " no luck");
  }

  @Test
  void discover_when_theConstructorOverflowsTheStack() {
    broken(
            "public BrokenService() { new BrokenService(); }"
                + Sources.named("broken")
                + Sources.OPENS_EMPTY)
        .buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService could not be created: java.lang.StackOverflowError");
  }

  @Test
  void discover_when_memoryRunsOut() {
    broken(
            "public BrokenService() { throw new OutOfMemoryError(); }"
                + Sources.named("broken")
                + Sources.OPENS_EMPTY)
        .buildInto(plugins);

    assertThatThrownBy(() -> Plugins.discover(List.of(plugins)))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void discover_when_theStaticInitializerThrows() {
    broken(
            "static final int NUMBER = Integer.parseInt(\"x\");"
                + Sources.named("broken")
                + Sources.OPENS_EMPTY)
        .buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService could not be created: a static initializer failed:"
            + " java.lang.NumberFormatException: For input string: \"x\"");
  }

  @Test
  void discover_when_theClassIsForANewerJava() {
    int here = Runtime.version().feature();
    broken(Sources.named("broken") + Sources.OPENS_EMPTY)
        .compiledFor(SERVICE, here + 2)
        .buildInto(plugins);

    assertSentence(
        ("broken.jar: com.example.BrokenService was compiled for Java %d and this gateway runs on Java"
                + " %d; compile it with --release 21, or run the gateway on Java %d")
            .formatted(here + 2, here, here + 2));
  }

  @Test
  void discover_when_aLibraryIsForANewerJava() {
    int here = Runtime.version().feature();
    broken("final Library library = new Library();" + Sources.named("broken") + Sources.OPENS_EMPTY)
        .source("package com.example; public class Library {}")
        .compiledFor("com.example.Library", here + 1)
        .buildInto(plugins);

    assertSentence(
        ("broken.jar: com.example.BrokenService could not be created: com.example.Library was compiled"
                + " for Java %d and this gateway runs on Java %d; compile it with --release 21, or"
                + " run the gateway on Java %d")
            .formatted(here + 1, here, here + 1));
  }

  @Test
  void discover_when_aClassForTheConstructorIsMissing() {
    broken("final Library library = new Library();" + Sources.named("broken") + Sources.OPENS_EMPTY)
        .source("package com.example; public class Library {}")
        .without("com.example.Library")
        .buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService could not be created: the class com.example.Library is"
            + " missing; pack it into the jar, or make the plugin a directory of jars (of the"
            + " gateway, a plugin sees only dev.backplane.spi and org.slf4j)");
  }

  @Test
  void discover_when_theSuperclassIsMissing() {
    PluginJar.named("broken")
        .source(
            Sources.emptyService("BrokenService", "broken")
                .replace("implements", "extends Library implements"))
        .source("package com.example; public class Library {}")
        .service(SERVICE)
        .without("com.example.Library")
        .buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService could not be loaded: the class com.example.Library is"
            + " missing; pack it into the jar, or make the plugin a directory of jars (of the"
            + " gateway, a plugin sees only dev.backplane.spi and org.slf4j)");
  }

  @Test
  void discover_when_theClassFileIsNone() {
    PluginJar.named("broken")
        .file("com/example/BrokenService.class", "not a class")
        .service(SERVICE)
        .buildInto(plugins);

    assertThat(sentence())
        .startsWith(
            "broken.jar: com.example.BrokenService could not be loaded: java.lang.ClassFormatError:")
        .endsWith(
            "; compile it against the versions of the libraries and of dev.backplane.spi that it"
                + " runs with");
  }

  @Test
  void discover_when_theClassIsInTheFileOfAnother() {
    PluginJar.named("broken")
        .source(Sources.emptyService("OtherService", "other"))
        .service("com.example.otherservice")
        .buildInto(plugins);

    assertSentence(
        "broken.jar: the class com.example.otherservice, which"
            + " META-INF/services/dev.backplane.spi.Service names, is missing; correct the name or"
            + " add the class");
  }

  @Test
  void discover_when_theNameIsNull() {
    broken("@Override public String name() { return null; }" + Sources.OPENS_EMPTY)
        .buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService.name() returned null; the name of a service is 1 to 40"
            + " lower-case letters, digits and dashes, starting with a letter");
  }

  @Test
  void discover_when_theNameIsMalformed() {
    broken(Sources.named("My\\tService") + Sources.OPENS_EMPTY).buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService.name() returned \"My?Service\"; the name of a service"
            + " is 1 to 40 lower-case letters, digits and dashes, starting with a letter");
  }

  @Test
  void discover_when_theNameIsTooLong() {
    String name = "a".repeat(41);
    broken(Sources.named(name) + Sources.OPENS_EMPTY).buildInto(plugins);

    assertThat(sentence()).contains("returned \"" + name + "\"; the name of a service is 1 to 40");
  }

  @Test
  void discover_when_theNameThrows() {
    broken(
            "@Override public String name() { throw new AssertionError(\"no name\"); }"
                + Sources.OPENS_EMPTY)
        .buildInto(plugins);

    assertSentence(
        "broken.jar: com.example.BrokenService could not tell its name: java.lang.AssertionError: no"
            + " name");
  }

  @Test
  void discover_when_aLibraryIsOfAnotherVersion() {
    PluginJar first =
        PluginJar.named("library")
            .source("package lib; public class Library { public static void call() {} }");
    PluginJar second = PluginJar.named("library").source("package lib; public class Library {}");
    broken(
            "public BrokenService() { lib.Library.call(); }"
                + Sources.named("broken")
                + Sources.OPENS_EMPTY)
        .against(first.buildInto(elsewhere))
        .buildInto(plugins.resolve("broken"));
    second.buildInto(plugins.resolve("broken"));

    assertSentence(
        "broken: com.example.BrokenService could not be created: java.lang.NoSuchMethodError: 'void"
            + " lib.Library.call()'; compile it against the versions of the libraries and of"
            + " dev.backplane.spi that it runs with");
  }

  @Test
  void discover_when_aLineIsNoClassName() {
    PluginJar.named("broken")
        .service("# services")
        .service("com.example.Broken Service")
        .buildInto(plugins);

    assertSentence(
        "broken.jar: line 2 of META-INF/services/dev.backplane.spi.Service is not the name of a class;"
            + " write one full class name on each line");
  }

  @Test
  void discover_when_theJarIsNoJar() throws IOException {
    Files.writeString(plugins.resolve("broken.jar"), "<html>404 Not Found</html>");

    assertSentence(
        "broken.jar cannot be read (java.util.zip.ZipException: zip END header not found); copy it"
            + " there again");
  }

  @Test
  void discover_when_theJarIsEmpty() throws IOException {
    Files.createFile(plugins.resolve("broken.jar"));

    assertSentence(
        "broken.jar cannot be read (java.util.zip.ZipException: zip file is empty); copy it there"
            + " again");
  }

  @Test
  void discover_when_theJarIsTruncated() throws IOException {
    Path jar = broken(Sources.named("broken") + Sources.OPENS_EMPTY).buildInto(plugins);
    byte[] bytes = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));

    assertSentence(
        "broken.jar cannot be read (java.util.zip.ZipException: zip END header not found); copy it"
            + " there again");
  }

  @Test
  void discover_when_oneJarOfADirectoryIsTruncated() throws IOException {
    Path directory = plugins.resolve("broken");
    broken(Sources.named("broken") + Sources.OPENS_EMPTY).buildInto(directory);
    Files.writeString(directory.resolve("library.jar"), "PK");

    try (Plugins discovered = Plugins.discover(List.of(plugins))) {
      assertThat(discovered.names()).isEmpty();
      assertThat(discovered.found())
          .containsExactly(
              new Plugins.Found(
                  directory.toString(),
                  List.of(),
                  Optional.of(
                      directory.resolve("library.jar")
                          + " cannot be read (java.util.zip.ZipException: zip END header not"
                          + " found); copy it there again")));
    }
  }

  @Test
  void discover_when_oneServiceOfTwoIsBroken() {
    PluginJar.named("broken")
        .source(
            Sources.service(
                "BrokenService",
                "BrokenService() {}" + Sources.named("broken") + Sources.OPENS_EMPTY))
        .source(Sources.emptyService("SoundService", "sound"))
        .service("com.example.Missing")
        .service(SERVICE)
        .service("com.example.SoundService")
        .buildInto(plugins);

    try (Plugins discovered = Plugins.discover(List.of(plugins))) {
      assertThat(discovered.names()).containsExactly("sound");
      assertThat(discovered.problems()).isEmpty();
      Plugins.Found found = discovered.found().getFirst();
      assertThat(found.services()).containsExactly("sound");
      assertThat(found.problem().orElseThrow())
          .isEqualTo(
              plugins.resolve("broken.jar")
                  + ": the class com.example.Missing, which"
                  + " META-INF/services/dev.backplane.spi.Service names, is missing; correct the"
                  + " name or add the class; com.example.BrokenService has no public constructor"
                  + " without parameters; add one");
    }
  }
}
